import { execFileSync, spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { linuxSources } from './linux.js'
import type { RouteLookup, RouteLookupArgs } from './value.js'

/** Why there can be no lab here; null when there can. In CI a lab that cannot be is a failure. */
const obstacle = process.platform !== 'linux' ? 'needs Linux' : process.getuid?.() !== 0 ? 'needs root' : null

const host = `np-rl-${process.pid}`
const peer = `${host}-p`
const ip = (...args: readonly string[]): void => void execFileSync('ip', ['-n', host, ...args])

function ask(name: string, requests: readonly RouteLookupArgs[]): readonly RouteLookup[] {
  const source = linuxSources.find((candidate) => candidate.name === name)
  if (source === undefined) throw new Error(`no source ${name}`)
  const { tool, args, stdin = '', accept = [0] } = source.command(requests)
  const run = spawnSync('ip', ['netns', 'exec', host, 'env', 'LC_ALL=C', tool[0], ...args], { encoding: 'utf8', input: stdin })
  expect(accept).toContain(run.status)
  return source.parse({ exitCode: run.status ?? -1, stdout: run.stdout, stderr: run.stderr }, requests)
}

describe.skipIf(obstacle !== null && process.env.CI === undefined)(
  `lookups in a network namespace${obstacle === null ? '' : ` (${obstacle})`}`,
  () => {
    beforeAll(() => {
      if (obstacle !== null) throw new Error(`the lab ${obstacle}`)
      execFileSync('ip', ['netns', 'add', host])
      execFileSync('ip', ['netns', 'add', peer])
      ip('link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', 'eth0', 'netns', peer)
      execFileSync('ip', ['-n', peer, 'link', 'set', 'eth0', 'up'])
      ip('link', 'set', 'eth0', 'up')
      ip('address', 'add', '203.0.113.11/24', 'dev', 'eth0')
      ip('address', 'add', '203.0.113.12/24', 'dev', 'eth0')
      ip('address', 'add', '2001:db8:1::11/64', 'dev', 'eth0', 'nodad')
    })
    afterAll(() => {
      for (const name of [host, peer]) spawnSync('ip', ['netns', 'delete', name])
    })

    test.each(linuxSources.map((source) => source.name))('%s follows routes and rules as they change', (name) => {
      const via = (args: RouteLookupArgs): string | null => {
        const [answer] = ask(name, [args])
        return answer === undefined ? 'no answer' : answer.failure === null ? answer.via : answer.failure
      }
      const far = { destination: '198.51.100.1' }
      expect(via(far)).toBe('unreachable')
      ip('route', 'add', 'default', 'via', '203.0.113.1')
      expect(via(far)).toBe('203.0.113.1')
      ip('route', 'add', '198.51.100.0/24', 'via', '203.0.113.2')
      expect(via(far)).toBe('203.0.113.2')
      ip('route', 'add', 'prohibit', '198.51.100.1')
      expect(via(far)).toBe('prohibited')
      ip('route', 'replace', 'blackhole', '198.51.100.1')
      expect(via(far)).toBe('blackhole')

      ip('route', 'add', 'default', 'via', '203.0.113.3', 'table', '77')
      ip('rule', 'add', 'from', '203.0.113.12', 'table', '77')
      expect(via({ destination: '192.0.2.1', from: '203.0.113.12' })).toBe('203.0.113.3')
      expect(via({ destination: '192.0.2.1', from: '203.0.113.11' })).toBe('203.0.113.1')

      expect(via({ destination: '2001:db8:ffff::1' })).toBe('unreachable')
      ip('-6', 'route', 'add', 'default', 'via', '2001:db8:1::1')
      expect(via({ destination: '2001:db8:ffff::1' })).toBe('2001:db8:1::1')

      ip('rule', 'delete', 'from', '203.0.113.12', 'table', '77')
      ip('route', 'flush', 'table', '77')
      for (const route of ['198.51.100.1', '198.51.100.0/24', 'default']) ip('route', 'delete', route)
      ip('-6', 'route', 'delete', 'default')
    })

    test.each(linuxSources.map((source) => source.name))(
      '%s answers a thousand requests at once, failures among them, each in its place',
      (name) => {
        const requests = Array.from({ length: 1_000 }, (_, index) => ({
          destination: index % 7 === 0 ? '192.0.2.1' : `203.0.113.${20 + (index % 200)}`,
        }))
        const answers = ask(name, requests)
        expect(answers.map((answer) => answer.failure)).toEqual(requests.map((_, index) => (index % 7 === 0 ? 'unreachable' : null)))
      },
    )
  },
)
