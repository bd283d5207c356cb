import { describe, expect, it } from 'vitest'
import type { DnsQuery } from '../../facts/dns-query/index.js'
import type { Finding } from '../../model/check.js'
import { answered, contextWith, denied, record, resolver, silence, solve } from './fixtures.js'
import type { DnsRecordSpec } from './spec.js'

const newer = answered(['www.example.com 60 A 203.0.113.10'])
const old = (ttl: number): DnsQuery => answered([`www.example.com ${ttl} A 198.51.100.10`])
const zoneSays =
  (answers: readonly string[], serial = 7): ((type: string) => DnsQuery) =>
  (type) =>
    type === 'SOA'
      ? answered([`example.com 900 SOA ns1.example.com host.example.com ${serial} 1 1 1 600`], { authoritative: true })
      : answered(answers, {
          authoritative: true,
          authorities: [record('example.com 900 SOA ns1.example.com host.example.com 7 1 1 1 600')],
        })
const zoneNew = zoneSays(['www.example.com 60 A 203.0.113.10'])

const addresses: Readonly<Record<string, string>> = {
  a: '192.0.2.1',
  b: '192.0.2.2',
  c: '192.0.2.3',
  d: '192.0.2.4',
  filtering: '192.0.2.5',
}
const context = contextWith(
  Object.fromEntries(
    Object.entries(addresses).map(([name, address]) => [
      name,
      resolver({ addresses: [address], filter: name === 'filtering' ? 'ads' : 'none' }),
    ]),
  ),
)

type Answers = Readonly<Record<string, DnsQuery>>

/** Resolvers a to d answer as given; ns1 and ns2 (10.9.0.1, 10.9.0.2) have the zone. */
function ask(spec: Omit<DnsRecordSpec, 'name'>, answers: Answers, servers = [zoneNew, zoneNew]): readonly Finding[] {
  const dns = ({ server, type }: { server: string; type: string }): DnsQuery | undefined => {
    const index = ['10.9.0.1', '10.9.0.2'].indexOf(server)
    if (index >= 0) return servers[index]?.(type)
    const name = Object.keys(addresses).find((each) => addresses[each] === server)
    return name === undefined ? undefined : answers[name]
  }
  return solve({ name: 'www.example.com', ...spec }, { dns }, context).findings
}

const verdicts = (findings: readonly Finding[]): readonly (readonly string[])[] =>
  findings.map(({ verdict, subject }) => [verdict, subject.replace('dns www.example.com A', '').replace(/^ at /, '')])

