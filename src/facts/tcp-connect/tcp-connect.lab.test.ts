import { existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { labDescribe } from '../../../test/lab/describe.js'
import { type Lab, startLab } from '../../../test/lab/index.js'
import { posixQuote } from '../../lib/quote.js'
import type { Source } from '../../model/fact.js'
import type { TcpAddressResult, TcpConnect, TcpConnectArgs } from './index.js'
import { tcpLab } from './lab-topology.js'
import { bash, curl, nc, perl, python } from './sources.js'

const systemPath = '/usr/sbin:/sbin:/usr/bin:/bin'
const clients = ['python', 'perl', 'bash', 'nc-openbsd', 'nc-busybox', 'curl', 'many', 'big']
let lab: Lab

/** Runs a source as the engine does: words quoted, targets through a pipe, a fixed environment; and as nobody, without privileges. */
async function probe(
  host: string,
  source: Source<TcpConnectArgs, TcpConnect>,
  requests: readonly TcpConnectArgs[],
  path = systemPath,
): Promise<readonly TcpConnect[]> {
  const { tool, args, stdin = '', timeoutMs = 0 } = source.command(requests)
  const program = path
    .split(':')
    .flatMap((folder) => tool.map((name) => join(folder, name)))
    .find(existsSync)
  if (program === undefined) throw new Error(`none of ${tool.join(', ')} in ${path}`)
  const script = `printf %s ${posixQuote(stdin)} | ${[program, ...args].map(posixQuote).join(' ')}`
  const argv = [
    'setpriv',
    '--reuid=65534',
    '--regid=65534',
    '--clear-groups',
    'env',
    '-i',
    `PATH=${path}`,
    'LC_ALL=C',
    'LANG=C',
    'sh',
    '-s',
  ]
  const { exitCode, stdout, stderr } = await lab.exec(host, argv, { input: script, timeoutMs })
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  return source.parse({ exitCode: 0, stdout, stderr }, requests)
}

const target = (host: string, port: number, more: Partial<TcpConnectArgs> = {}): TcpConnectArgs => ({
  host,
  port,
  timeoutMs: 1_500,
  ...more,
})

/** `rejected 3/13 from 10.77.1.1`: all that matters of a result, `own` standing for the client's address. */
function brief({ possible, icmp, source, local, confirmed }: TcpAddressResult): string {
  const sender = icmp?.from === source ? 'itself' : icmp?.from
  return [
    possible.join('|'),
    icmp === null ? '' : `${icmp.type}/${icmp.code} from ${sender}`,
    local ? 'local' : '',
    confirmed ? '' : 'unconfirmed',
  ]
    .filter((word) => word !== '')
    .join(' ')
}

async function statuses(host: string, source: Source<TcpConnectArgs, TcpConnect>, requests: readonly TcpConnectArgs[], path?: string) {
  const values = await probe(host, source, requests, path)
  return Object.fromEntries(
    values.map(({ addresses }, index) => [
      `${requests[index]?.host} ${requests[index]?.port}${requests[index]?.source === undefined ? '' : ` from ${requests[index]?.source}`}`,
      addresses.map(brief).sort().join(', '),
    ]),
  )
}

/** What a probe that sees ICMP errors must say, whatever language it is written in. */
const exact: Readonly<Record<string, string>> = {
  '10.77.2.5 8001': 'open',
  '10.77.2.5 8002': 'refused',
  '10.77.2.5 8003': 'open-then-reset',
  '10.77.2.5 8004': 'refused',
  '10.77.2.5 8005': 'open',
  '10.77.2.6 9001': 'refused',
  '10.77.2.6 9002': 'rejected 3/3 from 10.77.2.6',
  '10.77.2.6 9003': 'rejected 3/13 from 10.77.2.6',
  '10.77.2.6 9004': 'rejected 3/10 from 10.77.2.6',
  '10.77.2.6 9005': 'rejected 3/9 from 10.77.2.6',
  '10.77.2.6 9006': 'rejected 3/1 from 10.77.2.6',
  '10.77.2.7 9101': 'timeout',
  '10.77.2.8 9201': 'rejected 3/13 from 10.77.1.1',
  '10.77.2.8 9202': 'timeout',
  '10.77.9.9 80': 'no-route 3/0 from 10.77.1.1',
  '10.77.1.99 80': 'host-unreachable 3/1 from itself',
  '10.77.2.99 80': 'host-unreachable 3/1 from 10.77.1.1',
  '10.77.20.1 80': 'local-policy local',
  '10.77.21.1 80': 'local-policy local',
  '10.77.22.1 80': 'no-route local',
  '192.0.2.1 80': 'no-route local',
  '10.77.2.5 9301': 'rejected 3/3 from itself',
  'fd77:2::5 8001': 'open',
  'fd77:2::5 8002': 'refused',
  'fd77:2::5 8003': 'open-then-reset',
  'fd77:2::5 9002': 'rejected 1/4 from fd77:2::5',
  'fd77:2::5 9003': 'rejected 1/1 from fd77:2::5',
  'fd77:9::9 80': 'no-route 1/0 from fd77:1::1',
  '2001:db8::1 80': 'no-route local',
  'both.test 8001': 'open, open',
  'two.test 9001': 'refused, refused',
  'many.test 9': `${'refused, '.repeat(16)}unsupported`,
  'nosuch.test 80': 'name-error',
}

/** What the errno alone leaves open. */
const coarse: Readonly<Record<string, string>> = {
  '10.77.2.5 8001': 'open',
  '10.77.2.5 8002': 'refused|rejected',
  '10.77.2.5 8004': 'refused|rejected',
  '10.77.2.5 8005': 'open',
  '10.77.2.6 9001': 'refused|rejected',
  '10.77.2.6 9002': 'refused|rejected',
  '10.77.2.6 9003': 'host-unreachable|rejected|no-route',
  '10.77.2.6 9005': 'no-route|rejected',
  '10.77.2.7 9101': 'timeout',
  '10.77.1.99 80': 'host-unreachable|rejected|no-route',
  '10.77.20.1 80': 'local-policy',
  '10.77.21.1 80': 'local-policy',
  '10.77.22.1 80': 'host-unreachable|rejected|no-route',
  '192.0.2.1 80': 'no-route|rejected',
  'fd77:2::5 8001': 'open',
  'fd77:2::5 8002': 'refused|rejected',
  'fd77:2::5 9003': 'local-policy|rejected',
  'both.test 8001': 'open, open',
  'nosuch.test 80': 'name-error',
}

const targetsOf = (expected: Readonly<Record<string, string>>): TcpConnectArgs[] =>
  Object.keys(expected).map((key) => {
    const [host = '', port] = key.split(' ')
    return target(host, Number(port))
  })

/** The long ones run side by side from the start, as each has a client of its own and waits most of its time. */
function startLongOnes() {
  const afterReset = target('10.77.2.5', 8003)
  const many = Array.from({ length: 300 }, (_, index) => target('10.77.2.9', 20_000 + index))
  const runs = {
    python: statuses('python', python, targetsOf(exact)),
    perl: statuses('perl', perl, targetsOf(exact)),
    bash: statuses('bash', bash, [...targetsOf(coarse), afterReset]),
    'nc-openbsd': statuses('nc-openbsd', nc, [...targetsOf(coarse), afterReset]),
    'nc-busybox': statuses('nc-busybox', nc, [...targetsOf(coarse), afterReset], busyboxPath()),
    curl: statuses('curl', curl, [...targetsOf(coarse), afterReset]),
    many: statuses('many', python, many),
  }
  for (const run of Object.values(runs)) run.catch(() => {}) // reported by the test that awaits it
  return runs
}

let long: ReturnType<typeof startLongOnes>

labDescribe('tcp-connect in a lab', () => {
  beforeAll(async () => {
    lab = await startLab(tcpLab(clients))
    long = startLongOnes()
  })
  afterAll(() => lab?.stop())

  it.each(['python', 'perl'] as const)('%s says what happened, and who said so', { timeout: 60_000 }, async (client) => {
    expect(await long[client]).toEqual(exact)
  })

  it.each([
    ['bash', ['open-then-reset']],
    // These look once, and the reset may be there already or not.
    ['nc-openbsd', ['open', 'open-then-reset']],
    ['nc-busybox', ['open']],
    ['curl', ['open', 'open-then-reset']],
  ] as const)('%s says no more than it knows', { timeout: 60_000 }, async (client, afterReset) => {
    const { '10.77.2.5 8003': reset, ...others } = await long[client]
    expect(others).toEqual(coarse)
    expect(afterReset).toContain(reset)
  })

  it('never takes an ICMP error that was held back for silence', { timeout: 60_000 }, async () => {
    expect(new Set(Object.values(await long.many))).toEqual(new Set(['rejected 3/3 from 10.77.2.9', 'timeout|rejected unconfirmed']))
  })

  it.each([
    ['python', python, ['open', 'source-error', 'open', 'source-error']],
    ['perl', perl, ['open', 'source-error', 'open', 'source-error']],
    ['curl', curl, ['open', 'source-error', 'open', 'source-error']],
    ['nc', nc, ['open', 'source-error', 'unsupported', 'unsupported']],
    ['bash', bash, ['unsupported', 'unsupported', 'unsupported', 'unsupported']],
  ] as const)('%s sends from the source it is told, or says that it did not', async (_, source, expected) => {
    const wished = ['10.77.1.117', '10.9.9.9', 'eth0', 'eth7']
    const values = await probe(
      'big',
      source,
      wished.map((from) => target('10.77.2.5', 8001, { source: from })),
    )
    expect(values.map(({ addresses: [first] }) => first.status)).toEqual(expected)
    const [{ addresses }] = values as [TcpConnect]
    if (addresses[0].source !== null) expect(addresses[0].source).toBe('10.77.1.117')
  })

  it.each([
    ['python', python],
    ['perl', perl],
  ] as const)('%s takes no socket that connected to itself for a service', async (_, source) => {
    const [only] = await probe('one-port', source, [target('127.0.0.1', 40_001)])
    expect(only?.addresses.map(brief)).toEqual(['source-error'])
    const all = Array.from({ length: 64 }, (_value, index) => target('127.0.0.1', 40_001 + index))
    const values = await probe('few-ports', source, [...all, ...all, ...all])
    expect(new Set(values.map(({ addresses: [first] }) => first.status))).toEqual(new Set(['refused']))
  })

  it.each([
    ['bash', bash],
    ['nc', nc],
    ['curl', curl],
  ] as const)('%s asks twice where the kernel may have chosen the same port', async (_, source) => {
    const all = Array.from({ length: 64 }, (_value, index) => target('127.0.0.1', 40_001 + index))
    const values = await probe('few-ports', source, all)
    expect(values.map(({ addresses: [first] }) => first.status)).not.toContain('open')
  })

  it.each([
    ['python', python],
    ['perl', perl],
  ] as const)('%s asks ten thousand targets in seconds', { timeout: 60_000 }, async (_, source) => {
    const requests = Array.from({ length: 10_000 }, (_value, index) => target('10.77.2.6', 20_000 + index))
    const began = performance.now()
    const values = await probe('big', source, requests)
    expect(new Set(values.map(({ addresses: [first] }) => first.status))).toEqual(new Set(['refused']))
    expect(performance.now() - began).toBeLessThan(30_000)
  })
})

/** A folder in which `nc` is BusyBox's, beside the tools that the probe uses. */
function busyboxPath(): string {
  const folder = join(lab.directory, 'busybox')
  mkdirSync(folder, { recursive: true })
  symlinkSync('/usr/bin/busybox', join(folder, 'nc'))
  return `${folder}:${systemPath}`
}
