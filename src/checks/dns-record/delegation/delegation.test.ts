import { describe, expect, it } from 'vitest'
import type { Finding } from '../../../model/check.js'
import { answered, contextWith, record, resolver, type Solved, silence, solve, type World } from '../fixtures.js'
import { type Servers, serve } from '../simulated-zones.js'
import type { DnsRecordSpec } from '../spec.js'

/** A private root, so that tests read easily. */
const context = contextWith({ root: resolver({ addresses: ['10.255.0.1'] }) })
const spec: DnsRecordSpec = { name: 'www.example.com', answers: '203.0.113.10', resolvers: 'authoritative' }

const soa = (zone: string, serial = 7): string => `${zone} 900 SOA ns1.${zone} host.${zone} ${serial} 1 1 1 600`
const example = [
  soa('example.com'),
  'example.com 300 NS ns1.example.com',
  'example.com 300 NS ns2.example.com',
  'ns1.example.com 300 A 192.0.2.1',
  'ns2.example.com 300 A 192.0.2.2',
  'www.example.com 300 A 203.0.113.10',
]
const world: Servers = {
  '10.255.0.1': { '.': [soa('.'), 'com 300 NS a.gtld.net', 'net 300 NS a.gtld.net', 'a.gtld.net 300 A 10.255.1.1'] },
  '10.255.1.1': {
    com: [
      soa('com'),
      'example.com 300 NS ns1.example.com',
      'example.com 300 NS ns2.example.com',
      'ns1.example.com 300 A 192.0.2.1',
      'ns2.example.com 300 A 192.0.2.2',
    ],
    net: [soa('net'), 'cdn.net 300 NS ns.cdn.net', 'ns.cdn.net 300 A 192.0.2.9'],
  },
  '192.0.2.1': { 'example.com': example },
  '192.0.2.2': { 'example.com': example },
}

const ask = (servers: Servers, more: Partial<DnsRecordSpec> = {}, others: Omit<World, 'dns'> = {}): Solved =>
  solve({ ...spec, ...more } as DnsRecordSpec, { dns: serve(servers), ...others }, context)

const brief = (findings: readonly Finding[]): readonly (readonly string[])[] =>
  findings.map(({ verdict, subject, actual, message }) => [verdict, subject.replace(/^dns \S+ \S+( at)?/, '').trim(), actual, message])

const right = '203.0.113.10, TTL 300 s'
const ns1 = ['pass', '192.0.2.1 (ns1.example.com, authoritative)', right, '']
const ns2 = ['pass', '192.0.2.2 (ns2.example.com, authoritative)', right, '']

