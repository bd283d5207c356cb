import { existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { labDescribe } from '../../../test/lab/describe.js'
import { type Lab, startLab } from '../../../test/lab/index.js'
import { posixQuote } from '../../lib/quote.js'
import type { Source } from '../../model/fact.js'
import type { Ping, PingAddress, PingArgs } from './index.js'
import { pingLab } from './lab-topology.js'
import { pingTool, python } from './sources.js'

const systemPath = '/usr/sbin:/sbin:/usr/bin:/bin'
const clients = ['dgram', 'raw', 'iputils', 'busybox', 'short', 'limited']
let lab: Lab

/** Runs a source as the engine does: words quoted, targets through a pipe, a fixed environment. */
async function run(host: string, source: Source<PingArgs, Ping>, requests: readonly PingArgs[], as: 'root' | 'nobody', path = systemPath) {
  const { tool, args, stdin = '', timeoutMs = 0 } = source.command(requests)
  const program = path
    .split(':')
    .flatMap((folder) => tool.map((name) => join(folder, name)))
    .find(existsSync)
  if (program === undefined) throw new Error(`none of ${tool.join(', ')} in ${path}`)
  const script = `printf %s ${posixQuote(stdin)} | ${[program, ...args].map(posixQuote).join(' ')}`
  const user = as === 'root' ? [] : ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']
  const argv = [...user, 'env', '-i', `PATH=${path}`, 'LC_ALL=C', 'LANG=C', 'sh', '-s']
  return lab.exec(host, argv, { input: script, timeoutMs })
}

async function values(host: string, source: Source<PingArgs, Ping>, requests: readonly PingArgs[], as: 'root' | 'nobody', path?: string) {
  const { exitCode, stdout, stderr } = await run(host, source, requests, as, path)
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  return source.parse({ exitCode: 0, stdout, stderr }, requests)
}

const target = (host: string, more: Partial<PingArgs> = {}): PingArgs => ({
  host,
  count: 3,
  intervalMs: 250,
  size: 56,
  timeoutMs: 3_500,
  ...more,
})

/** `3 sent, 3 replies ttl 63`: all that matters of a result. */
function brief({ sent, replies, errors, problem, confirmed, source }: PingAddress): string {
  const senders = new Set(
    errors.map(
      ({ type, code, from, mtu }) => `${type}/${code} from ${from === source ? 'itself' : from}${mtu === null ? '' : ` mtu ${mtu}`}`,
    ),
  )
  const ttls = new Set(replies.map(({ ttl }) => ttl))
  return [
    `${sent} sent`,
    replies.length === 0 ? '' : `${replies.length} replies ttl ${[...ttls].join('/')}`,
    ...senders,
    problem === null ? '' : problem.kind,
    confirmed ? '' : 'unconfirmed',
  ]
    .filter((word) => word !== '')
    .join(', ')
}

/** What the Python probe must say, with either kind of socket. What has been silent is asked again, more than once beside ICMP errors. */
const exact: Readonly<Record<string, string>> = {
  '10.78.2.5': '3 sent, 3 replies ttl 63',
  '127.0.0.1': '3 sent, 3 replies ttl 64',
  '10.78.2.6': '3 sent, 3/13 from 10.78.2.6',
  '10.78.2.7': '5 sent',
  '10.78.2.9': '3 sent, 3/10 from 10.78.1.1',
  '10.78.9.9': '3 sent, 3/0 from 10.78.1.1',
  '10.78.2.99': '4 sent, 3/1 from 10.78.1.1',
  '10.78.1.99': '4 sent, 3/1 from itself',
  '10.78.20.1': '0 sent, local-policy',
  '10.78.21.1': '0 sent, local-policy',
  '10.78.22.1': '0 sent, no-route',
  '192.0.2.1': '0 sent, no-route',
  '10.78.2.251': '0 sent, local-policy',
  '10.78.2.252': '0 sent, local-policy',
  'fd78:2::5': '3 sent, 3 replies ttl 63',
  'fd78:2::6': '3 sent, 1/1 from fd78:2::6',
  'fd78:9::9': '3 sent, 1/0 from fd78:1::1',
  'fd78:1::99': '4 sent, 1/3 from itself',
  '2001:db8::1': '0 sent, no-route',
  'both.test': '3 sent, 3 replies ttl 63; 3 sent, 3 replies ttl 63',
  'nosuch.test': '0 sent, name-error',
}

/** The tools do not ask again; and iputils of this version does not say that the host's own firewall dropped a request. */
const iputils: Readonly<Record<string, string>> = {
  ...exact,
  '10.78.2.7': '3 sent, unconfirmed',
  '10.78.2.99': '3 sent, 3/1 from 10.78.1.1',
  '10.78.1.99': '3 sent, 3/1 from 10.78.1.12',
  '10.78.2.251': '3 sent, unconfirmed',
  '10.78.2.252': '0 sent, 3/13 from 10.78.1.12, local-policy',
  'fd78:1::99': '3 sent, 1/3 from fd78:1::12',
}

const busybox: Readonly<Record<string, string>> = {
  ...exact,
  ...Object.fromEntries(
    ['10.78.2.6', '10.78.2.7', '10.78.2.9', '10.78.9.9', '10.78.2.99', '10.78.1.99', 'fd78:2::6', 'fd78:9::9', 'fd78:1::99'].map((host) => [
      host,
      '3 sent, unconfirmed',
    ]),
  ),
}

async function briefs(host: string, source: Source<PingArgs, Ping>, as: 'root' | 'nobody', path?: string) {
  const requests = Object.keys(exact).map((each) => target(each))
  const found = await values(host, source, requests, as, path)
  return Object.fromEntries(found.map(({ addresses }, index) => [requests[index]?.host, addresses.map(brief).join('; ')]))
}

/** The long ones run side by side from the start, as each has a client of its own and waits most of its time. */
function startLongOnes() {
  const runs = {
    dgram: briefs('dgram', python, 'nobody'),
    raw: briefs('raw', python, 'root'),
    iputils: briefs('iputils', pingTool, 'nobody'),
    busybox: briefs('busybox', pingTool, 'root', busyboxPath()),
    // Every answer comes from one router, which sends a few errors and then one a second.
    limited: values(
      'limited',
      python,
      Array.from({ length: 40 }, (_, index) => target(`10.78.9.${index + 1}`, { count: 2, timeoutMs: 800 })),
      'root',
    ),
  }
  for (const run of Object.values(runs)) run.catch(() => {}) // reported by the test that awaits it
  return runs
}

let long: ReturnType<typeof startLongOnes>

labDescribe('ping in a lab', () => {
  beforeAll(async () => {
    lab = await startLab(pingLab(clients))
    await lab.sh('dgram', 'sysctl -q -w net.ipv4.ping_group_range="0 2147483647"')
    long = startLongOnes()
  })
  afterAll(() => lab?.stop())

  it.each([
    ['dgram', exact],
    ['raw', exact],
    ['iputils', iputils],
    ['busybox', busybox],
  ] as const)('%s says what happened, and who said so', { timeout: 60_000 }, async (client, expected) => {
    expect(await long[client]).toEqual(expected)
  })

  it('never takes an ICMP error that was held back for silence', { timeout: 60_000 }, async () => {
    const seen = new Set((await long.limited).map(({ addresses: [first] }) => brief(first).replace(/^\d sent, /, '')))
    expect(seen).toEqual(new Set(['3/0 from 10.78.1.1', 'unconfirmed']))
  })

  it('counts what is lost, and times what is not', async () => {
    const [value] = await values('short', python, [target('10.78.2.8', { count: 9, intervalMs: 50, timeoutMs: 500 })], 'root')
    const { sent, replies = [], confirmed } = value?.addresses[0] ?? {}
    expect([sent, replies.length, confirmed]).toEqual([9, 6, true])
    for (const { rttMs } of replies) expect(rttMs).toBeLessThan(500)
  })

  it('leaves its pace to an address also when it is asked for twice', async () => {
    const began = performance.now()
    const twice = [target('10.78.2.5', { count: 4, intervalMs: 100 }), target('10.78.2.5', { count: 4, intervalMs: 100, size: 1_000 })]
    const found = await values('short', python, twice, 'root')
    expect(found.map(({ addresses: [first] }) => first.replies.length)).toEqual([4, 4])
    expect(performance.now() - began).toBeGreaterThan(690)
  })

  it.each([
    ['from an address', { source: '10.78.1.114' }, '3 sent, 3 replies ttl 63'],
    ['from an interface', { source: 'eth0' }, '3 sent, 3 replies ttl 63'],
    ['from an address that is not there', { source: '10.9.9.9' }, '0 sent, source-error'],
    ['from an interface that is not there', { source: 'eth7' }, '0 sent, source-error'],
    ['that is too big for the interface', { size: 2_000, dontFragment: true }, '0 sent, too-big'],
    ['that may be fragmented', { size: 2_000 }, '3 sent, 3 replies ttl 63'],
    ['without anything in it', { size: 0 }, '3 sent, 3 replies ttl 63'],
  ] as const)('sends %s', async (_, more, expected) => {
    const [value] = await values('short', python, [target('10.78.2.5', { intervalMs: 20, ...more })], 'root')
    expect(value?.addresses.map(brief)).toEqual([expected])
    if ('source' in more && more.source === '10.78.1.114') expect(value?.addresses[0].source).toBe(more.source)
  })

  it('is told which link is too narrow, every time anew', async () => {
    const narrow = [
      target('10.78.3.5', { size: 1_400, dontFragment: true, intervalMs: 50 }),
      target('fd78:3::5', { size: 1_400, dontFragment: true, intervalMs: 50 }),
    ]
    const found = await values('short', python, narrow, 'root')
    expect(found.map(({ addresses: [first] }) => brief(first))).toEqual([
      '3 sent, 3/4 from 10.78.1.1 mtu 1400',
      '3 sent, 2/0 from fd78:1::1 mtu 1400',
    ])
  })

  it('says that it may not ask, where the kernel does not allow it', async () => {
    const { exitCode, stdout, stderr } = await run('short', python, [target('10.78.2.5')], 'nobody')
    expect([exitCode, stdout, stderr]).toEqual([
      77,
      '',
      'ICMP sockets: operation not permitted to this user; see net.ipv4.ping_group_range in icmp(7)\n',
    ])
  })

  it('asks many at once', { timeout: 60_000 }, async () => {
    const began = performance.now()
    const many = Array.from({ length: 1_000 }, (_, index) =>
      target(`127.0.${index >> 8}.${index & 255 || 1}`, { count: 2, intervalMs: 100 }),
    )
    const found = await values('short', python, many, 'root')
    expect(new Set(found.map(({ addresses: [first] }) => brief(first)))).toEqual(new Set(['2 sent, 2 replies ttl 64']))
    expect(performance.now() - began).toBeLessThan(20_000)
  })
})

/** A folder in which `ping` is BusyBox's, beside the tools that the probe uses. */
function busyboxPath(): string {
  const folder = join(lab.directory, 'busybox')
  mkdirSync(folder, { recursive: true })
  symlinkSync('/usr/bin/busybox', join(folder, 'ping'))
  return `${folder}:${systemPath}`
}
