import { describe, expect, it } from 'vitest'
import type { DnsQueryArgs } from '../../facts/dns-query/index.js'
import { answered, denied, silence, solve } from './fixtures.js'

const names = ['www.example.com', 'shop.example.com', 'gone.example.com', 'mute.example.com']

const world = {
  dns: ({ name }: DnsQueryArgs) => {
    if (name === 'gone.example.com') return denied('NXDOMAIN')
    return name === 'mute.example.com' ? silence('timeout') : answered([`${name} 300 A 203.0.113.10`])
  },
}

describe('a list of names', () => {
  it('is asked for at once, and each name is judged by itself', () => {
    const { findings, rounds } = solve({ name: names, answers: '203.0.113.10', resolvers: '10.0.0.53' }, world)
    expect(rounds).toEqual([names.map((name) => `10.0.0.53 +rd A ${name}`)])
    expect(findings.map(({ subject, verdict }) => [subject, verdict])).toEqual([
      ['dns www.example.com A at 10.0.0.53', 'pass'],
      ['dns shop.example.com A at 10.0.0.53', 'pass'],
      ['dns gone.example.com A at 10.0.0.53', 'fail'],
      ['dns mute.example.com A at 10.0.0.53', 'error'],
    ])
  })

  it('has a quorum for every name, and not one for all', () => {
    const { findings } = solve(
      { name: names.slice(1, 3), answers: '203.0.113.10', resolvers: ['10.0.0.53', '10.0.0.54'], quorum: 1 },
      world,
    )
    expect(findings.filter(({ subject }) => subject.endsWith('quorum')).map(({ subject, verdict }) => [subject, verdict])).toEqual([
      ['dns shop.example.com A: quorum', 'pass'],
      ['dns gone.example.com A: quorum', 'fail'],
    ])
  })

  it('asks but once for what several names need', () => {
    const { findings, rounds } = solve({ name: ['www.example.com', 'WWW.example.com.'], resolvers: '10.0.0.53' }, world)
    expect(rounds).toEqual([['10.0.0.53 +rd A www.example.com']])
    expect(findings.map(({ verdict }) => verdict)).toEqual(['pass', 'pass'])
  })

  it('of one is that name', () => {
    const spec = { answers: '203.0.113.10', resolvers: '10.0.0.53' }
    expect(solve({ ...spec, name: ['shop.example.com'] }, world)).toEqual(solve({ ...spec, name: 'shop.example.com' }, world))
  })
})
