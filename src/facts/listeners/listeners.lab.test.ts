import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Source } from '../../model/fact.js'
import type { Listener, ListenersArgs } from './index.js'
import { narrowNetstat, wideNetstat } from './netstat.js'
import { proc } from './proc.js'
import { ss } from './ss.js'

// Real sockets in a network namespace of their own, and every source's view of them.

const unable = process.platform !== 'linux' ? 'needs Linux' : process.getuid?.() !== 0 ? 'needs root, for a network namespace' : null
const namespace = `npl-${process.pid}`
const nobody = ['setpriv', '--reuid', '65534', '--clear-groups']
/** BusyBox and nothing else. */
let tools: string
let holder: ChildProcessWithoutNullStreams
let answers: AsyncIterator<string>

const run = (argv: readonly string[], path = '/usr/sbin:/sbin:/usr/bin:/bin'): string => {
  const [file = '', ...args] = argv
  return execFileSync(file, args, { encoding: 'utf8', env: { PATH: path, LC_ALL: 'C' }, stdio: ['ignore', 'pipe', 'pipe'] })
}
const enter = ['netns', 'exec', namespace]
const ip = '/sbin/ip'
const inside = (...argv: readonly string[]): string => run([ip, ...enter, ...argv])

/** Namespaces of runs that were killed: their names hold the process's id. */
function removeAbandoned(): void {
  for (const [, name = '', pid] of run([ip, 'netns', 'list']).matchAll(/^(npl-(\d+))\b/gm)) {
    if (!existsSync(`/proc/${pid}`)) run([ip, 'netns', 'del', name])
  }
}

/** Tells the holder of the sockets what to do, and waits until it is done. */
async function order(...wanted: readonly object[]): Promise<void> {
  for (const want of wanted) {
    holder.stdin.write(`${JSON.stringify(want)}\n`)
    expect((await answers.next()).value, JSON.stringify(want)).toBe('done')
  }
}

type Seen = (source: Source<ListenersArgs, readonly Listener[]>, prefix?: readonly string[]) => readonly Listener[]
const see: Seen = (source, prefix = []) => {
  const request = { processes: true }
  const { tool, args } = source.command([request])
  const stdout = inside(...prefix, tool[0], ...args)
  return source.parse({ exitCode: 0, stdout, stderr: '' }, [request])[0] ?? []
}
const busybox = (): readonly string[] => ['env', `PATH=${tools}`]

/** `tcp 0.0.0.0%front:80`; what a source cannot show is left out. */
const spell = (shown: { readonly interface: boolean }) => (listener: Listener) =>
  `${listener.protocol} ${listener.address}${shown.interface && listener.interface !== null ? `%${listener.interface}` : ''}:${listener.port}`
const everySource = () => ({
  ss: see(ss).map(spell({ interface: true })),
  ssWithoutInterface: see(ss)
    .map(spell({ interface: false }))
    .sort(),
  proc: see(proc)
    .map(spell({ interface: false }))
    .sort(),
  procOfBusyBox: see(proc, busybox())
    .map(spell({ interface: false }))
    .sort(),
  netTools: see(wideNetstat)
    .map(spell({ interface: false }))
    .sort(),
  busyBox: see(narrowNetstat, busybox())
    .map(spell({ interface: false }))
    .sort(),
})

/** Whether a TCP connection from inside the namespace comes about. */
function connects(address: string, port: number): boolean {
  const script =
    'import socket,sys\ntry: socket.create_connection((sys.argv[1], int(sys.argv[2])), 2).close(); print("yes")\nexcept OSError: print("no")'
  return inside('python3', '-c', script, address, String(port)).trim() === 'yes'
}

