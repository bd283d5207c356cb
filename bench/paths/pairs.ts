import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { type Trace, type TraceArgs, trace } from '../../src/facts/trace/index.js'
import type { Report } from '../../src/model/report.js'
import { type Lab, startLab } from '../../test/lab/index.js'
import { run } from '../../test/lab/process.js'
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

/**
 * Every pair of ten hosts in one run, against what the slowest of them needs for its own traces when it is alone. Where routers answer
 * as slowly as real ones, waiting is what takes time, and hosts wait side by side. Where they answer everything at once, nothing but the
 * processors is measured, which ten hosts in one machine share: there the floor is the same ten programs started by hand at once.
 */
export async function pairsBench(): Promise<readonly Row[]> {
  const [limited, unlimited] = [await compare(100), await compare(0)]
  return [
    atMost(
      '45 pairs of 10 hosts, 10 ICMP answers a second, against the slowest alone',
      limited.run / limited.slowest,
      1.5,
      `${seconds(limited.run)} / ${seconds(limited.slowest)}`,
    ),
    verdictsOf(limited),
    atMost(
      '45 pairs of 10 hosts, no limit, against the ten programs by hand',
      unlimited.run / unlimited.atOnce,
      1.5,
      `${seconds(unlimited.run)} / ${seconds(unlimited.atOnce)}; the slowest alone ${seconds(unlimited.slowest)}`,
    ),
    verdictsOf(unlimited),
  ]
}

interface Compared {
  /** Seconds: one run of netproof, the slowest host's program alone, and all hosts' programs at once. */
  readonly run: number
  readonly slowest: number
  readonly atOnce: number
  readonly traces: number
  readonly totals: Report['totals']
}

function verdictsOf({ traces, totals }: Compared): Row {
  const figure = `${traces}; ${totals.pass} symmetric, ${totals.fail} not, ${totals.error} inconclusive`
  return { what: '  traces; verdicts', figure, goal: 'all symmetric', met: totals.pass === pairs.length }
}

const pairs = hosts.flatMap((one, index) => hosts.slice(index + 1).map((other) => [one, other]))

async function compare(limit: number): Promise<Compared> {
  const lab = await startLab(topology(limit))
  try {
    const [recording, report] = [join(lab.directory, 'recording'), join(lab.directory, 'report.json')]
    const runbook = join(lab.directory, 'pairs.yaml')
    writeFileSync(runbook, stringify({ version: 1, name: 'Pairs', checks: pairs.map((between) => ({ 'path-symmetry': { between } })) }))
    const inventory = lab.inventory({ transport: 'exec', subset: hosts })
    const argv = lab.netproofArgv(['run', runbook, '-i', inventory, '-r', `json=${report}`, '--record', recording])
    const { wall } = measure(argv, { runs: 3 })
    const { totals } = JSON.parse(readFileSync(report, 'utf8')) as Report
    const traces = recordedFacts<Trace>(recording, trace.name)
    const programs = hosts.map((host) =>
      programOf(
        lab,
        host,
        traces.filter((one) => one.host === host).map(({ args }) => args as TraceArgs),
      ),
    )
    const alone: number[] = []
    for (const program of programs) alone.push(await timed(() => start(program)))
    const together: number[] = []
    for (let turn = 0; turn < 3; turn++) together.push(await timed(() => Promise.all(programs.map(start))))
    const [, atOnce = 0] = together.sort((one, other) => one - other)
    return { run: wall, slowest: Math.max(...alone), atOnce, traces: traces.length, totals }
  } finally {
    await lab.stop()
  }
}

interface Program {
  readonly argv: readonly [string, ...string[]]
  readonly input: string
}

/** The very program that netproof runs for one host's traces. */
function programOf(lab: Lab, host: string, requests: readonly TraceArgs[]): Program {
  const command = trace.sources.linux?.[0]?.command(requests)
  if (command === undefined) throw new Error('the fact trace has no source for Linux')
  return { argv: ['ip', 'netns', 'exec', lab.ns(host), command.tool[0], ...command.args], input: command.stdin ?? '' }
}

async function start({ argv, input }: Program): Promise<void> {
  const { exitCode, stdout, stderr } = await run(argv, { input, timeoutMs: 600_000 })
  if (exitCode !== 0 || stdout === '') throw new Error(`a host could not trace alone (${exitCode}): ${stderr}`)
}

async function timed(task: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await task()
  return (performance.now() - started) / 1_000
}
