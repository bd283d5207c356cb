import { addressFamily, canonicalAddress } from '../../../lib/address.js'
import { NotUnderstood } from '../../../lib/errors.js'
import { printableLine } from '../../../lib/printable.js'
import { portOf } from '../protocol.js'
import type { Trace, TraceArgs, TraceFlow } from '../value.js'
import { hopOf, type Line, readLine } from './line.js'
import { problemOf } from './problem.js'
import { roundOf } from './round.js'

const tools = {
  modern: 'traceroute',
  busybox: 'traceroute (BusyBox)',
  toren: 'tcptraceroute',
  none: 'none',
} as const
type Tool = keyof typeof tools

interface Report {
  readonly tool: Tool
  /** Of one round each, with the flow's number and id. */
  readonly rounds: { readonly flow: number; readonly id: number; readonly lines: string[] }[]
}

/** No tool is asked for more; what holds more was not written by one. */
const mostLines = 100_000

/** @throws NotUnderstood when the program of `program.ts` did not write this. */
export function readToolTraces(stdout: string, requests: readonly TraceArgs[]): readonly Trace[] {
  const reports = readReports(stdout)
  if (reports.size === 0) throw new NotUnderstood('the lines of a traceroute', stdout)
  return requests.map((request, index) => readTrace(reports.get(index), request))
}

function readReports(stdout: string): ReadonlyMap<number, Report> {
  const reports = new Map<number, Report>()
  for (const line of stdout.split('\n').slice(0, mostLines)) {
    const [, number = '', rest = ''] = /^(\d{1,6}) (.*)$/.exec(line) ?? []
    const tool = /^tool (modern|busybox|toren|none)$/.exec(rest)?.[1] as Tool | undefined
    const report = reports.get(Number(number))
    const round = /^round (\d{1,3}) (\d{1,5})$/.exec(rest)
    if (number === '') continue
    if (report === undefined) {
      if (tool !== undefined) reports.set(Number(number), { tool, rounds: [] })
    } else if (round !== null) report.rounds.push({ flow: Number(round[1]), id: Number(round[2]), lines: [] })
    else report.rounds.at(-1)?.lines.push(rest)
  }
  return reports
}

function readTrace(report: Report | undefined, request: TraceArgs): Trace {
  const { protocol, maxHops } = request
  const lines = report?.rounds.flatMap((round) => round.lines) ?? []
  const target = targetOf(lines, request)
  const known = {
    probe: tools[report?.tool ?? 'none'],
    protocol,
    address: target,
    source: canonicalAddress(/, address (\S+?),/.exec(lines.join('\n'))?.[1] ?? ''),
    port: protocol === 'icmp' ? null : portOf(request),
  }
  const failed = (kind: NonNullable<Trace['problem']>['kind'], detail: string): Trace => ({
    ...known,
    flows: [],
    constantFlow: false,
    problem: { kind, detail: printableLine(detail) },
  })
  if (report === undefined) return failed('unsupported', 'the probe ended without an answer for this target')
  if (report.rounds.length === 0) return failed('unsupported', refusal(report.tool, request))
  if (hopLines(lines).length === 0 || target === null) {
    const problem = problemOf(lines)
    return failed(problem.kind, problem.detail)
  }
  // The checksum of ICMP differs with each packet, BusyBox counts its UDP ports up.
  const constantFlow = report.tool !== 'busybox' && protocol !== 'icmp'
  const context = { target, protocol, family: addressFamily(target) ?? 4, maxHops }
  const flows: TraceFlow[] = Array.from({ length: request.flows + 1 }, (_, number) => {
    const own = report.rounds.filter(({ flow }) => flow === number)
    const expected = number === 0 ? request.rounds : 1
    const rounds = own.slice(0, expected).map((round) => roundOf(hopLines(round.lines), context, hopOf))
    const missing = Array.from({ length: expected - rounds.length }, () => ({ hops: [], end: 'unfinished' as const }))
    return { id: constantFlow ? (own[0]?.id ?? null) : null, rounds: [...rounds, ...missing] }
  })
  return { ...known, flows, constantFlow, problem: null }
}

const hopLines = (lines: readonly string[]): readonly Line[] => lines.map(readLine).filter((line) => line !== null)

/** From `traceroute to db1 (10.20.0.5), 30 hops max` or `Tracing the path to db1 (10.20.0.5) on TCP port 80`. */
function targetOf(lines: readonly string[], { host }: TraceArgs): string | null {
  for (const line of lines) {
    const [, name = '', bracketed] = /^(?:traceroute|Tracing the path) to (\S+)(?: \(([^)]*)\))?/.exec(line) ?? []
    const address = canonicalAddress(bracketed ?? name)
    if (address !== null) return address
  }
  return canonicalAddress(host)
}

function refusal(tool: Tool, { protocol, family, sourcePort }: TraceArgs): string {
  if (tool === 'none') return `no tool here traces by ${protocol}`
  if (tool === 'toren' && family === 6) return 'tcptraceroute does not speak IPv6'
  if (protocol === 'udp' && sourcePort !== undefined)
    return 'a trace from a given port of UDP would swallow what the target sends to that port'
  return 'the probe had no time for this target'
}
