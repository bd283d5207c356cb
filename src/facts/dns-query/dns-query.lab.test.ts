import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { labDescribe } from '../../../test/lab/describe.js'
import { type Lab, startLab } from '../../../test/lab/index.js'
import { type DnsQuery, type DnsQueryArgs, dnsQuery } from './index.js'

const hostilePort = 5300
const hostileScript = join(import.meta.dirname, 'hostile-server.lab.py')

let lab: Lab

const question = (server: string, name: string, type: DnsQueryArgs['type'] = 'A', more: Partial<DnsQueryArgs> = {}): DnsQueryArgs => ({
  server,
  name,
  type,
  timeoutMs: 2_000,
  ...more,
})

/** What a source of this name learns on a host of the lab, in one process. */
async function ask(sourceName: string, requests: readonly DnsQueryArgs[], host = 'ops'): Promise<readonly DnsQuery[]> {
  const source = dnsQuery.sources.linux?.find(({ name }) => name === sourceName)
  if (source === undefined) throw new Error(`no source is called ${sourceName}`)
  const { tool, args, stdin = '', timeoutMs = 60_000 } = source.command(requests)
  const result = await lab.exec(host, [tool[0], ...args], { input: stdin, timeoutMs })
  if (result.exitCode !== 0) throw new Error(`${sourceName} ended with ${result.exitCode}: ${result.stderr}`)
  return source.parse({ exitCode: 0, stdout: result.stdout, stderr: result.stderr }, requests)
}

function brief({ status, message, transport, truncated, detail }: DnsQuery): string {
  const answers = message === null ? '' : ` ${message.rcode} ${message.answers.map(({ type, data }) => `${type} ${data}`).join(', ')}`
  const long = answers.length > 100 ? `${answers.slice(0, 60)}… ${message?.answers.length} records` : answers
  const why = message === null && detail !== null ? `: ${detail.replace(/id \d+/, 'id N')}` : ''
  return `${status}${long}${transport === 'tcp' ? ' over tcp' : ''}${truncated ? ', truncated' : ''}${why}`.trim()
}

/** Names at real servers, and what these answer. */
const real: readonly (readonly [string, DnsQueryArgs, string])[] = [
  ['the zone', question('192.0.2.11', 'www.example.com', 'A', { recurse: false }), 'answered NOERROR A 203.0.113.1'],
  ['IPv6 data', question('192.0.2.11', 'www.example.com', 'AAAA'), 'answered NOERROR AAAA 2001:db8::1'],
  ['mail servers', question('192.0.2.12', 'example.com', 'MX'), 'answered NOERROR MX 10 mail.example.com, MX 20 mail.backup.example.com'],
  ['text', question('192.0.2.12', 'example.com', 'TXT'), 'answered NOERROR TXT v=spf1 mx -all'],
  ['a service', question('192.0.2.12', '_sip._tcp.example.com', 'SRV'), 'answered NOERROR SRV 0 5 5060 www.example.com'],
  ['authorities', question('192.0.2.12', 'example.com', 'CAA'), 'answered NOERROR CAA 0 issue "ca.example.net"'],
  [
    'the start of a zone',
    question('192.0.2.12', 'example.com', 'SOA'),
    'answered NOERROR SOA ns1.example.com hostmaster.example.com 2026010101 1800 900 604800 60',
  ],
  ['the root', question('198.41.0.4', '.', 'NS'), 'answered NOERROR NS a.root-servers.net'],
  ['an alias', question('168.126.63.1', 'shop.example.com'), 'answered NOERROR CNAME www.example.com, A 203.0.113.1'],
  ['the way back', question('168.126.63.2', '1.113.0.203.in-addr.arpa', 'PTR'), 'answered NOERROR PTR www.example.com'],
  ['no such name', question('8.8.8.8', 'nosuch.example.com'), 'answered NXDOMAIN'],
  ['no such record', question('8.8.8.8', 'www.example.com', 'MX'), 'answered NOERROR'],
  ['a referral', question('192.0.2.5', 'www.example.com', 'A', { recurse: false }), 'answered NOERROR'],
  ['a server that refuses', question('192.0.2.21', 'www.example.com'), 'answered REFUSED'],
  ['a server that fails', question('8.8.8.8', 'lame.com'), 'answered SERVFAIL'],
  ['over TCP', question('192.0.2.11', 'www.example.com', 'A', { transport: 'tcp' }), 'answered NOERROR A 203.0.113.1 over tcp'],
  ['a chosen source', question('192.0.2.11', 'www.example.com', 'A', { source: '198.51.100.10' }), 'answered NOERROR A 203.0.113.1'],
  ['silence', question('192.0.2.22', 'www.example.com', 'A', { timeoutMs: 200 }), 'timeout'],
  ['silence over TCP', question('192.0.2.22', 'www.example.com', 'A', { timeoutMs: 200, transport: 'tcp' }), 'timeout over tcp'],
]