describe.skipIf(unable !== null && process.env.CI === undefined)(`listeners in a namespace${unable === null ? '' : ` (${unable})`}`, () => {
  beforeAll(async () => {
    if (unable !== null) throw new Error(unable)
    removeAbandoned()
    tools = mkdtempSync(join(tmpdir(), 'npl-'))
    run(['busybox', '--install', '-s', tools])
    run([ip, 'netns', 'add', namespace])
    for (const line of [
      'link set lo up',
      'link add front type veth peer name back',
      'link set front up',
      'link set back up',
      'address add 10.99.0.1/24 dev front',
      'address add 2001:db8::99/64 dev front nodad',
    ]) {
      run([ip, '-n', namespace, ...line.split(' ')])
    }
    const script = fileURLToPath(new URL('listeners.lab.py', import.meta.url))
    holder = spawn(ip, [...enter, 'python3', script])
    holder.stderr.pipe(process.stderr)
    answers = createInterface({ input: holder.stdout })[Symbol.asyncIterator]()
  })

  afterAll(async () => {
    if (unable !== null) return
    if (holder !== undefined) {
      const ended = new Promise((resolve) => holder.once('close', resolve))
      holder.stdin.end()
      await ended
    }
    rmSync(tools, { recursive: true, force: true })
    run([ip, 'netns', 'del', namespace])
  })

  it('is seen alike by every source, before and after it changes', async () => {
    await order({ protocol: 'tcp', address: '::', port: 8003, v6only: false }, { protocol: 'udp', address: '::1', port: 8011 })
    const before = ['tcp :::8003', 'udp ::1:8011']
    expect(everySource()).toEqual({
      ss: before,
      ssWithoutInterface: before,
      proc: before,
      procOfBusyBox: before,
      netTools: before,
      busyBox: before,
    })
    await order(
      { close: 8003, address: '::' },
      { protocol: 'tcp', address: '10.99.0.1', port: 8003 },
      { protocol: 'tcp', address: '::ffff:127.0.0.1', port: 8005, v6only: false },
      { protocol: 'udp', address: '0.0.0.0', port: 8020, device: 'front' },
      { protocol: 'tcp', address: '127.0.0.1', port: 8021, listen: false },
    )
    const after = ['tcp 10.99.0.1:8003', 'tcp 127.0.0.1:8005', 'udp 0.0.0.0:8020', 'udp ::1:8011']
    expect(everySource()).toEqual({
      ss: ['tcp 10.99.0.1:8003', 'tcp 127.0.0.1:8005', 'udp ::1:8011', 'udp 0.0.0.0%front:8020'],
      ssWithoutInterface: after,
      proc: after,
      procOfBusyBox: after,
      netTools: after,
      busyBox: after,
    })
    await order(
      { close: 8003, address: '10.99.0.1' },
      { close: 8005, address: '::ffff:127.0.0.1' },
      { close: 8020, address: '0.0.0.0' },
      { close: 8011, address: '::1' },
    )
    expect(see(ss)).toEqual([])
    expect(see(proc)).toEqual([])
  })

  it('means by v6only and by addresses what the kernel does', async () => {
    await order(
      { protocol: 'tcp', address: '::', port: 8103, v6only: false },
      { protocol: 'tcp', address: '::', port: 8104, v6only: true },
      { protocol: 'tcp', address: '::ffff:0.0.0.0', port: 8106, v6only: false },
      { protocol: 'tcp', address: '127.0.0.1', port: 8107 },
    )
    const shown = see(ss).map(({ port, family, address, v6only }) => ({
      port,
      takesIpv4: family === 4 ? address === '0.0.0.0' : v6only === false,
      takesIpv6: family === 6,
    }))
    const found = [8103, 8104, 8106, 8107].map((port) => ({
      port,
      takesIpv4: connects('10.99.0.1', port),
      takesIpv6: connects('2001:db8::99', port),
    }))
    expect(shown.filter(({ port }) => port > 8100)).toEqual(found)
    expect(found.map(({ takesIpv4, takesIpv6 }) => [takesIpv4, takesIpv6])).toEqual([
      [true, true],
      [false, true],
      [true, false],
      [false, false],
    ])
  })

  it('names processes and owners, to root alone those of others', async () => {
    await order(
      { protocol: 'tcp', address: '0.0.0.0', port: 8216, comm: 'web', forks: 2 },
      { protocol: 'udp', address: '::', port: 8219, v6only: false, comm: 'odd "),(" \n', uid: 65534 },
    )
    const held = (listeners: readonly Listener[]) =>
      listeners.filter(({ port }) => port > 8200).map(({ port, uid, processes }) => [port, uid, processes?.map(({ name }) => name) ?? null])
    const all = [
      [8216, 0, ['web', 'web', 'web']],
      [8219, 65534, ['odd "),("']],
    ]
    expect(held(see(proc))).toEqual(all)
    expect(held(see(proc, busybox()))).toEqual(all)
    expect(see(proc).map(({ processes }) => processes?.map(({ pid }) => pid))).toEqual(
      see(ss).map(({ processes }) => processes?.map(({ pid }) => pid)),
    )
    for (const source of [ss, proc]) {
      expect(held(see(source, nobody)).map(([port, uid, names]) => [port, uid, names === null])).toEqual([
        [8216, 0, true],
        [8219, 65534, false],
      ])
    }
  })
})