describe('the delegation', () => {
  it('is followed from the root, and every server of the zone is asked', () => {
    const { findings, rounds } = ask(world)
    expect(brief(findings)).toEqual([ns1, ns2])
    expect(rounds).toEqual([
      ['10.255.0.1 SOA www.example.com'],
      ['10.255.1.1 SOA www.example.com'],
      ['192.0.2.1 SOA www.example.com', '192.0.2.2 SOA www.example.com'],
      ['192.0.2.1 NS example.com', '192.0.2.2 NS example.com'],
      ['192.0.2.1 A www.example.com', '192.0.2.2 A www.example.com'],
    ])
  })

  it('begins at the root servers of the Internet where the inventory has no root of its own', () => {
    const { rounds } = solve(spec, { dns: () => silence('timeout'), config: { servers: ['10.0.0.53'], search: [], options: [] } })
    expect(rounds[0]).toEqual([
      '198.41.0.4 SOA www.example.com',
      '170.247.170.2 SOA www.example.com',
      '2001:503:ba3e::2:30 SOA www.example.com',
    ])
    expect(new Set(rounds.slice(0, 2).flat()).size).toBe(6)
    expect(rounds[2]).toEqual(['resolver-config'])
  })

  it('is followed through servers whose own names must be looked up', () => {
    const { findings } = ask({
      ...world,
      '10.255.1.1': { ...world['10.255.1.1'], com: [soa('com'), 'example.com 300 NS ns.cdn.net'] },
      '192.0.2.9': { 'cdn.net': [soa('cdn.net'), 'cdn.net 300 NS ns.cdn.net', 'ns.cdn.net 300 A 192.0.2.9'], 'example.com': example },
    })
    const note =
      'The zone above example.com delegates it to ns.cdn.net too, which its own NS records do not name. The NS records of example.com name ns1.example.com, ns2.example.com too, to which the zone above does not delegate it.'
    expect(brief(findings)).toEqual([['pass', '192.0.2.9 (ns.cdn.net, authoritative)', right, note], ns1, ns2])
  })

  it('ends where servers need each other', () => {
    const { findings } = ask({
      ...world,
      '10.255.1.1': {
        com: [soa('com'), 'example.com 300 NS ns.example.net'],
        net: [soa('net'), 'example.net 300 NS ns.example.com'],
      },
    })
    expect(brief(findings)).toEqual([
      [
        'error',
        'authoritative',
        'not asked: the servers of the zone are not known',
        'The delegation of www.example.com ends at example.com: none of its servers helps (no address is found for ns.example.net).',
      ],
    ])
  })

  it('ends where no server helps, and says why each of them does not', () => {
    const { '192.0.2.1': _, ...silent } = world
    const { findings } = ask({ ...silent, '192.0.2.2': { 'other.example': [] } })
    expect(brief(findings)).toEqual([
      [
        'error',
        'authoritative',
        'not asked: the servers of the zone are not known',
        'The delegation of www.example.com ends at example.com: none of its servers helps (192.0.2.1: no answer, asked 3 times; 192.0.2.2: REFUSED).',
      ],
    ])
  })

  it('does not go up or round', () => {
    const { findings } = ask({
      ...world,
      '192.0.2.1': { '.': ['com 300 NS a.gtld.net'] },
      '192.0.2.2': { com: ['example.com 300 NS ns1.example.com'] },
    })
    expect(brief(findings)[0]?.[3]).toBe(
      'The delegation of www.example.com ends at example.com: none of its servers helps (192.0.2.1, 192.0.2.2: neither authority nor a referral).',
    )
  })

  it('tells servers that do not serve the zone, and those without an address', () => {
    const com = [
      ...(world['10.255.1.1']?.com ?? []),
      'example.com 300 NS ns3.example.com',
      'ns3.example.com 300 A 192.0.2.3',
      'example.com 300 NS ns4.example.com',
    ]
    const { findings } = ask({ ...world, '10.255.1.1': { com }, '192.0.2.3': { com: ['example.com 300 NS ns1.example.com'] } })
    expect(brief(findings)).toEqual([
      [
        'error',
        '192.0.2.3 (ns3.example.com, authoritative)',
        'an answer without authority',
        'The delegation names ns3.example.com, but it does not serve the zone (lame): resolvers that ask it lose time or fail. Look at its configuration and at the NS records. The zone above example.com delegates it to ns3.example.com, ns4.example.com too, which its own NS records do not name.',
      ],
      [
        'error',
        'ns4.example.com',
        'not asked: it has no address',
        'The delegation names ns4.example.com, but no address of that family is found for it: look at its A and AAAA records, and at the glue in the zone above.',
      ],
      ns1,
      ns2,
    ])
  })

  it('finds the servers of a zone whose parent the same server has', () => {
    const parent = [
      soa('example.com'),
      'example.com 300 NS ns1.example.com',
      'ns1.example.com 300 A 192.0.2.1',
      'lab.example.com 300 NS ns2.example.com',
      'ns2.example.com 300 A 192.0.2.2',
    ]
    const lab = [soa('lab.example.com'), 'lab.example.com 300 NS ns2.example.com', 'www.lab.example.com 300 A 203.0.113.10']
    const com = [soa('com'), 'example.com 300 NS ns1.example.com', 'ns1.example.com 300 A 192.0.2.1']
    const { findings } = ask(
      {
        ...world,
        '10.255.1.1': { com },
        '192.0.2.1': { 'example.com': parent, 'lab.example.com': lab },
        '192.0.2.2': { 'lab.example.com': lab },
      },
      { name: 'www.lab.example.com' },
    )
    expect(brief(findings)).toEqual([['pass', '192.0.2.2 (ns2.example.com, authoritative)', right, '']])
  })

  it('takes the word of the zone above where one of its servers has both zones, and another refers', () => {
    const parent = [
      soa('example.com'),
      'example.com 300 NS ns1.example.com',
      'example.com 300 NS ns2.example.com',
      'lab.example.com 300 NS ns3.example.com',
      'ns3.example.com 300 A 192.0.2.3',
      'ns1.example.com 300 A 192.0.2.1',
    ]
    const lab = [soa('lab.example.com'), 'lab.example.com 300 NS ns1.example.com', 'www.lab.example.com 300 A 203.0.113.10']
    const { findings } = ask(
      {
        ...world,
        '192.0.2.1': { 'example.com': parent, 'lab.example.com': [...lab, 'ns1.example.com 300 A 192.0.2.1'] },
        '192.0.2.2': { 'example.com': parent },
        '192.0.2.3': { 'lab.example.com': lab },
      },
      { name: 'www.lab.example.com' },
    )
    expect(brief(findings)).toEqual([
      [
        'pass',
        '192.0.2.3 (ns3.example.com, authoritative)',
        right,
        'The zone above lab.example.com delegates it to ns3.example.com too, which its own NS records do not name. The NS records of lab.example.com name ns1.example.com too, to which the zone above does not delegate it.',
      ],
      ns1,
    ])
  })

  it('goes on behind an alias that leaves the zone', () => {
    const zone = [...example.slice(0, 5), 'www.example.com 300 CNAME edge.cdn.net']
    const cdn = { 'cdn.net': [soa('cdn.net'), 'edge.cdn.net 20 A 203.0.113.10'] }
    const { findings } = ask({ ...world, '192.0.2.1': { 'example.com': zone }, '192.0.2.2': { 'example.com': zone }, '192.0.2.9': cdn })
    expect(brief(findings).map(([verdict, , actual]) => [verdict, actual])).toEqual([
      ['pass', '203.0.113.10, TTL 20 s, by the alias edge.cdn.net'],
      ['pass', '203.0.113.10, TTL 20 s, by the alias edge.cdn.net'],
    ])
  })

  it('does not ask for names that no host can have', () => {
    const zone = [...example.slice(0, 5), 'www.example.com 300 CNAME a\\032b.cdn.net', 'example.com 300 NS ns\\000.example.com']
    const { findings, rounds } = ask({ ...world, '192.0.2.1': { 'example.com': zone }, '192.0.2.2': { 'example.com': zone } })
    expect(rounds.flat().join()).not.toContain('\\')
    expect(brief(findings).map(([verdict, , actual]) => [verdict, actual])).toEqual(
      [1, 2].map(() => ['error', 'not known: the alias a\\032b.cdn.net is a name that cannot be asked for']),
    )
  })

  it('tells aliases that lead in a circle from zone to zone', () => {
    const zone = [...example.slice(0, 5), 'www.example.com 300 CNAME edge.cdn.net']
    const cdn = { 'cdn.net': [soa('cdn.net'), 'edge.cdn.net 20 CNAME www.example.com'] }
    const { findings } = ask({ ...world, '192.0.2.1': { 'example.com': zone }, '192.0.2.2': { 'example.com': zone }, '192.0.2.9': cdn })
    expect(findings.map(({ verdict, message }) => [verdict, message.split('.  ')[0]])).toEqual(
      [1, 2].map(() => [
        'fail',
        'The aliases lead in a circle: www.example.com → edge.cdn.net → www.example.com. One of these CNAME records has to go.',
      ]),
    )
  })

  it('says so where the root itself denies the name', () => {
    const { findings } = ask(world, { name: 'www.corp.internal' })
    expect(brief(findings)).toEqual([
      [
        'fail',
        '10.255.0.1 (root, authoritative)',
        'no such name (NXDOMAIN), TTL 600 s',
        'The root zone itself answers, as it delegates nothing of www.corp.internal: there is no "internal" on the Internet. Where the zone is private, name its servers in `authoritative`.',
      ],
    ])
  })

  it('does not ask without end, whatever the servers say', () => {
    // Every server refers every name one label deeper, to sixteen servers without addresses elsewhere.
    const endless: NonNullable<World['dns']> = ({ name, server }) => {
      const labels = name.split('.')
      const depth = server === '10.255.0.1' ? 1 : 2
      const zone = labels.slice(-depth).join('.')
      const names = Array.from({ length: 40 }, (_, index) => `ns${index}.z${labels.length}x${index}.${labels[0]}.test`)
      return answered([], { recursionAvailable: false, authorities: names.map((each) => record(`${zone} 60 NS ${each}`)) })
    }
    const { findings, rounds } = solve(spec, { dns: endless, config: { servers: ['10.0.0.53'], search: [], options: [] } }, context)
    expect(findings.map(({ verdict }) => verdict)).toEqual(['error'])
    expect(new Set(rounds.flat()).size).toBeLessThanOrEqual(1_000)
  })
})