describe('a quorum', () => {
  const spec = { answers: '203.0.113.10', resolvers: ['a', 'b', 'c'] }

  it('passes with one finding, which tells the minority', () => {
    expect(ask({ ...spec, quorum: 'majority' }, { a: newer, b: old(512), c: newer })).toEqual([
      {
        verdict: 'pass',
        subject: 'dns www.example.com A: quorum',
        expected: '203.0.113.10, at 2 of 3 resolvers',
        actual: 'at 2: a, c; otherwise: b',
        message: 'Who answers otherwise, and for how long at most:\n  b (192.0.2.2)  198.51.100.10  512 s',
      },
    ])
  })

  it('fails with a finding for each that answers otherwise, or not at all', () => {
    const findings = ask({ ...spec, quorum: 2 }, { a: newer, b: old(512), c: old(12) })
    expect(verdicts(findings)).toEqual([
      ['fail', ': quorum'],
      ['fail', '192.0.2.2 (b)'],
      ['fail', '192.0.2.3 (c)'],
      ['pass', '192.0.2.1 (a)'],
    ])
    expect(findings[0]).toMatchObject({
      expected: '203.0.113.10, at 2 of 3 resolvers',
      actual: 'at 1: a; otherwise: b, c',
      message:
        'Who answers otherwise, and for how long at most:\n  c (192.0.2.3)  198.51.100.10  12 s\n  b (192.0.2.2)  198.51.100.10  512 s',
    })
  })

  it('is undetermined where silence could turn it', () => {
    const findings = ask({ ...spec, quorum: 2 }, { a: newer, b: old(512), c: silence('timeout') })
    expect(verdicts(findings)).toEqual([
      ['error', ': quorum'],
      ['error', '192.0.2.3 (c)'],
    ])
    expect(findings[0]).toMatchObject({
      actual: 'at 1: a; otherwise: b; unknown: c',
      message:
        'Who answers otherwise, and for how long at most:\n  b (192.0.2.2)  198.51.100.10  512 s\nNothing is known of:\n  c (192.0.2.3)  no answer, asked 3 times',
    })
  })

  const silent = silence('timeout')
  const lost = silence('local-error', { detail: 'ENETUNREACH' })

  it.each<readonly [string, Omit<DnsRecordSpec, 'name'>, Answers, Finding['verdict']]>([
    ['all of three', {}, { a: newer, b: newer, c: newer }, 'pass'],
    ['all but one that is silent', {}, { a: newer, b: newer, c: silent }, 'error'],
    ['all but one that is wrong', {}, { a: newer, b: old(1), c: silent }, 'fail'],
    ['a silent one left out', { unanswered: 'ignore' }, { a: newer, b: newer, c: silent }, 'pass'],
    ['a silent one left out, and one that is wrong', { unanswered: 'ignore' }, { a: newer, b: old(1), c: silent }, 'fail'],
    ['nobody left', { unanswered: 'ignore' }, { a: silent, b: silent, c: answered([], { rcode: 'SERVFAIL' }) }, 'error'],
    ['a silent one blamed', { unanswered: 'fail' }, { a: newer, b: newer, c: silent }, 'fail'],
    ['a failing one blamed', { unanswered: 'fail' }, { a: newer, b: newer, c: answered([], { rcode: 'SERVFAIL' }) }, 'fail'],
    ['one that was never asked is not blamed', { unanswered: 'fail' }, { a: newer, b: newer, c: lost }, 'error'],
    ['a majority of two is both', { quorum: 'majority', resolvers: ['a', 'b'] }, { a: newer, b: old(1) }, 'fail'],
    ['a majority beside silence', { quorum: 'majority' }, { a: newer, b: newer, c: silent }, 'pass'],
    ['a majority beside a refusal and an error', { quorum: 'majority' }, { a: newer, b: lost, c: silent }, 'error'],
    ['a majority that silence cannot save', { quorum: 'majority' }, { a: old(1), b: old(1), c: silent }, 'fail'],
    ['a majority of those that answer', { quorum: 'majority', unanswered: 'ignore' }, { a: newer, b: silent, c: silent }, 'pass'],
    ['a number, where too few answer', { quorum: 2, unanswered: 'ignore' }, { a: newer, b: silent, c: silent }, 'error'],
    ['a number, which silence is blamed for', { quorum: 2, unanswered: 'fail' }, { a: newer, b: silent, c: silent }, 'fail'],
    ['one of three', { quorum: 1 }, { a: old(1), b: silent, c: newer }, 'pass'],
    ['none of three', { quorum: 1 }, { a: old(1), b: old(2), c: denied('NXDOMAIN') }, 'fail'],
    [
      'absence, where nobody says anything',
      { quorum: 1, answers: undefined, absent: true } as never,
      { a: silent, b: silent, c: silent },
      'error',
    ],
  ])('%s', (_, more, answers, verdict) => {
    const found = ask({ ...spec, ...more }, answers).map((finding) => finding.verdict)
    expect(found.includes('fail') ? 'fail' : found.includes('error') ? 'error' : 'pass').toBe(verdict)
  })

  it.each<readonly [Omit<DnsRecordSpec, 'name'>, Answers, string]>([
    [{ quorum: 'majority' }, { a: newer, b: newer, c: silent }, 'at 2 of 3 resolvers'],
    [{ quorum: 'majority', unanswered: 'ignore' }, { a: newer, b: silent, c: silent }, 'at 1 of 1 resolver'],
    [{ quorum: 'majority', unanswered: 'ignore' }, { a: silent, b: silent, c: silent }, 'at most of the resolvers that answer'],
    [{ quorum: 2, unanswered: 'ignore' }, { a: newer, b: silent, c: silent }, 'at 2 of 3 resolvers'],
    [{ unanswered: 'ignore' }, { a: newer, b: silent, c: silent }, 'at every resolver that answers'],
  ])('says what it needs: %j', (more, answers, words) => {
    expect(ask({ ...spec, ...more }, answers)[0]?.expected).toBe(`203.0.113.10, ${words}`)
  })

  it('counts a resolver once, with all of its addresses', () => {
    const two = contextWith({ pair: resolver({ addresses: ['192.0.2.1', '192.0.2.2'] }), one: resolver({ addresses: ['192.0.2.3'] }) })
    const dns = ({ server }: { server: string }): DnsQuery => (server === '192.0.2.2' ? old(9) : newer)
    const { findings } = solve({ name: 'www.example.com', answers: '203.0.113.10', resolvers: ['pair', 'one'], quorum: 1 }, { dns }, two)
    expect(findings).toMatchObject([{ verdict: 'pass', actual: 'at 1: one; otherwise: pair' }])
  })
})

