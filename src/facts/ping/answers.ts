import { NotUnderstood } from '../../lib/errors.js'
import { isStage, type SendFailure, sendFailure } from '../../lib/probe/failure.js'
import { addressIn, icmpIn, isByte, isCount, listIn, readObjects, textIn } from '../../lib/probe/untrusted.js'
import { isAskable } from './protocol.js'
import type { Ping, PingAddress, PingArgs, PingError, PingReply } from './value.js'

/** Addresses that one request may have. A probe asks 16 of a name. */
const mostAddresses = 64

/**
 * Reads what the Python probe wrote: `{"probe"}`, then one JSON object a line for each address.
 * @throws NotUnderstood when no probe wrote this. Lines that are no answers are passed over.
 */
export function decodeAnswers(stdout: string, requests: readonly PingArgs[]): readonly Ping[] {
  const objects = readObjects(stdout)
  const probe = objects.find((object) => typeof object.probe === 'string')?.probe
  if (typeof probe !== 'string') throw new NotUnderstood('the answers of an echo probe', stdout)
  const byIndex = new Map<number, PingAddress[]>()
  for (const object of objects) {
    const answer = readAnswer(object)
    if (answer === null || typeof object.i !== 'number') continue
    const list = byIndex.get(object.i)
    if (list === undefined) byIndex.set(object.i, [answer])
    else if (list.length < mostAddresses) list.push(answer)
  }
  return requests.map((request, index) => assemble(probe, request, byIndex.get(index) ?? []))
}

/** An address of which nothing was sent. */
export function unsent(address: string | null, problem: SendFailure): PingAddress {
  return { address, source: null, sent: 0, replies: [], duplicates: 0, errors: [], confirmed: true, problem }
}

/** A request's value. Of one that got no answer nothing is claimed. */
export function assemble(probe: string, request: PingArgs, answers: readonly PingAddress[]): Ping {
  const [first, ...rest] = answers
  if (first !== undefined) return { probe, addresses: [first, ...rest] }
  const why = isAskable(request) ? 'the probe ended without an answer for this target' : 'not a target that can be pinged'
  return { probe, addresses: [unsent(null, { kind: 'unsupported', detail: why })] }
}

function readAnswer(object: Record<string, unknown>): PingAddress | null {
  const problem = readProblem(object.problem)
  if (object.address === null && problem !== null) return unsent(null, problem)
  const { sent, duplicates } = object
  const address = addressIn(object.address)
  if (address === null || !isCount(sent) || !isCount(duplicates)) return null
  const replies = listIn(object.replies).flatMap((entry) => readReply(entry, sent))
  const errors = listIn(object.errors).flatMap((entry) => readError(entry, sent))
  return {
    address,
    source: addressIn(object.source),
    sent,
    replies: [...new Map(replies.map((reply) => [reply.sequence, reply])).values()],
    duplicates,
    errors: errors.slice(0, sent + 1),
    confirmed: object.confirmed === true,
    problem,
  }
}

function readProblem(value: unknown): PingAddress['problem'] {
  if (!Array.isArray(value)) return null
  const [stage, errno, words] = value as readonly unknown[]
  return isStage(stage) ? sendFailure(stage, textIn(errno), textIn(words)) : null
}

function readReply(entry: unknown, sent: number): readonly PingReply[] {
  const [sequence, rttMs, ttl] = listIn(entry)
  if (!isCount(sequence) || sequence >= sent) return []
  return [{ sequence, rttMs: typeof rttMs === 'number' && rttMs >= 0 ? rttMs : null, ttl: isByte(ttl) ? ttl : null }]
}

function readError(entry: unknown, sent: number): readonly PingError[] {
  const [sequence, ...icmp] = listIn(entry)
  const error = icmpIn(icmp)
  return error === null ? [] : [{ sequence: isCount(sequence) && sequence < sent ? sequence : null, ...error }]
}
