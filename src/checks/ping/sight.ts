import type { PingAddress, PingError } from '../../facts/ping/index.js'
import { addressFamily } from '../../lib/address.js'
import { showDevice } from '../../lib/devices.js'
import { describeIcmp } from '../../lib/icmp-names.js'
import { counted } from '../../lib/plural.js'
import type { CheckContext, Finding, Learnt } from '../../model/check.js'
import type { PingSpec } from './spec.js'
import type { Target } from './targets.js'

/** One address of one target, and everything needed to speak of it. */
export interface Sight {
  readonly spec: PingSpec
  readonly target: Target
  readonly result: PingAddress
  readonly probe: string
  readonly context: CheckContext
  readonly learnt: Learnt
}

/** A finding, and what it has in common with those of other addresses. */
export interface Judged {
  readonly finding: Finding
  /** What was compared, without the address: `loss`; empty for the answer itself. */
  readonly about: string
  readonly sight: Sight
}

/** `ping 10.20.0.5 (db1)`, `ping 10.20.0.5 (db1): loss`. */
export function describeSubject({ target, result }: Sight, about: string): string {
  const address = result.address ?? target.host
  const label = target.label === null || target.label === address ? '' : ` (${target.label})`
  return `ping ${address}${label}${about === '' ? '' : `: ${about}`}`
}

/** Where an ICMP error came from, in the inventory's words. */
function describeSender({ result, context }: Sight, from: string | null): string {
  if (from === null) return 'nobody knows where'
  return from === result.source ? `${context.host.name} itself (${from})` : showDevice(context.inventory, from)
}

export const familyOf = ({ result, target }: Sight): 4 | 6 => addressFamily(result.address ?? target.host) ?? 4

/** `5 × host unreachable (ICMP 3/1) from 10.0.0.1 (core1)`; several kinds, each with its number. */
export function describeErrors(sight: Sight): string {
  const groups = new Map<string, number>()
  for (const error of sight.result.errors) {
    const words = describeError(sight, error)
    groups.set(words, (groups.get(words) ?? 0) + 1)
  }
  return [...groups].map(([words, count]) => `${count} × ${words}`).join(', ')
}

function describeError(sight: Sight, error: PingError): string {
  const mtu = error.mtu === null ? '' : `, MTU ${error.mtu}`
  return `${describeIcmp(error, familyOf(sight))}${mtu} from ${describeSender(sight, error.from)}`
}

/** `no answer to 5 requests`, with what came instead of one. */
export function describeSilence(sight: Sight): string {
  const { sent, confirmed, errors } = sight.result
  if (errors.length > 0) return `no reply to ${counted(sent, 'request')}: ${describeErrors(sight)}`
  return `no answer to ${counted(sent, 'request')}${confirmed ? '' : ', but that is not certain'}`
}
