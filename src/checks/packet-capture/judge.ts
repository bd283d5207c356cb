import type { Capture } from '../../facts/capture/index.js'
import { parsePrefix, prefixContains } from '../../lib/address.js'
import { meets, numberType } from '../../lib/expectation.js'
import type { Packet, TcpFlag } from '../../lib/pcap/index.js'
import type { Finding } from '../../model/check.js'
import type { CountExpectation, FlagName } from './spec.js'

type Verdict = Finding['verdict']

/** How many there were; `isAll` is false when there may have been more. */
export interface Count {
  readonly number: number
  readonly isAll: boolean
}

/** Whether everything that matched is in the capture. */
export const isComplete = ({ ended, dropped }: Capture): boolean =>
  (ended === 'time' || ended === 'answered') && dropped.kernel === 0 && dropped.interface === 0

/** Whether so many are as expected; undetermined where more may have come, and would make a difference. */
export function judgeCount(expectation: CountExpectation, { number, isAll }: Count): Verdict {
  const fits = meets(numberType, expectation, number)
  if (isAll) return fits ? 'pass' : 'fail'
  if (typeof expectation === 'number') return number > expectation ? 'fail' : 'error'
  const { min, max, ...others } = expectation
  if (max !== undefined && number > max) return 'fail'
  return fits && min !== undefined && max === undefined && Object.keys(others).length === 0 ? 'pass' : 'error'
}

const needed: Readonly<Record<FlagName, readonly TcpFlag[]>> = {
  syn: ['syn'],
  'syn-ack': ['syn', 'ack'],
  ack: ['ack'],
  fin: ['fin'],
  rst: ['rst'],
  psh: ['psh'],
  urg: ['urg'],
}

/** Packets with a flag; those whose flags were cut off may have it as well. */
export function withFlag({ packets }: Capture, name: FlagName): { readonly packets: readonly Packet[]; readonly isUnsure: boolean } {
  const tcp = packets.filter(({ protocol, isLaterFragment }) => protocol === 'tcp' && !isLaterFragment)
  return {
    packets: tcp.filter(({ flags }) => {
      if (flags === null || !needed[name].every((flag) => flags.includes(flag))) return false
      return name !== 'syn' || !flags.includes('ack')
    }),
    isUnsure: tcp.some(({ flags }) => flags === null),
  }
}

/** Which of the prefixes have packets, which have none, and the addresses in none of them, with how often each was seen. */
export interface Addresses {
  readonly missing: readonly string[]
  readonly others: ReadonlyMap<string, number>
  readonly seen: ReadonlyMap<string, number>
  /** Packets without a known IP address. */
  readonly unknown: number
}

export function sortAddresses(packets: readonly Packet[], end: 'source' | 'destination', texts: readonly string[]): Addresses {
  const prefixes = texts.flatMap((text) => parsePrefix(text) ?? [])
  const seen = new Map<string, number>()
  let unknown = 0
  for (const packet of packets) {
    const address = packet[end]
    if (address === null) unknown += 1
    else seen.set(address, (seen.get(address) ?? 0) + 1)
  }
  const isIn = (text: string, address: string): boolean => {
    const prefix = parsePrefix(text)
    return prefix !== null && prefixContains(prefix, address)
  }
  return {
    missing: texts.filter((text) => ![...seen.keys()].some((address) => isIn(text, address))),
    others: new Map([...seen].filter(([address]) => !prefixes.some((prefix) => prefixContains(prefix, address)))),
    seen,
    unknown,
  }
}
