import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { ensureLab, type Lab, startLab } from '../test/lab/index.js'
import { atMost, type Measurement, pair, type Row, seconds } from './measure.js'

const size = 100_000
const checks = 100
const runs = 3

/** One host alone: everything runs within its namespace. */
async function withHost<Value>(work: (lab: Lab) => Promise<Value>): Promise<Value> {
  await ensureLab()
  const lab = await startLab({ hosts: { big: { lans: { net: { address: ['192.0.2.1/24', '2001:db8::1/64'] } } } } })
  try {
    return await work(lab)
  } finally {
    await lab.stop()
  }
}

const inside = (lab: Lab, ...argv: readonly string[]): readonly string[] => ['ip', 'netns', 'exec', lab.ns('big'), ...argv]

/**
 * With a tree of control groups, as hosts have one: `ss -e` names the group of each socket, and complains of each where there is none.
 * The mount ends with the command, as `ip netns exec` gives it a mount namespace of its own.
 */
function inGroups(lab: Lab, argv: readonly string[]): readonly string[] {
  const directory = join(lab.directory, 'cgroup2')
  mkdirSync(directory, { recursive: true })
  const own = inside(lab)
  return [...own, 'sh', '-c', 'mount -t cgroup2 none "$0" && exec "$@"', directory, ...argv.slice(own.length)]
}

function netproof(lab: Lab, name: string, list: readonly object[]): readonly string[] {
  if (list.length !== checks) throw new Error(`${list.length} checks are not ${checks}`)
  const file = join(lab.directory, `${name}.yaml`)
  writeFileSync(file, stringify({ version: 1, name, defaults: { on: 'controller' }, checks: list }))
  return inside(lab, ...lab.netproofArgv(['run', file, '-r', `json=${join(lab.directory, `${name}.json`)}`]))
}

const spent = ({ wall, cpu, memory }: Measurement): string => `${seconds(wall)} wall, ${seconds(cpu)} CPU, ${Math.round(memory)} MiB`

/** A hundred checks against the tool that they ask, in turn. */
function compare(what: string, ours: readonly string[], tool: readonly string[], output: RegExp): readonly Row[] {
  const [run, alone] = pair({ argv: ours }, { argv: tool }, runs)
  if (run.exitCode !== 0) throw new Error(`${what}: netproof ended with exit code ${run.exitCode}`)
  if (!output.test(alone.stdout)) throw new Error(`${what}: ${tool.join(' ')} printed something else`)
  const command = tool.slice(4).join(' ')
  return [
    { what: `${what}, ${checks} checks`, figure: spent(run), goal: '', met: null },
    { what: `${command} alone, ${Math.round(alone.stdout.length / 1e6)} MB`, figure: spent(alone), goal: '', met: null },
    atMost(`${what}: wall against ${command}`, run.wall / alone.wall, 2, `${seconds(run.wall)} / ${seconds(alone.wall)}`),
    atMost(`${what}: CPU against ${command}`, run.cpu / alone.cpu, 2, `${seconds(run.cpu)} / ${seconds(alone.cpu)}`),
  ]
}

const prefix = (number: number): string => `10.${(number >> 8) >> 8}.${(number >> 8) & 255}.${number & 255}/32`

