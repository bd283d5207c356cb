import { type PcapRecord, unframe } from '../../lib/pcap/index.js'

/** What canaries carry, and nothing else. */
export const canary = { magic: 'netproof-canary:', etherType: 0x88b5, protocol: 253 } as const

/** Bytes behind the mark: which capture it belongs to, then whether it is from its beginning (`1`) or its end (`2`). */
const nonceLength = 16

export interface Canary {
  readonly nonce: string
  readonly phase: string
}

/** Reads a canary of this capture or of another; null for what is none. */
export function readCanary(linkType: number, { data }: PcapRecord): Canary | null {
  const framed = unframe(linkType, data)
  if (framed === null) return null
  const { etherType, payload } = framed
  const isPacket = etherType === 0x0800 && payload[9] === canary.protocol
  if (etherType !== canary.etherType && !isPacket) return null
  const body = payload.subarray(isPacket ? 20 : 0)
  const from = canary.magic.length
  if (body.toString('latin1', 0, from) !== canary.magic) return null
  return {
    nonce: body.toString('hex', from, from + nonceLength),
    phase: body.toString('latin1', from + nonceLength, from + nonceLength + 1),
  }
}