describe('a network without a way to the root', () => {
  const config = { servers: ['10.0.0.53'], search: [], options: [] }
  const byResolver =
    (answers: Readonly<Record<string, readonly string[]>>): NonNullable<World['dns']> =>
    (args) => {
      if (args.server !== '10.0.0.53') return args.server.startsWith('10.255') ? silence('timeout') : serve(world)(args)
      const records = answers[`${args.type} ${args.name}`]
      if (records !== undefined) return answered(records)
      return args.type === 'SOA' ? answered([], { authorities: [record(soa('example.com'))] }) : answered([])
    }
  const notRoot = 'The root servers cannot be asked from web1 (10.255.0.1: no answer, asked 3 times)'

  it("asks the host's own resolvers for the servers of the zone, and says so", () => {
    const dns = byResolver({
      'NS example.com': ['example.com 300 NS ns1.example.com', 'example.com 300 NS ns2.example.com'],
      'A ns1.example.com': ['ns1.example.com 300 A 192.0.2.1'],
      'A ns2.example.com': ['ns2.example.com 300 A 192.0.2.2'],
    })
    const { findings } = solve(spec, { dns, config }, context)
    expect(brief(findings)).toEqual([
      [...ns1.slice(0, 3), `${notRoot}: the servers of example.com are those that its own resolvers (10.0.0.53) name.`],
      ns2,
    ])
  })

  it('is undetermined where they name none', () => {
    const { findings } = solve(spec, { dns: byResolver({}), config }, context)
    expect(brief(findings)).toEqual([
      [
        'error',
        'authoritative',
        'not asked: the servers of the zone are not known',
        `${notRoot}, and the host's own resolvers (10.0.0.53) name no servers of example.com.`,
      ],
    ])
    expect(solve(spec, { dns: () => silence('timeout'), config }, context).findings[0]?.message).toBe(
      `${notRoot}, and the host's own resolvers name no zone of www.example.com (10.0.0.53: no answer, asked 3 times).`,
    )
    expect(solve(spec, { dns: () => silence('timeout') }, context).findings[0]?.message).toBe(
      `${notRoot}, and neither can the host's own resolvers: no value for resolver-config.`,
    )
  })
})

