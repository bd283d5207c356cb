import type { Packet } from '../../lib/pcap/index.js'
import { tcpFlags } from '../../lib/pcap/index.js'
import { amount, flag, listOf, mapOf, oneOf, orNull, text, whole } from '../../lib/shape.js'
import { type Capture, captureEnds } from './value.js'

const packet = mapOf<Packet>({
  offsetMs: amount,
  length: whole,
  direction: orNull(oneOf(['in', 'out'])),
  sourceMac: orNull(text),
  targetMac: orNull(text),
  vlans: listOf(whole),
  protocol: text,
  source: orNull(text),
  destination: orNull(text),
  sourcePort: orNull(whole),
  destinationPort: orNull(whole),
  flags: orNull(listOf(oneOf(tcpFlags))),
  ttl: orNull(whole),
  icmp: orNull(mapOf({ type: whole, code: whole })),
  isLaterFragment: flag,
})

/** What a recording must hold to be judged. */
export const captureShape = mapOf<Capture>({
  tool: text,
  ended: oneOf(captureEnds),
  listenedMs: amount,
  dropped: mapOf({ kernel: whole, interface: whole }),
  packets: listOf(packet),
  pcap: text,
})
