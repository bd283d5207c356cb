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
const clients = ['dgram', 'raw', 'iputils', 'busybox', 'many', 'refused', 'shared']
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
  const senders = new Set(errors.map(({ type, code, from, mtu }) => `${type}/${code} from ${from === source ? 'itself' : from}${mtu === null ? '' : ` mtu ${mtu}`}`))
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

/** What the Python probe must say, with either kind of socket. Silence is asked once more. */
const exact: Readonly<Record<string, string>> = {
  '10.78.2.5': '3 sent, 3 replies ttl 63',
  '127.0.0.1': '3 sent, 3 replies ttl 64',
  '10.78.2.6': '3 sent, 13/3 from 10.78.2.6',
  '10.78.2.7': '4 sent',
  '10.78.2.9': '3 sent, 3/10 from 10.78.1.1',
  '10.78.9.9': '3 sent, 3/0 from 10.78.1.1',
  '10.78.2.99': '3 sent, 3/1 from 10.78.1.1',
  '10.78.1.99': '3 sent, 3/1 from itself',
  '10.78.20.1': '0 sent, local-policy',
  '10.78.21.1': '0 sent, local-policy',
  '10.78.22.1': '0 sent, no-route',
  '192.0.2.1': '0 sent, no-route',
  '10.78.2.251': '0 sent, local-policy',
  'fd78:2::5': '3 sent, 3 replies ttl 63',
  'fd78:2::6': '3 sent, 1/1 from fd78:2::6',
  'fd78:9::9': '3 sent, 1/0 from fd78:1::1',
  'fd78:1::99': '3 sent, 1/3 from itself',
  '2001:db8::1': '0 sent, no-route',
  'both.test': '3 sent, 3 replies ttl 63, 3 sent, 3 replies ttl 63',
  'nosuch.test': '0 sent, name-error',
}

async function briefs(host: string, source: Source<PingArgs, Ping>, requests: readonly PingArgs[], as: 'root' | 'nobody', path?: string) {
  const found = await values(host, source, requests, as, path)
  return Object.fromEntries(found.map(({ addresses }, index) => [requests[index]?.host, addresses.map(brief).join('; ')]))
}

labDescribe('ping in a lab', () => {
  beforeAll(async () => {
    lab = await startLab(pingLab(clients))
    await lab.sh('dgram', 'sysctl -q -w net.ipv4.ping_group_range="0 2147483647"')
  })
  afterAll(() => lab?.stop())

  it.each([
    ['dgram', 'nobody'],
    ['raw', 'root'],
  ] as const)('%s, %s', { timeout: 60_000 }, async (client, as) => {
    console.log(await briefs(client, python, Object.keys(exact).map((host) => target(host)), as))
  })
  it('tools', { timeout: 60_000 }, async () => {
    console.log(await briefs('iputils', pingTool, Object.keys(exact).map((host) => target(host)), 'root'))
    console.log(await briefs('busybox', pingTool, Object.keys(exact).map((host) => target(host)), 'root', busyboxPath()))
  })
})

/** A folder in which `ping` is BusyBox's, beside the tools that the probe uses. */
function busyboxPath(): string {
  const folder = join(lab.directory, 'busybox')
  mkdirSync(folder, { recursive: true })
  symlinkSync('/usr/bin/busybox', join(folder, 'ping'))
  return `${folder}:${systemPath}`
}