/** What a probe tells that has the kernel's own word for it. */
const told: readonly (readonly [string, DnsQueryArgs, string])[] = [
  [
    'truncation',
    question('164.124.101.2', 'big.example.com', 'TXT'),
    expect.stringMatching(/^answered NOERROR TXT .* over tcp, truncated$/),
  ],
  ['no server there', question('198.51.100.10', 'www.example.com'), 'rejected: ECONNREFUSED, ICMP 3/3 from 198.51.100.10'],
  ['no TCP server', question('198.51.100.10', 'www.example.com', 'A', { transport: 'tcp' }), 'rejected over tcp: ECONNREFUSED'],
  ['no route', question('2001:db8::5', 'www.example.com'), 'local-error: ENETUNREACH'],
  ['a source of others', question('192.0.2.11', 'a.example', 'A', { source: '192.0.2.77' }), 'source-error: EADDRNOTAVAIL'],
  ['an interface', question('192.0.2.11', 'www.example.com', 'A', { source: 'eth0' }), 'answered NOERROR A 203.0.113.1'],
  ['no such zone', question('fe80::1%eth9', 'a.example'), 'local-error: the host has not the interface of its zone'],
  ['no such interface', question('192.0.2.11', 'a.example', 'A', { source: 'eth9' }), 'source-error: ENODEV'],
]

const hostile: Readonly<Record<string, string>> = {
  good: 'answered NOERROR A 192.0.2.1',
  case: 'answered NOERROR A 192.0.2.1',
  silent: 'timeout',
  otherid: 'mismatched: an answer with the id N to otherid.test A',
  otherquestion: 'mismatched: an answer with the id N to xtherquestion.test A',
  notanswer: 'mismatched: a query with the id N to notanswer.test A',
  straysfirst: 'answered NOERROR A 192.0.2.1',
  elsewhere: 'answered NOERROR A 192.0.2.1',
  short: 'malformed: the header at octet 0: 2 octets are left',
  empty: 'malformed',
  garbage: 'malformed',
  loop: 'malformed',
  countlies: 'malformed',
  trailing: 'malformed',
  twice: 'answered NOERROR A 192.0.2.1',
  late: 'answered NOERROR A 192.0.2.1',
  third: 'answered NOERROR A 192.0.2.1',
  noedns: 'answered NOERROR A 192.0.2.1',
  noimp: 'answered NOERROR A 192.0.2.1',
  formerr: 'answered FORMERR',
  servfail: 'answered SERVFAIL',
  refused: 'answered REFUSED',
  truncated: 'answered NOERROR A 192.0.2.1 over tcp, truncated',
  pieces: 'answered NOERROR A 192.0.2.1 over tcp, truncated',
  dribble: 'timeout over tcp, truncated: 1 octets of the answer had come',
  huge: 'answered NOERROR A 192.0.2.1, A 192.0.2.1, A 192.0.2.1, A 192.0.2.1,… 4000 records over tcp, truncated',
  endless: 'malformed over tcp, truncated: question 1 of 65535 at octet 12: a compression pointer that does not point backwards',
  tcpreset: 'rejected over tcp, truncated: ECONNRESET',
  tcpclose: 'rejected over tcp, truncated: the connection ended before the answer',
  tcphalf: 'malformed over tcp, truncated: the connection ended before the answer',
  tcpsilent: 'timeout over tcp, truncated',
  tcpstill: 'malformed over tcp, truncated: cut short (TC), over TCP as well',
  tcpother: 'mismatched over tcp, truncated: an answer with the id N to xcpother.test A',
}

/** What dig can tell of the same in one try: the same verdicts. */
const hostileToDig: readonly (readonly [string, string])[] = Object.entries(hostile)
  .filter(([name]) => !['silent', 'late', 'third', 'dribble', 'endless', 'tcphalf', 'tcpsilent'].includes(name))
  .map(([name, text]) => [name, statusAlone(text)])

/** Without the reason, which each tells in words of its own. */
function statusAlone(text: string): string {
  return text.replace(/^(mismatched|malformed)(.*?):.*$/, '$1$2')
}