describe('propagation', () => {
  const spec: Omit<DnsRecordSpec, 'name'> = { propagated: true, resolvers: ['a', 'b', 'c'], authoritative: ['10.9.0.1', '10.9.0.2'] }
  const expected = "an A record; as the zone's own servers answer: 203.0.113.10"

  it('is complete when every resolver answers as the servers of the zone do', () => {
    const findings = ask(spec, { a: newer, b: newer, c: newer })
    expect(verdicts(findings)).toEqual([
      ['pass', '10.9.0.1 (authoritative)'],
      ['pass', '10.9.0.2 (authoritative)'],
      ['pass', '192.0.2.1 (a)'],
      ['pass', '192.0.2.2 (b)'],
      ['pass', '192.0.2.3 (c)'],
    ])
    expect(findings[4]?.expected).toBe(expected)
  })

  it('shows who still answers what, and for how many seconds more, the longest last', () => {
    const findings = ask({ ...spec, resolvers: ['a', 'b', 'c', 'd'] }, { a: old(512), b: denied('NXDOMAIN'), c: newer, d: old(12) })
    expect(findings[0]).toEqual({
      verdict: 'fail',
      subject: 'dns www.example.com A: propagated',
      expected,
      actual: '3 of 4 asked answer otherwise',
      message: [
        'Who answers otherwise, and for how long at most:',
        '  d (192.0.2.4)  198.51.100.10  12 s',
        '  a (192.0.2.1)  198.51.100.10  512 s',
        '  b (192.0.2.2)  NXDOMAIN       600 s',
        'After 600 s every one of them has to ask the zone again.',
      ].join('\n'),
    })
    expect(findings.slice(1, 4)).toMatchObject([
      {
        subject: 'dns www.example.com A at 192.0.2.1 (a)',
        message: "The zone's own servers answer otherwise. It may have kept an older answer, for 512 s more at most.",
      },
      {
        subject: 'dns www.example.com A at 192.0.2.2 (b)',
        message: "The zone's own servers answer otherwise. It may have kept an older answer, for 600 s more at most.",
      },
      { subject: 'dns www.example.com A at 192.0.2.4 (d)' },
    ])
  })

  it('does not take silence for an old answer, nor for a new one', () => {
    const findings = ask(spec, { a: newer, b: silence('timeout'), c: answered([], { rcode: 'REFUSED' }) })
    expect(verdicts(findings).filter(([verdict]) => verdict !== 'pass')).toEqual([
      ['error', '192.0.2.2 (b)'],
      ['error', '192.0.2.3 (c)'],
    ])
  })

  it('needs a record, so that a misspelt name does not pass', () => {
    const gone = zoneSays([])
    const findings = ask(spec, { a: denied('NXDOMAIN'), b: denied('NXDOMAIN'), c: denied('NXDOMAIN') }, [gone, gone])
    expect(new Set(findings.map(({ verdict }) => verdict))).toEqual(new Set(['fail']))
    expect(findings.at(-1)?.message).toBe("The zone's own servers say the same: the records of the zone are what to look at.")
    expect(findings.at(-1)?.expected).toBe("an A record; as the zone's own servers answer")
    const absent = ask({ ...spec, absent: true }, { a: denied('NXDOMAIN'), b: denied('NXDOMAIN'), c: old(30) }, [gone, gone])
    expect(verdicts(absent).filter(([verdict]) => verdict !== 'pass')).toEqual([
      ['fail', ': propagated'],
      ['fail', '192.0.2.3 (c)'],
    ])
  })

  it('blames no filter for what the zone says as well', () => {
    const [gone, nothing] = [zoneSays([]), denied('NXDOMAIN')]
    const messages = (servers: readonly ((type: string) => DnsQuery)[]) =>
      ask({ ...spec, resolvers: ['filtering'] }, { filtering: nothing }, [...servers])
        .map(({ message }) => message)
        .join(' ')
    expect(messages([zoneNew, zoneNew])).toContain('filtering may leave out or replace names of advertisers')
    expect(messages([gone, gone])).not.toContain('filtering may')
  })

  it('tells servers of the zone that disagree, and compares with the newest', () => {
    const secondary = zoneSays(['www.example.com 60 A 198.51.100.10'], 6)
    const findings = ask(spec, { a: newer, b: newer, c: old(60) }, [zoneNew, secondary])
    expect(verdicts(findings).filter(([verdict]) => verdict !== 'pass')).toEqual([
      ['fail', ': propagated'],
      ['fail', ': servers of the zone'],
      ['fail', '192.0.2.3 (c)'],
    ])
    expect(findings[1]).toEqual({
      verdict: 'fail',
      subject: 'dns www.example.com A: servers of the zone',
      expected: 'the same answer from every server of the zone',
      actual: '2 different answers',
      message: [
        'They answer:',
        '  10.9.0.1  203.0.113.10   serial 7',
        '  10.9.0.2  198.51.100.10  serial 6',
        'The serials differ: a secondary server has not taken over the zone yet. Look at its log for NOTIFY and zone transfers (AXFR, IXFR).',
      ].join('\n'),
    })
  })

  it('takes a serial that went round for the newer one', () => {
    const secondary = zoneSays(['www.example.com 60 A 198.51.100.10'], 4_294_967_295)
    const findings = ask(spec, { a: newer, b: newer, c: newer }, [zoneNew, secondary])
    expect(verdicts(findings).filter(([verdict]) => verdict !== 'pass')).toEqual([['fail', ': servers of the zone']])
  })

  it('compares with each where the serials are the same', () => {
    const view = zoneSays(['www.example.com 60 A 198.51.100.10'], 7)
    const findings = ask(spec, { a: newer, b: old(9), c: answered(['www.example.com 60 A 192.0.2.99']) }, [zoneNew, view])
    expect(verdicts(findings).filter(([verdict]) => verdict !== 'pass')).toEqual([
      ['fail', ': propagated'],
      ['fail', ': servers of the zone'],
      ['fail', '192.0.2.3 (c)'],
    ])
    expect(findings[0]?.expected).toBe("an A record; as the zone's own servers answer: 203.0.113.10, or 198.51.100.10")
    expect(findings[1]?.message.split('\n').at(-1)).toBe(
      'The serials are the same: views by client, answers that rotate or depend on the place, or a record changed without raising the serial.',
    )
  })

  it('is undetermined without any server of the zone', () => {
    const dead = () => silence('timeout')
    const findings = ask(spec, { a: newer, b: newer, c: newer }, [dead, dead])
    expect(findings[0]).toEqual({
      verdict: 'error',
      subject: 'dns www.example.com A: propagated',
      expected: "every resolver answers as the zone's own servers do",
      actual: "what the zone's own servers answer is not known",
      message: 'Without it nothing can be compared. Name the servers of the zone in `authoritative` where they cannot be found from here.',
    })
    expect(findings.map(({ verdict }) => verdict)).toEqual(['error', 'error', 'error', 'pass', 'pass', 'pass'])
  })

  it('measures an alias that changed by the TTL of the alias', () => {
    const zone = zoneSays(['www.example.com 60 CNAME new.example.com', 'new.example.com 60 A 203.0.113.10'])
    const stale = answered(['www.example.com 3000 CNAME old.example.com', 'old.example.com 20 A 198.51.100.10'])
    const sameAlias = answered(['www.example.com 3000 CNAME new.example.com', 'new.example.com 20 A 198.51.100.10'])
    expect(ask(spec, { a: stale, b: sameAlias, c: newer }, [zone, zone])[0]?.message.split('\n').slice(1, 3)).toEqual([
      '  b (192.0.2.2)  198.51.100.10  20 s',
      '  a (192.0.2.1)  198.51.100.10  3000 s',
    ])
  })

  it('goes together with what the answer must be', () => {
    const findings = ask({ ...spec, answers: '203.0.113.99' }, { a: newer, b: newer, c: newer })
    expect(new Set(findings.map(({ verdict }) => verdict))).toEqual(new Set(['fail']))
    expect(findings[0]).toMatchObject({
      subject: 'dns www.example.com A at 10.9.0.1 (authoritative)',
      message:
        'This is what the zone itself says: look at its records on that server, and with `dig +norecurse @10.9.0.1 www.example.com A`.',
    })
  })

  it('goes together with a quorum', () => {
    const findings = ask({ ...spec, quorum: 'majority' }, { a: newer, b: old(40), c: newer })
    expect(verdicts(findings)).toEqual([
      ['pass', ': quorum'],
      ['pass', '10.9.0.1 (authoritative)'],
      ['pass', '10.9.0.2 (authoritative)'],
    ])
    expect(findings[0]?.message).toBe(
      'Who answers otherwise, and for how long at most:\n  b (192.0.2.2)  198.51.100.10  40 s\nAfter 40 s every one of them has to ask the zone again.',
    )
  })
})

describe('many resolvers', () => {
  it('that pass are told together, by what they answer', () => {
    const names = Array.from({ length: 12 }, (_, index) => `r${index}`)
    const many = contextWith(Object.fromEntries(names.map((name, index) => [name, resolver({ addresses: [`192.0.2.${index}`] })])))
    const dns = ({ server }: { server: string }): DnsQuery =>
      server === '192.0.2.5' ? answered(['www.example.com 9 A 203.0.113.11']) : newer
    const { findings } = solve({ name: 'www.example.com', contains: { matches: '^203' }, resolvers: names }, { dns }, many)
    expect(findings.map(({ subject, actual, message }) => [subject, actual, message])).toEqual([
      ['dns www.example.com A at 11 addresses', '203.0.113.10', 'Asked: r0, r1, r2, r3, r4, r6, r7, r8, r9, r10, r11.'],
      ['dns www.example.com A at 192.0.2.5 (r5)', '203.0.113.11, TTL 9 s', ''],
    ])
  })
})
