import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { labDescribe } from '../../../test/lab/describe.js'
import { type Lab, startLab } from '../../../test/lab/index.js'
import { posixQuote } from '../../lib/quote.js'
import type { Source } from '../../model/fact.js'
import { brief } from './brief.js'
import type { Trace, TraceArgs } from './index.js'
import { traceLab } from './lab-topology.js'
import { python, tools } from './sources.js'

const path = '/usr/sbin:/sbin:/usr/bin:/bin'
const clients = ['line', 'ways', 'broad', 'quiet', 'six', 'here', 'many', 'nobody', 'short', 'old']
const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']
const patience = { timeout: 60_000 }
let lab: Lab

/** Runs a source as the engine does: words quoted, requests through a pipe, a fixed environment. */
async function probe(
  host: string,
  requests: readonly TraceArgs[],
  prefix: readonly string[] = [],
  source: Source<TraceArgs, Trace> = python,
) {
  const { tool, args, stdin = '', timeoutMs = 0 } = source.command(requests)
  const program = path
    .split(':')
    .flatMap((folder) => tool.map((name) => join(folder, name)))
    .find(existsSync)
  if (program === undefined) throw new Error(`none of ${tool.join(', ')} in ${path}`)
  const script = `printf %s ${posixQuote(stdin)} | ${[program, ...args].map(posixQuote).join(' ')}`
  const argv = [...prefix, 'env', '-i', `PATH=${path}`, 'LC_ALL=C', 'LANG=C', 'sh', '-s']
  const { exitCode, stdout, stderr } = await lab.exec(host, argv, { input: script, timeoutMs })
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  return source.parse({ exitCode: 0, stdout, stderr }, requests)
}

const to = (host: string, protocol: TraceArgs['protocol'], port?: number, more: Partial<TraceArgs> = {}): TraceArgs => ({
  host,
  protocol,
  ...(port === undefined ? {} : { port }),
  maxHops: 30,
  rounds: 1,
  flows: 0,
  timeoutMs: 1_000,
  ...more,
})

/** As `brief`, without what all addresses of the lab share. */
const rounds = (value: Trace): string[] => brief(value).map((line) => line.replace(/(?<= |^)(10\.80\.|fd80:)/g, ''))

/** What one client sees of many targets, `host protocol port` by what is expected. */
async function see(client: string, expected: Readonly<Record<string, string>>, prefix: readonly string[] = []) {
  const requests = Object.keys(expected).map((key) => {
    const [host = '', protocol, port] = key.split(' ')
    return to(host, protocol as TraceArgs['protocol'], port === undefined ? undefined : Number(port))
  })
  const values = await probe(client, requests, prefix)
  return Object.fromEntries(values.map((value, index) => [Object.keys(expected)[index], rounds(value).join(' | ')]))
}

const ways = {
  '10.80.3.5 tcp 8001': '1.1 2.2 4.2 3.5:open reached',
  '10.80.3.5 tcp 8111': '1.1 2.2 4.2 3.5:closed reached',
  '10.80.3.5 tcp 9002': '1.1 2.2 4.2 3.5:3/3 reached',
  '10.80.3.5 tcp 9101': '1.1 2.2 4.2 silent',
  '10.80.3.5 udp 33434': '1.1 2.2 4.2 3.5:port-unreachable reached',
  '10.80.3.5 udp 8002': '1.1 2.2 4.2 3.5:reply reached',
  '10.80.3.5 udp 8003': '1.1 2.2 4.2 3.5:reply reached',
  '10.80.3.5 icmp': '1.1 2.2 4.2 3.5:reply reached',
  '10.80.3.99 icmp': '1.1 2.2 4.2 4.2:3/1 stopped',
  '10.80.99.1 icmp': '1.1 2.2:3/0 stopped',
  'both.test icmp': '1::1 2::2 4::2 3::5:reply reached',
}

