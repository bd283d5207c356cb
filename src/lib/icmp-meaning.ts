import { addressFamily, canonicalAddress } from './address.js'

/**
 * What an ICMP or ICMPv6 error says about a target: `prohibited` by a policy, `no-route` to it, `host-down` as nobody answers ARP or
 * neighbour discovery there, `loop` as its packet grew too old, `too-big` for a link on the way.
 */
export type IcmpMeaning = 'prohibited' | 'no-route' | 'host-down' | 'loop' | 'too-big'

/** RFC 792, RFC 1122 section 3.2.2.1, RFC 1812 section 5.2.7.1: codes of type 3, destination unreachable. */
const unreachable4: Readonly<Record<number, IcmpMeaning>> = {
  0: 'no-route',
  1: 'host-down',
  2: 'prohibited',
  3: 'prohibited', // of echo requests and TCP only a rule sends it
  4: 'too-big',
  5: 'no-route',
  6: 'no-route',
  7: 'host-down',
  8: 'host-down',
  9: 'prohibited',
  10: 'prohibited',
  11: 'no-route',
  12: 'host-down',
  13: 'prohibited',
  14: 'prohibited',
  15: 'prohibited',
}

/** RFC 4443 section 3.1: codes of type 1. Code 7 is of RFC 6554. */
const unreachable6: Readonly<Record<number, IcmpMeaning>> = {
  0: 'no-route',
  1: 'prohibited',
  2: 'no-route',
  3: 'host-down',
  4: 'prohibited',
  5: 'prohibited',
  6: 'prohibited',
  7: 'prohibited',
}

/** @param target what was asked. What it sends itself, although it is there, comes from a rule of its own. */
export function icmpMeaning(
  { type, code, from }: { readonly type: number; readonly code: number; readonly from: string | null },
  target: string | null,
): IcmpMeaning {
  const six = target !== null && addressFamily(target) === 6
  if (type === (six ? 3 : 11)) return 'loop'
  if (six && type === 2) return 'too-big'
  if (type !== (six ? 1 : 3)) return 'prohibited'
  const meaning = (six ? unreachable6 : unreachable4)[code] ?? 'prohibited'
  if (meaning === 'too-big') return meaning
  return from !== null && target !== null && from === canonicalAddress(target) ? 'prohibited' : meaning
}