/** 100,000 routes of one table, and a hundred checks of many kinds on them. */
export const routesBench = (): Promise<readonly Row[]> =>
  withHost(async (lab) => {
    const batch = join(lab.directory, 'routes')
    const gateway = (number: number): string => `192.0.2.${2 + (number % 200)}`
    const line = (number: number): string => `route add ${prefix(number)} via ${gateway(number)} metric ${number % 3}`
    const fill = (count: number): Promise<string> => {
      writeFileSync(batch, `${Array.from({ length: count }, (_, number) => line(number)).join('\n')}\n`)
      return lab.sh('big', `ip route flush root 10.0.0.0/8; ip -batch ${batch}`)
    }
    const kinds: readonly ((at: number) => object)[] = [
      (at) => ({ destination: prefix(at), via: gateway(at) }),
      (at) => ({ destination: prefix(at), via: { not: '192.0.2.1' }, interface: 'eth0', metric: at % 3 }),
      (at) => ({ destination: prefix(size + at), absent: true }),
      (at) => ({ destination: prefix(at), table: 'main', protocol: 'boot', 'next-hops': [{ via: gateway(at), interface: 'eth0' }] }),
      (at) => ({ destination: `10.${200 + (at % 50)}.0.0/16`, via: gateway(at), absent: true }),
    ]
    const list = Array.from({ length: checks }, (_, index) => ({ route: kinds[index % kinds.length]?.(index * 97) ?? {} }))
    const ours = netproof(lab, 'routes', list)
    await fill(size / 4)
    const [quarter] = pair({ argv: ours }, { argv: inside(lab, 'true') }, 1)
    await fill(size)
    const rows = compare('100,000 routes', ours, inside(lab, 'ip', '-j', 'route'), /^\[/)
    return [...rows, growth(ours, lab, quarter)]
  })

/** 100,000 sockets, and a hundred checks of three kinds on them. */
export const socketsBench = (): Promise<readonly Row[]> =>
  withHost(async (lab) => {
    const hold = async (share: number): Promise<() => Promise<void>> => {
      const numbers = [10_000, 45_000, 5_000].map((number) => String(number / share))
      const holder = lab.spawn('big', ['python3', join(import.meta.dirname, 'big-host.py'), ...numbers], {
        stdio: ['pipe', 'pipe', 'inherit'],
      })
      const ended = new Promise<void>((resolve) => holder.once('exit', () => resolve()))
      await new Promise<void>((resolve, reject) => {
        holder.stdout?.once('data', () => resolve())
        holder.once('exit', () => reject(new Error('the sockets could not be opened')))
      })
      return () => {
        holder.stdin?.end()
        return ended
      }
    }
    const kinds: readonly ((at: number) => object)[] = [
      (at) => ({ 'listening-port': { port: 10_000 + at } }),
      (at) => ({ 'listening-port': { port: 30_000 + at, absent: true } }),
      (at) => ({ 'listening-ports': { 'at-most': [443, `${1_000 + at}-19999`], scope: 'loopback', protocol: 'tcp' } }),
      (at) => ({ connections: { count: { min: 100 }, 'local-port': 443, peer: `127.1.${25 + (at % 15)}.0/24` } }),
      (at) => ({ connections: { count: { max: 100 }, 'peer-port': 443, 'local-port': 40_000 + at } }),
      (at) => ({ connections: { count: { max: at }, state: 'time-wait', peer: '10.0.0.0/8' } }),
      (at) => ({ connections: { count: { min: 1_000 }, state: ['close-wait', 'fin-wait-2'], 'peer-port': `1-${60_000 + at}` } }),
    ]
    const list = Array.from({ length: checks }, (_, index) => kinds[index % kinds.length]?.(Math.floor(index / kinds.length)) ?? {})
    const ours = inGroups(lab, netproof(lab, 'sockets', list))
    const endQuarter = await hold(4)
    const [quarter] = pair({ argv: ours }, { argv: inside(lab, 'true') }, 1)
    await endQuarter()
    const end = await hold(1)
    try {
      const rows = compare('100,000 sockets', ours, inside(lab, 'ss', '-ant'), /^State/)
      return [...rows, growth(ours, lab, quarter)]
    } finally {
      await end()
    }
  })

function growth(ours: readonly string[], lab: Lab, quarter: Measurement): Row {
  const [whole] = pair({ argv: ours }, { argv: inside(lab, 'true') }, 3)
  if (quarter.exitCode !== 0) throw new Error(`a quarter of it: netproof ended with exit code ${quarter.exitCode}`)
  const detail = `${Math.round(whole.memory)} MiB / ${Math.round(quarter.memory)} MiB`
  return atMost('memory against a quarter of it', whole.memory / quarter.memory, 4, detail)
}
