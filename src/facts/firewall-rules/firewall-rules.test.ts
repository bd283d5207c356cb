import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../lib/errors.js'
import { firewallRules, type Rule, type Ruleset } from './index.js'

const folder = join(import.meta.dirname, 'fixtures')
const fixtures = readdirSync(folder).filter((name) => name.endsWith('.txt'))
const printed = (name: string): string => readFileSync(join(folder, name), 'utf8')
const source = firewallRules.sources.linux?.[0]

function read(stdout: string, again?: string): Ruleset {
  const second = again === undefined ? {} : { again: { stdout: again, stderr: '', afterMs: 1_000 } }
  const [value] = source?.parse({ exitCode: 0, stdout, stderr: '', ...second }, [{ overMs: null }]) ?? []
  if (value === undefined) throw new Error('nothing was read')
  return value
}

/** `text → statements`, of all rules of a chain. */
const told = (rules: readonly Rule[]): readonly string[] =>
  rules.map(({ text, statements }) => `${text} → ${statements.map(({ kind }) => kind).join(' ')}`)
const chainOf = (ruleset: Ruleset, table: string, chain: string): readonly Rule[] =>
  ruleset.tables.find(({ name }) => name === table)?.chains.find(({ name }) => name === chain)?.rules ?? []

describe('firewall-rules', () => {
  it.each(fixtures)('%s is a value of the fact', (name) => {
    const value = read(printed(name))
    expect(firewallRules.isValue(value)).toBe(true)
    expect(value.unseen).toEqual([])
  })

  it('reads what iptables keeps in the tables of nft in the words of iptables, and counts its policies', () => {
    const ufw = read(printed('ufw-iptables-nft-1.8.9.txt'))
    expect(ufw.tables.map(({ tool, family, name }) => `${tool} ${family} ${name}`)).toEqual(['iptables ip filter'])
    expect(told(chainOf(ufw, 'filter', 'ufw-user-input'))).toEqual([
      '-p tcp -m tcp --dport 22 -m conntrack --ctstate NEW -m recent --set --name DEFAULT --mask 255.255.255.255 --rsource → ',
      '-p tcp -m tcp --dport 22 -m conntrack --ctstate NEW -m recent --update --seconds 30 --hitcount 6 --name DEFAULT --mask 255.255.255.255 --rsource -j ufw-user-limit → test test test unsure verdict',
      '-p tcp -m tcp --dport 22 -j ufw-user-limit-accept → test test verdict',
      '-p tcp -m multiport --dports 80,443 -m comment --comment "dapp_Nginx%20Full" -j ACCEPT → test test verdict',
      '-s 10.0.0.0/8 -p tcp -m tcp --dport 5432 -j ACCEPT → test test test test verdict',
    ])
    expect(chainOf(ufw, 'filter', 'ufw-user-input')[3]?.comment).toBe('dapp_Nginx%20Full')
  })

  it('reads the older iptables, its negation behind the option, its masks and its spaces', () => {
    const { tables } = read(printed('centos-6-iptables-1.4.7.txt'))
    expect(tables.map(({ tool, name }) => `${tool} ${name}`)).toEqual(['iptables nat', 'iptables filter'])
    const rules = tables[1]?.chains.find(({ name }) => name === 'RH-Firewall-1-INPUT')?.rules ?? []
    expect(rules[4]).toEqual({
      position: 5,
      handle: null,
      text: '-s ! 10.0.0.0/255.0.0.0 -p tcp -m tcp --dport 111 -j DROP',
      comment: null,
      counters: { packets: 0, bytes: 0 },
      counter: null,
      growth: null,
      statements: [
        { kind: 'test', fields: ['saddr'], negate: true, entries: [[['10.0.0.0', '10.255.255.255']]] },
        { kind: 'test', fields: ['protocol'], negate: false, entries: [[[6, 6]]] },
        { kind: 'test', fields: ['dport'], negate: false, entries: [[[111, 111]]] },
        { kind: 'verdict', verdict: { do: 'drop', chain: null } },
      ],
    })
  })

  it('knows the words of nft, and says of which it does not know what they decide', () => {
    const words = read(printed('words-nft-1.0.6.txt'))
    const rules = chainOf(words, 't', 'in')
    const unsure = rules.filter(({ statements }) => statements.some(({ kind }) => kind === 'unsure' || kind === 'opaque'))
    expect(unsure.map(({ text }) => text)).toMatchInlineSnapshot(`
      [
        "icmpv6 type { echo-request, nd-neighbor-solicit } limit rate 10/second accept",
        "fib daddr . iif type != { local, broadcast } drop",
        "update @d { ip saddr limit rate over 5/minute } drop",
        "meter ip saddr ct count over 5 65535 m reject with icmp port-unreachable",
        "meta l4proto tcp ct count over 5 reject with tcp reset",
        "numgen random 10 0 < 3 accept",
        "meta skuid 1000 accept",
        "quota 1 mbytes true drop",
        "socket transparent 1 accept",
        "ip ttl 64 accept",
        "ip dscp cs1 accept",
        "meta length > 100 accept",
        "rt nexthop ip 1.2.3.4 accept",
        "ct original ip daddr 1.1.1.1 accept",
        "ct helper ftp accept",
        "meta hour 08:00-10:00 accept",
        "meta day Monday accept",
        "udp length 8 accept",
        "ether saddr 00:11:22:33:44:55 accept",
      ]
    `)
    expect(told(rules.slice(0, 12))).toMatchInlineSnapshot(`
      [
        "ct state established,related accept → bits verdict",
        "ct state != invalid accept → bits verdict",
        "ct state established,related accept → bits verdict",
        "iif lo accept → test verdict",
        "iifname eth* tcp dport 22 accept → test test test verdict",
        "iifname { wg0, eth0 } accept → test verdict",
        "ip saddr @s tcp dport @el accept → test lookup test lookup verdict",
        "ip saddr . tcp dport @c accept → test test lookup verdict",
        "ip saddr . tcp dport { 10.0.0.1 . 80, 10.0.0.2-10.0.0.5 . 81-90 } accept → test test test verdict",
        "tcp dport vmap @vm → test verdict-map",
        "meta l4proto { tcp, udp } th dport 53 accept → test test verdict",
        "meta nfproto ipv6 accept → test verdict",
      ]
    `)
  })

  it('knows sets by their elements, and those that change by themselves', () => {
    const sets = read(printed('words-nft-1.0.6.txt')).tables[0]?.sets ?? []
    expect(sets.map(({ name, dynamic, entries }) => `${name} ${dynamic ? 'dynamic' : 'fixed'} ${entries?.length ?? 'unknown'}`)).toEqual([
      's fixed 2',
      'd dynamic 0',
      'c fixed 1',
      'ci fixed 1',
      'el dynamic 2',
      'vm fixed 2',
      'pm fixed unknown',
    ])
  })

  it('reads devices of ingress and egress from the text of nft, as its JSON leaves them out', () => {
    const devices = read(printed('devices-nft-1.0.6.txt')).tables.flatMap(({ family, chains }) =>
      chains.map(({ name, base }) => `${family} ${name}: ${base?.hook} ${base?.devices.join(' ')}`),
    )
    expect(devices).toEqual([
      'netdev one: ingress eth0',
      'netdev many: ingress eth0 eth1',
      'netdev out: egress eth0',
      'inet one: ingress eth1',
      'inet in: input ',
    ])
  })

  it.each([
    ['{"counter": {"packets": 4, "bytes": 5}}', null, { packets: 4, bytes: 5 }],
    ['{"counter": "a"}', 'a', { packets: 1, bytes: 2 }],
    ['{"counter": "a"}, {"counter": {"packets": 4, "bytes": 5}}', 'a', { packets: 1, bytes: 2 }],
    ['{"counter": "a"}, {"counter": "b"}', '*', null],
    ['{"counter": {"map": {"key": {"payload": {"protocol": "tcp", "field": "dport"}}, "data": "@m"}}}', '*', null],
  ])('knows which counter a rule counts with: %s', (words, counter, counters) => {
    const frame =
      '{"table":{"family":"ip","name":"t"}},{"counter":{"family":"ip","name":"a","table":"t","packets":1,"bytes":2}},{"chain":{"family":"ip","table":"t","name":"c"}}'
    const rule = `{"rule":{"family":"ip","table":"t","chain":"c","handle":1,"expr":[${words},{"accept":null}]}}`
    const text = `== ipv6 yes\n== nft json\n|{"nftables":[${frame},${rule}]}\n== legacy none\n== legacy6 none\n`
    expect(chainOf(read(text), 't', 'c')).toMatchObject([{ counter, counters }])
  })

  it('counts between two readings by handle, and not across rules that were loaded anew', () => {
    const first = printed('firewalld-nft-1.0.6.txt')
    const rule = '{"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": 443}}'
    const counting = (packets: number): string =>
      first.replace(rule, `${rule}, {"counter": {"packets": ${packets}, "bytes": ${packets * 60}}}`)
    const growth = (value: Ruleset): unknown =>
      chainOf(value, 'firewalld', 'filter_IN_public_allow').find(({ text }) => text.includes('443'))?.growth
    expect(growth(read(counting(5), counting(7)))).toEqual({ packets: 2, bytes: 120 })
    expect(growth(read(counting(5), counting(3)))).toBeNull()
    expect(growth(read(first, counting(3)))).toBeNull()
    expect(read(first, first).growthMs).toBe(1_000)
  })

  it.each([
    [
      'tables of the older iptables that nothing here can list',
      '== legacy missing\n|filter',
      ['the tables filter of iptables, which the kernel has loaded, as iptables-legacy-save is missing'],
    ],
    ['an nft that has no JSON', '', []],
  ])('%s', (_, legacy, unseen) => {
    const text =
      legacy === ''
        ? '== ipv6 yes\n== nft text\n|table inet x {\n|}\n== legacy none\n== legacy6 none\n'
        : `== ipv6 yes\n== nft absent\n${legacy}\n== legacy6 none\n`
    const expected = legacy === '' ? ['the tables inet x, as this nft has no JSON (0.9 has)'] : unseen
    expect(read(text).unseen).toEqual(expected)
  })

  it.each([
    ['nothing', ''],
    ['a message in place of JSON', '== ipv6 yes\n== nft json\n|nft: command failed\n== legacy none\n== legacy6 none\n'],
    ['a table without an end', '== ipv6 yes\n== nft absent\n== legacy alone\n|*filter\n|:INPUT ACCEPT [0:0]\n== legacy6 none\n'],
    ['a part that is missing', '== ipv6 yes\n== nft absent\n== legacy none\n'],
    [
      'a built-in chain of a table that is not known',
      '== ipv6 yes\n== nft absent\n== legacy alone\n|*odd\n|:INPUT ACCEPT [0:0]\n|COMMIT\n== legacy6 none\n',
    ],
  ])('%s is refused', (_, text) => {
    expect(() => read(text)).toThrow(NotUnderstood)
  })

  it('understands or refuses whatever damage is done to the output', () => {
    const texts = fixtures.map(printed)
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.nat(), fc.nat(40), fc.string({ maxLength: 12 }), (text, at, cut, put) => {
        const place = at % text.length
        try {
          return firewallRules.isValue(read(`${text.slice(0, place)}${put}${text.slice(place + cut)}`))
        } catch (error) {
          return error instanceof NotUnderstood
        }
      }),
      { numRuns: 300 },
    )
  })

  it('understands or refuses JSON that is nested without end', () => {
    const deep = `${'[{"&":'.repeat(20_000)}1${'}]'.repeat(20_000)}`
    const rule = `{"rule":{"family":"ip","table":"t","chain":"c","handle":1,"expr":[{"match":{"op":"==","left":${deep},"right":1}}]}}`
    const text = `== ipv6 yes\n== nft json\n|{"nftables":[{"table":{"family":"ip","name":"t"}},{"chain":{"family":"ip","table":"t","name":"c"}},${rule}]}\n== legacy none\n== legacy6 none\n`
    expect(() => read(text)).toThrow(NotUnderstood)
  })

  it('asks as root, once for all checks, and for each window once', () => {
    expect(source?.command([{ overMs: null }])).toMatchObject({ tool: ['sh'], privileged: true })
    expect(source?.command([{ overMs: 5_000 }]).againAfterMs).toBe(5_000)
    expect([firewallRules.group?.({ overMs: null }), firewallRules.group?.({ overMs: 5_000 })]).toEqual(['null', '5000'])
  })
})
