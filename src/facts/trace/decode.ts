import { canonicalAddress } from '../../lib/address.js'
import { NotUnderstood } from '../../lib/errors.js'
import { printableLine } from '../../lib/printable.js'
import { isAskable, portOf } from './protocol.js'
import { type Answer, answers, ends, type Problem, problems } from './shape.js'
import type { Trace, TraceArgs, TraceFlow, TraceHop, TraceRound } from './value.js'

/** No probe is asked for more; what holds more was not written by one. */
const most = { flows: 65, rounds: 16, hops: 255 } as const

/**
 * Standard output of a probe: one JSON object a line for each request, with `i`, `probe`, `address`, `source` and either
 * `problem` and `detail`, or `flows`: `[{id, rounds: [{end, hops: [[from, answer, type, code, rttMs, asks], …]}]}]`.
 * @throws NotUnderstood when no probe wrote this. Lines that are no answers are passed over.
 */
export function decodeTraces(stdout: string, requests: readonly TraceArgs[]): readonly Trace[] {
  const objects = stdout.split('\n').flatMap(readObject)
  if (requests.some(isAskable) && !objects.some(({ probe }) => typeof probe === 'string')) {
    throw new NotUnderstood('the answers of a trace probe', stdout)
  }
  const byIndex = new Map(objects.map((object) => [object.i, object]))
  return requests.map((request, index) => readTrace(byIndex.get(index), request))
}

function readObject(line: string): readonly Record<string, unknown>[] {
  if (!line.startsWith('{')) return []
  try {
    return [JSON.parse(line) as Record<string, unknown>]
  } catch {
    return []
  }
}

function readTrace(object: Record<string, unknown> | undefined, request: TraceArgs): Trace {
  const known = {
    probe: typeof object?.probe === 'string' ? printableLine(object.probe, 40) : 'none',
    protocol: request.protocol,
    address: address(object?.address),
    source: address(object?.source),
    port: request.protocol === 'icmp' ? null : portOf(request),
  }
  const failed = (kind: Problem['kind'], detail: string): Trace => ({
    ...known,
    flows: [],
    constantFlow: false,
    problem: { kind, detail: printableLine(detail) },
  })
  if (object === undefined) {
    const why = isAskable(request) ? 'the probe ended without an answer for this target' : 'not an address or a host name'
    return failed('unsupported', why)
  }
  const kind = problems.find((one) => one === object.problem)
  if (kind !== undefined) return failed(kind, typeof object.detail === 'string' ? object.detail : '')
  const flows = (list(object.flows, most.flows) ?? []).map(readFlow).filter(({ rounds }) => rounds.length > 0)
  if (flows.length === 0 || known.address === null) return failed('unsupported', 'the answer of the probe for this target makes no sense')
  return { ...known, flows, constantFlow: object.constant !== false, problem: null }
}

function readFlow(value: unknown): TraceFlow {
  const { id, rounds } = map(value)
  return { id: whole(id), rounds: (list(rounds, most.rounds) ?? []).map(readRound) }
}

/** Hops up to the first that makes no sense; the round is then not finished. */
function readRound(value: unknown): TraceRound {
  const { end, hops } = map(value)
  const rows = list(hops, most.hops) ?? []
  const read = rows.map((row, index) => readHop(row, index + 1))
  const broken = read.indexOf(null)
  const good = (broken < 0 ? read : read.slice(0, broken)).filter((hop) => hop !== null)
  return { hops: good, end: broken < 0 ? (ends.find((known) => known === end) ?? 'unfinished') : 'unfinished' }
}

function readHop(row: unknown, ttl: number): TraceHop | null {
  const [sender, answer, type, code, took, asks] = list(row, 6) ?? []
  const from = address(sender)
  const known: Answer | null = answers.find((one) => one === answer) ?? null
  if ((from === null) !== (known === null) || (sender !== null && from === null)) return null
  const [icmpType, icmpCode] = [whole(type), whole(code)]
  return {
    ttl,
    from,
    answer: known,
    icmp: icmpType === null || icmpCode === null || from === null ? null : { type: icmpType, code: icmpCode },
    rttMs: typeof took === 'number' && took >= 0 && from !== null ? took : null,
    asks: whole(asks) ?? 0,
  }
}

const list = (value: unknown, limit: number): readonly unknown[] | null => (Array.isArray(value) ? value.slice(0, limit) : null)
const map = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
const whole = (value: unknown): number | null => (Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : null)
const address = (value: unknown): string | null => (typeof value === 'string' ? canonicalAddress(value) : null)
