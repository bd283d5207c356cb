import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { type Trace, type TraceArgs, trace } from '../../src/facts/trace/index.js'
import type { Report } from '../../src/model/report.js'
import { type Lab, startLab } from '../../test/lab/index.js'
import type { HostSpec, Topology } from '../../test/lab/schema.js'
import { atMost, measure, type Row, seconds } from '../measure.js'
import { recordedFacts } from '../recorded.js'

const hosts = Array.from({ length: 10 }, (_, index) => `h${index + 1}`)
const routerOf = (index: number): number => Math.floor(index / 2) + 1

/** Ten hosts, two behind each of five routers, and a router between those. @param limit milliseconds between two ICMP errors to one asker. */
function topology(limit: number): Topology {
  const sysctl = { 'net.ipv4.icmp_ratelimit': limit }
  const host = (index: number): HostSpec => ({
    lans: { [`lan${index}`]: { address: `10.0.${index}.10/24` } },
    routes: [{ to: 'default', via: `10.0.${index}.1` }],
  })
  const access = (number: number): HostSpec => ({
    lans: {
      ...Object.fromEntries([2 * number - 2, 2 * number - 1].map((index) => [`lan${index}`, { address: `10.0.${index}.1/24` }])),
      [`up${number}`]: { address: `10.1.${number}.2/30` },
    },
    routes: [{ to: 'default', via: `10.1.${number}.1` }],
    sysctl,
  })
  const numbers = [1, 2, 3, 4, 5]
  const core: HostSpec = {
    lans: Object.fromEntries(numbers.map((number) => [`up${number}`, { address: `10.1.${number}.1/30` }])),
    routes: hosts.map((_, index) => ({ to: `10.0.${index}.0/24`, via: `10.1.${routerOf(index)}.2` })),
    sysctl,
  }
  return {
    hosts: Object.fromEntries(hosts.map((name, index) => [name, host(index)])),
    routers: { core, ...Object.fromEntries(numbers.map((number) => [`r${number}`, access(number)])) },
  }
}

/** Every pair of ten hosts in one run, against what the slowest of them needs for its own traces when it is alone. */
export async function pairsBench(): Promise<readonly Row[]> {
  return [...(await compare('routers that limit nothing', 0)), ...(await compare('routers with ten answers a second', 100))]
}

async function compare(what: string, limit: number): Promise<readonly Row[]> {
  const lab = await startLab(topology(limit))
  try {
    const [recording, report] = [join(lab.directory, 'recording'), join(lab.directory, 'report.json')]
    const runbook = join(lab.directory, 'pairs.yaml')
    const pairs = hosts.flatMap((one, index) => hosts.slice(index + 1).map((other) => [one, other]))
    writeFileSync(runbook, stringify({ version: 1, name: 'Pairs', checks: pairs.map((between) => ({ 'path-symmetry': { between } })) }))
    const inventory = lab.inventory({ transport: 'exec', subset: hosts })
    const argv = lab.netproofArgv(['run', runbook, '-i', inventory, '-r', `json=${report}`, '--record', recording])
    const run = measure(argv, { runs: 3 })
    const { totals } = JSON.parse(readFileSync(report, 'utf8')) as Report
    const traces = recordedFacts<Trace>(recording, trace.name)
    const alone = hosts.map((host) =>
      ownTraces(
        lab,
        host,
        traces.filter((one) => one.host === host).map(({ args }) => args as TraceArgs),
      ),
    )
    const slowest = Math.max(...alone)
    return [
      atMost(
        `${pairs.length} pairs, ${what}, against the slowest host's own traces`,
        run.wall / slowest,
        1.5,
        `${seconds(run.wall)} / ${seconds(slowest)}`,
      ),
      {
        what: '  traces; verdicts',
        figure: `${traces.length}; ${totals.pass} symmetric, ${totals.fail} not, ${totals.error} inconclusive`,
        goal: 'all symmetric',
        met: totals.pass === pairs.length,
      },
    ]
  } finally {
    await lab.stop()
  }
}

/** Seconds that the very same program takes for one host's traces, started directly and with nothing else going on. */
function ownTraces(lab: Lab, host: string, requests: readonly TraceArgs[]): number {
  const command = trace.sources.linux?.[0]?.command(requests)
  if (command === undefined) throw new Error('the fact trace has no source for Linux')
  const started = performance.now()
  const argv = ['netns', 'exec', lab.ns(host), command.tool[0], ...command.args]
  const { status, stdout, stderr } = spawnSync('ip', argv, { input: command.stdin ?? '', encoding: 'utf8', maxBuffer: 2 ** 28 })
  const taken = (performance.now() - started) / 1_000
  if (status !== 0 || stdout === '') throw new Error(`${host} could not trace alone (${status}): ${stderr}`)
  return taken
}
