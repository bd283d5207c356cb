import { describe, expect, it } from 'vitest'
import type { RunEvent } from '../model/report.js'
import type { Follower } from '../model/reporter.js'
import { multiplex } from './multiplexer.js'

const events: readonly RunEvent[] = [
  { type: 'start', at: '2026-03-01T02:00:00.000+09:00', hosts: 1, checks: 1, runbooks: [] },
  { type: 'host', host: 'web1', error: null },
  { type: 'interrupt', reason: 'SIGINT' },
]

function recorder(faults: { readonly on?: string; readonly close?: boolean } = {}) {
  const seen: string[] = []
  const follower: Follower = {
    event({ type }) {
      seen.push(type)
      if (type === faults.on) throw new Error(`broke on ${type}`)
    },
    close() {
      seen.push('close')
      if (faults.close === true) throw new Error('broke on close')
    },
  }
  return { seen, follower }
}

function run(recorders: Readonly<Record<string, ReturnType<typeof recorder>>>) {
  const all = multiplex(Object.entries(recorders).map(([name, { follower }]) => ({ name, follower })))
  for (const event of events) all.event(event)
  all.close()
  return all.failures().map(({ reporter, error }) => `${reporter}: ${error instanceof Error ? error.message : String(error)}`)
}

describe('multiplex', () => {
  it('hands every event to every follower, then closes each', () => {
    const recorders = { first: recorder(), second: recorder() }
    expect(run(recorders)).toEqual([])
    expect(recorders.first.seen).toEqual(['start', 'host', 'interrupt', 'close'])
    expect(recorders.second.seen).toEqual(recorders.first.seen)
  })

  it('goes on without a follower that throws, and still closes it', () => {
    const recorders = { broken: recorder({ on: 'host' }), sound: recorder() }
    expect(run(recorders)).toEqual(['broken: broke on host'])
    expect(recorders.broken.seen).toEqual(['start', 'host', 'close'])
    expect(recorders.sound.seen).toEqual(['start', 'host', 'interrupt', 'close'])
  })

  it('keeps the first error of a follower that breaks twice', () => {
    expect(run({ broken: recorder({ on: 'start', close: true }) })).toEqual(['broken: broke on start'])
  })

  it('closes the others when one breaks on close', () => {
    const recorders = { broken: recorder({ close: true }), sound: recorder() }
    expect(run(recorders)).toEqual(['broken: broke on close'])
    expect(recorders.sound.seen.at(-1)).toBe('close')
  })
})