/** Without what our own reader says of the octets. */
const withoutReader = (text: string): string => (text.startsWith('malformed:') ? 'malformed' : text)

labDescribe('dns-query in a lab', () => {
  beforeAll(async () => {
    lab = await startLab('dns')
    const server = lab.spawn('ns1', ['python3', hostileScript, '192.0.2.11', String(hostilePort)])
    await once(server.stdout ?? server, 'data')
  })
  afterAll(() => lab?.stop())

  it.each(['python', 'perl', 'dig'])('%s learns what real servers answer', { timeout: 20_000 }, async (source) => {
    const values = await ask(
      source,
      real.map(([, request]) => request),
    )
    expect(Object.fromEntries(real.map(([what], index) => [what, brief(values[index] as DnsQuery)]))).toEqual(
      Object.fromEntries(real.map(([what, , expected]) => [what, expected])),
    )
  })

  it('dig believes none of these either', { timeout: 30_000 }, async () => {
    const table = [...hostileToDig, ['tcphalf', 'rejected over tcp, truncated: the connection ended before the answer'] as const]
    const requests = table.map(([name]) => question('192.0.2.11', `${name}.test`, 'A', { port: hostilePort, tries: 1 }))
    const values = await ask('dig', requests)
    const told = values.map((value) => statusAlone(brief(value)))
    expect(Object.fromEntries(table.map(([name], index) => [name, told[index]]))).toEqual(Object.fromEntries(table))
    expect(values.at(table.findIndex(([name]) => name === 'straysfirst'))?.strays).toBe(21)
  })

  describe.each(['python', 'perl'])('%s', (source) => {
    it('tells why nothing came', async () => {
      const values = await ask(
        source,
        told.map(([, request]) => request),
      )
      expect(Object.fromEntries(told.map(([what], index) => [what, brief(values[index] as DnsQuery)]))).toEqual(
        Object.fromEntries(told.map(([what, , expected]) => [what, expected])),
      )
    })

    it('believes nothing that is no answer to its question, and waits for nobody for ever', { timeout: 30_000 }, async () => {
      const names = Object.keys(hostile)
      const began = performance.now()
      const values = await ask(
        source,
        names.map((name) => question('192.0.2.11', `${name}.test`, 'A', { port: hostilePort, timeoutMs: 700 })),
      )
      expect(performance.now() - began).toBeLessThan(10_000)
      expect(Object.fromEntries(names.map((name, index) => [name, withoutReader(brief(values[index] as DnsQuery))]))).toEqual(
        Object.fromEntries(names.map((name) => [name, withoutReader(hostile[name] ?? '')])),
      )
      expect(values[names.indexOf('straysfirst')]?.strays).toBe(21)
    })

    it('sends a server no more than it may be sent', async () => {
      const many = Array.from({ length: 25 }, () => question('192.0.2.11', 'good.test', 'A', { port: hostilePort, rate: 50 }))
      const began = performance.now()
      const values = await ask(source, many)
      expect(new Set(values.map(brief))).toEqual(new Set(['answered NOERROR A 192.0.2.1']))
      // A burst of 4, and 21 more at 50 a second.
      expect(performance.now() - began).toBeGreaterThan(400)
    })

    it('loses no patience with a dead server, and little time', async () => {
      const many = Array.from({ length: 200 }, () => question('192.0.2.22', 'www.example.com', 'A', { timeoutMs: 100 }))
      const began = performance.now()
      const values = await ask(source, many)
      // Three tries of all of them, one after the other, would take a minute.
      expect(performance.now() - began).toBeLessThan(10_000)
      expect(new Set(values.map(brief))).toEqual(new Set(['timeout']))
      expect(values.filter(({ tries }) => tries === 3).length).toBeGreaterThanOrEqual(32)
      expect(values.filter(({ tries }) => tries === 1).length).toBeGreaterThanOrEqual(100)
    })

    it('asks thousands in seconds', { timeout: 30_000 }, async () => {
      const many = Array.from({ length: 3_000 }, (_, index) =>
        question('192.0.2.11', `n${index}.wild.example.com`, 'A', { timeoutMs: 3_000 }),
      )
      const began = performance.now()
      const values = await ask(source, many)
      expect(new Set(values.map(brief))).toEqual(new Set(['answered NOERROR A 203.0.113.9']))
      expect(performance.now() - began).toBeLessThan(15_000)
    })
  })
})