const quiet = {
  '10.80.6.5 tcp 8001': '1.1 * 9.2 6.5:open reached',
  '10.80.6.5 tcp 9201': '1.1 * 9.2 9.2:3/13 stopped',
  '10.80.6.5 tcp 9202': '1.1 * 9.2 silent',
  '10.80.6.5 tcp 9203': '1.1 * 9.2 6.5:closed reached',
  '10.80.8.5 tcp 8001': '1.1 * * * * * 8.5:open reached',
}

const six = {
  'fd80:3::5 tcp 8001': '1::1 2::2 4::2 3::5:open reached',
  'fd80:3::5 tcp 8111': '1::1 2::2 4::2 3::5:closed reached',
  'fd80:3::5 udp 33434': '1::1 2::2 4::2 3::5:port-unreachable reached',
  'fd80:3::5 icmp': '1::1 2::2 4::2 3::5:reply reached',
  'fd80:3::99 icmp': '1::1 2::2 4::2 4::2:1/3 stopped',
  'fd80:99::1 icmp': '1::1 2::2:1/0 stopped',
  'fd80:6::5 tcp 9201': '1::1 * 9::2 9::2:1/1 stopped',
}

const here = {
  '127.0.0.1 icmp': '127.0.0.1:reply reached',
  '::1 tcp 9': '::1:closed reached',
  '10.80.1.1 icmp': '1.1:reply reached',
  '10.80.1.199 icmp': '1.15:3/1 stopped',
  '10.80.21.1 icmp': 'local-policy: EACCES',
  '10.80.22.1 icmp': 'no-route: EHOSTUNREACH',
  '10.80.3.5 tcp 9301': 'local-policy: EPERM',
  'nosuch.test icmp': 'name-error: Temporary failure in name resolution',
}

const nobody = {
  '10.80.3.5 tcp 8001': '1.1 2.2 4.2 3.5:open reached',
  '10.80.3.5 tcp 8111': '1.1 2.2 4.2 3.5:closed reached',
  '10.80.3.5 udp 33434': '1.1 2.2 4.2 3.5:port-unreachable reached',
  '10.80.3.5 icmp': '1.1 2.2 4.2 3.5:reply reached',
  'fd80:3::5 tcp 8111': '1::1 2::2 4::2 3::5:closed reached',
  'fd80:3::5 icmp': '1::1 2::2 4::2 3::5:reply reached',
  '10.80.99.1 tcp 80': '1.1 2.2:3/0 stopped',
}

/** Side by side from the start, as each has a client of its own and waits most of its time. */
function startAll() {
  const runs = {
    ways: see('ways', ways),
    quiet: see('quiet', quiet),
    six: see('six', six),
    here: see('here', here),
    nobody: see('nobody', nobody, asNobody),
    line: probe('line', [to('10.80.3.5', 'tcp', 8001, { rounds: 3, flows: 6, sourcePort: 40_001 })]),
    wide: probe('broad', [to('10.80.7.5', 'tcp', 8111, { rounds: 2, flows: 8 })]),
    loop: probe('many', [to('10.80.200.1', 'icmp')]),
    short: probe('short', [to('10.80.3.5', 'icmp', undefined, { maxHops: 2 })]),
    refused: probe('broad', [to('10.80.3.5', 'tcp', 8001, { sourcePort: 40_001 })], asNobody),
    forbidden: probe('guarded', [to('10.80.3.5', 'icmp')], asNobody),
    nat: probe('inside', [to('10.80.3.5', 'tcp', 8001), to('10.80.3.5', 'udp', 33_434), to('10.80.3.5', 'icmp')]),
    tools: probe(
      'old',
      [to('10.80.3.5', 'tcp', 8001, { flows: 1 }), to('10.80.6.5', 'tcp', 9202, { maxHops: 8 }), to('fd80:3::5', 'icmp')],
      [],
      tools,
    ),
    there: probe('strict', [to('10.80.6.5', 'tcp', 8001, { sourcePort: 45_001, rounds: 2 })]),
    back: probe('guarded', [to('10.80.1.210', 'tcp', 45_001, { sourcePort: 8001, rounds: 2 })]),
  }
  for (const run of Object.values(runs)) run.catch(() => {}) // reported by the test that awaits it
  return runs
}