describe('servers that the runbook names', () => {
  it('are asked at addresses, by hosts and resolvers of the inventory, and by other names', () => {
    const { findings, rounds } = solve(
      { ...spec, authoritative: ['192.0.2.1', 'ns-a', 'office', 'ns9.example.com', '[2001:db8::1]:5353'] },
      {
        dns: ({ server }) =>
          server === '10.10.0.53'
            ? answered([], { rcode: 'SERVFAIL' })
            : answered(['www.example.com 300 A 203.0.113.10'], { authoritative: true }),
        lookup: { found: ['192.0.2.77'], problem: null, detail: null },
      },
      context,
    )
    expect(rounds).toEqual([
      ['name-lookup'],
      ['192.0.2.1', '10.10.0.53', '10.0.0.53#5353', '192.0.2.77', '2001:db8::1#5353'].map((server) => `${server} A www.example.com`),
    ])
    expect(brief(findings)).toEqual([
      [
        'error',
        '10.10.0.53 (ns-a, authoritative)',
        'SERVFAIL',
        'The server has the zone in its configuration but cannot load or refresh it: look at its log, and at `dig +norecurse @10.10.0.53 www.example.com A`.',
      ],
      ['pass', '192.0.2.1 (authoritative)', right, ''],
      ['pass', '10.0.0.53:5353 (office, authoritative)', right, ''],
      ['pass', '192.0.2.77 (ns9.example.com, authoritative)', right, ''],
      ['pass', '[2001:db8::1]:5353 (authoritative)', right, ''],
    ])
  })

  it('must answer with authority', () => {
    const { findings } = solve(
      { ...spec, authoritative: ['192.0.2.1'] },
      { dns: () => answered(['www.example.com 300 A 203.0.113.10']) },
      context,
    )
    expect(findings).toMatchObject([{ verdict: 'error', actual: 'an answer without authority' }])
  })
})
