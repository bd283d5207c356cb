import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DnsQuery } from '../../facts/dns-query/index.js'
import { dnsTypes } from '../../lib/dns/types.js'
import { readAnswer } from './answer.js'
import { answered, record, solve } from './fixtures.js'
import { judge } from './judge.js'
import { readData } from './record-data.js'

const address = fc.ipV4()
const verdict = (expected: readonly string[], records: readonly string[]): string =>
  solve(
    { name: 'www.example.com', answers: [...expected], resolvers: '10.0.0.53' },
    { dns: () => answered(records.map((data) => `www.example.com 60 A ${data}`)) },
  ).findings[0]?.verdict ?? ''

describe('a set of answers', () => {
  it('is the same in any order, however often a record comes', () => {
    const sets = fc.uniqueArray(address, { minLength: 1, maxLength: 12 })
    const orders = sets.chain((set) =>
      fc.tuple(fc.shuffledSubarray(set, { minLength: set.length }), fc.constant([...set, ...set.slice(0, 2)])),
    )
    fc.assert(fc.property(orders, ([expected, records]) => verdict(expected, records) === 'pass'))
  })

  it('is never its superset nor its subset', () => {
    const sets = fc
      .uniqueArray(address, { minLength: 2, maxLength: 12 })
      .chain((all) => fc.tuple(fc.constant(all), fc.subarray(all, { minLength: 1, maxLength: all.length - 1 })))
    fc.assert(
      fc.property(sets, ([all, some]) => {
        expect(verdict(some, all)).toBe('fail')
        expect(verdict(all, some)).toBe('fail')
      }),
    )
  })
})

const name = fc.constantFrom('www.example.com', 'a.example', 'b.example', 'example.com', '.')
const records = fc.array(
  fc.record({
    name,
    ttl: fc.nat(9_999),
    type: fc.constantFrom('A', 'CNAME', 'NS', 'SOA', 'TXT'),
    data: fc.oneof(name, address, fc.string()),
  }),
  { maxLength: 6 },
)
const anyAnswer: fc.Arbitrary<DnsQuery> = fc
  .record({
    rcode: fc.constantFrom('NOERROR', 'NXDOMAIN', 'SERVFAIL', 'REFUSED', 'RCODE23'),
    authoritative: fc.boolean(),
    recursionAvailable: fc.boolean(),
    authenticData: fc.boolean(),
    answers: records,
    authorities: records,
    additionals: records,
  })
  .map((message) => answered([], message))

describe('whatever a server says', () => {
  const question = { name: 'www.example.com', type: 'A' } as const

  it('is either records or their absence, never both, and absence is said by a real answer', () => {
    fc.assert(
      fc.property(anyAnswer, (query) => {
        const answer = readAnswer(question, { value: query }, { role: 'resolver' })
        const present = judge({ name: 'www.example.com' }, answer, null).verdict
        const absent = judge({ name: 'www.example.com', absent: true }, answer, null).verdict
        expect(present === 'pass' && absent === 'pass').toBe(false)
        if (absent === 'pass') expect(['NOERROR', 'NXDOMAIN']).toContain(query.message?.rcode)
        if (present === 'pass') expect(query.message?.answers.some(({ type }) => type === 'A')).toBe(true)
      }),
    )
  })

  it('never stops the check, nor keeps it asking', () => {
    const spec = { name: 'www.example.com', propagated: true, resolvers: ['10.0.0.53', 'system'] }
    fc.assert(
      fc.property(fc.array(anyAnswer, { minLength: 1, maxLength: 8 }), (answers) => {
        let next = 0
        const dns = (): DnsQuery | undefined => answers[next++ % answers.length]
        const { findings } = solve(spec, { dns, config: { servers: ['10.0.0.54'], search: [], options: [] } })
        expect(findings.length).toBeGreaterThan(0)
      }),
      { numRuns: 50 },
    )
  })
})

describe('absence', () => {
  const soa = record('example.com 900 SOA ns1.example.com host.example.com 7 1 1 1 60')
  const foreign = record('example.net 900 SOA ns1.example.net host.example.net 7 1 1 1 60')
  const referral = record('example.com 900 NS ns1.example.com')
  it.each([
    ['NXDOMAIN with a SOA record', { rcode: 'NXDOMAIN', authorities: [soa] }, 'pass'],
    ['NXDOMAIN without one', { rcode: 'NXDOMAIN' }, 'pass'],
    ['NODATA with a SOA record', { authorities: [soa] }, 'pass'],
    ['NODATA of a forwarder, which leaves it out', {}, 'pass'],
    ['NODATA from an authoritative server', { recursionAvailable: false, authoritative: true }, 'pass'],
    ['nothing from one that does not recurse', { recursionAvailable: false }, 'error'],
    ['nothing but a SOA record of another zone', { recursionAvailable: false, authorities: [foreign] }, 'error'],
    ['a referral', { recursionAvailable: false, authorities: [referral] }, 'error'],
    ['a referral from one that could recurse', { authorities: [referral] }, 'error'],
    ['SERVFAIL', { rcode: 'SERVFAIL' }, 'error'],
    ['REFUSED', { rcode: 'REFUSED' }, 'error'],
    ['FORMERR', { rcode: 'FORMERR' }, 'error'],
    ['an alias to nothing', { answers: [record('www.example.com 60 CNAME gone.example.com')], authorities: [soa] }, 'pass'],
    ['another type', { answers: [record('www.example.com 60 TXT x')] }, 'pass'],
  ] as const)('%s: %s', (_, message, expected) => {
    const answer = readAnswer({ name: 'www.example.com', type: 'A' }, { value: answered([], message) }, { role: 'resolver' })
    expect(judge({ name: 'www.example.com', absent: true }, answer, null).verdict).toBe(expected)
  })
})

describe('a record in a runbook', () => {
  it('is read to a spelling that reads to itself', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...dnsTypes),
        fc.oneof(
          fc.ipV4(),
          fc.ipV6(),
          fc.domain(),
          fc.domain().map((each) => `10 ${each}.`),
          fc.string(),
        ),
        (type, text) => {
          const data = readData(type, text)
          if (typeof data === 'string') expect(readData(type, data)).toBe(data)
        },
      ),
    )
  })
})