let all: ReturnType<typeof startAll>

labDescribe('trace in a lab', () => {
  beforeAll(async () => {
    lab = await startLab(traceLab(clients))
    all = startAll()
  })
  afterAll(() => lab?.stop())

  it('says who answers on the way and how it ends', patience, async () => {
    expect(await all.ways).toEqual(ways)
  })

  it('takes a router for silent that is, and finds what is behind', patience, async () => {
    expect(await all.quiet).toEqual(quiet)
  })

  it('does the same over IPv6', patience, async () => {
    expect(await all.six).toEqual(six)
  })

  it('knows what never left', patience, async () => {
    expect(await all.here).toEqual(here)
  })

  it('asks a router that answers once a second until it answered for every round and flow', patience, async () => {
    const [value] = await all.line
    expect(value?.flows.map(({ id }) => id)).toEqual([40_001, 40_002, 40_003, 40_004, 40_005, 40_006, 40_007])
    expect(value === undefined ? [] : rounds(value)).toEqual(Array(9).fill('1.1 2.2 4.2 3.5:open reached'))
    expect(value).toMatchObject({ probe: expect.stringMatching(/^python\d raw$/), constantFlow: true, source: '10.80.1.10', port: 8001 })
  })

  it('keeps a flow on one path, and finds the others by other flows', patience, async () => {
    const [value] = await all.wide
    const [first, ...others] = value?.flows ?? []
    if (value === undefined || first === undefined) throw new Error('one request gives one value')
    expect(new Set(rounds({ ...value, flows: [first] })).size).toBe(1)
    expect(others).toHaveLength(8)
    expect(new Set(rounds(value))).toEqual(new Set(['1.1 41.2 51.2 7.5:closed reached', '1.1 42.2 51.2 7.5:closed reached']))
  })

  it('sees a loop, and the end of its own hops', patience, async () => {
    expect((await all.loop).flatMap(rounds)).toEqual(['1.1 2.2 1.1 2.2 1.1 loop'])
    expect((await all.short).flatMap(rounds)).toEqual(['1.1 2.2 unfinished'])
  })

  it('traces without privileges what does not disturb the target', patience, async () => {
    expect(await all.nobody).toEqual(nobody)
    expect((await all.refused).flatMap(rounds)).toEqual([
      'not-permitted: a trace from a given port of TCP needs root or CAP_NET_RAW: packets of the target to that port would meet our socket',
    ])
    expect((await all.forbidden).flatMap(rounds)).toEqual(['not-permitted: Permission denied; see net.ipv4.ping_group_range in icmp(7)'])
  })

  it('understands answers that a source NAT translated', patience, async () => {
    expect((await all.nat).flatMap(rounds)).toEqual([
      '192.168.7.1 1.1 2.2 4.2 3.5:open reached',
      '192.168.7.1 1.1 2.2 4.2 3.5:port-unreachable reached',
      '192.168.7.1 1.1 2.2 4.2 3.5:reply reached',
    ])
  })

  it('is not disturbed by the target that traces back over the same ports, through a stateful firewall', patience, async () => {
    expect((await all.there).flatMap(rounds)).toEqual(Array(2).fill('1.1 * 9.2 6.5:open reached'))
    expect((await all.back).flatMap(rounds)).toEqual(Array(2).fill('6.1 * 5.1 1.210:closed reached'))
  })

  it('lets traceroute trace where there is no Python, and asks its holes again', patience, async () => {
    expect((await all.tools).flatMap(rounds)).toEqual([
      '1.1 2.2 4.2 3.5:open reached',
      '1.1 2.2 4.2 3.5:open reached',
      '1.1 * 9.2 silent',
      '1::1 2::2 4::2 3::5:reply reached',
    ])
  })
})
