import type { Trace, TraceProtocol } from '../../facts/trace/index.js'
import { canonicalAddress } from '../../lib/address.js'
import type { Desk } from './desk.js'
import type { Ends } from './ends.js'
import { type Conversation, traceRequest } from './requests.js'
import type { PathSymmetrySpec } from './spec.js'

/** Both ways with one protocol. */
export interface Trip {
  readonly protocol: TraceProtocol
  readonly there: Trace | null
  readonly back: Trace | null
  /** The addresses of both traces are the same, the other way round; null where they are not, or where that is not known. */
  readonly conversation: Conversation | null
}

/** What can be asked before anything is known: both ways where both ends have an address. */
export function firstRequests(spec: PathSymmetrySpec, ends: Ends, protocol: TraceProtocol) {
  const { first, second } = ends
  return [
    ...(second.target === null
      ? []
      : [traceRequest(spec, ends, { protocol, direction: 'there', target: second.target, source: first.source })]),
    ...(first.target === null
      ? []
      : [traceRequest(spec, ends, { protocol, direction: 'back', target: first.target, source: second.source })]),
  ]
}

/**
 * Both ways at once. Where the second host answers another address than the one the first talks from, the way back is traced again, to
 * that one: the conversation is the one that the first host opens.
 * @param before the addresses, where another protocol has told them.
 */
export function travel(desk: Desk, spec: PathSymmetrySpec, ends: Ends, protocol: TraceProtocol, before: Conversation | null): Trip {
  const trace = (direction: 'there' | 'back', target: string | null, source: string | null): Trace | null =>
    target === null ? null : desk.ask(traceRequest(spec, ends, { protocol, direction, target, source }))
  if (before !== null) {
    return matched(protocol, trace('there', before.second, before.first), trace('back', before.first, before.second))
  }
  const there = trace('there', ends.second.target, ends.first.source)
  const back = trace('back', ends.first.target, ends.second.source)
  const opened = addressesOf(there, 'there') ?? addressesOf(back, 'back')
  if (desk.wanted.length > 0 || opened === null) return matched(protocol, there, back)
  const fits = (one: Trace | null, direction: 'there' | 'back'): boolean => {
    const own = addressesOf(one, direction)
    return own !== null && own.first === opened.first && own.second === opened.second
  }
  return matched(
    protocol,
    fits(there, 'there') ? there : trace('there', opened.second, opened.first),
    fits(back, 'back') ? back : trace('back', opened.first, opened.second),
  )
}

/** Who talks to whom in one trace; null when its probe does not tell. */
export function addressesOf(trace: Trace | null, direction: 'there' | 'back'): Conversation | null {
  const [source, target] = [canonicalAddress(trace?.source ?? ''), canonicalAddress(trace?.address ?? '')]
  if (source === null || target === null) return null
  return direction === 'there' ? { first: source, second: target } : { first: target, second: source }
}

function matched(protocol: TraceProtocol, there: Trace | null, back: Trace | null): Trip {
  const [one, other] = [addressesOf(there, 'there'), addressesOf(back, 'back')]
  const agree = one !== null && other !== null && one.first === other.first && one.second === other.second
  return { protocol, there, back, conversation: agree ? one : null }
}
