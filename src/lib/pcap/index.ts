import { canonicalAddress } from '../address.js'
import { readIpv4, readIpv6 } from './internet.js'
import { type Framed, unframe } from './link.js'
import type { Inside, Packet } from './packet.js'

export { type PcapFile, type PcapRecord, readPcap, writePcap } from './file.js'
export { unframe } from './link.js'
export { type Packet, type TcpFlag, tcpFlags } from './packet.js'

/** The link types whose packets can be read. @param data as it was captured, from anybody and cut anywhere. */
export function readPacket(linkType: number, data: Buffer): Omit<Packet, 'offsetMs' | 'length'> {
  const framed = unframe(linkType, data)
  return {
    direction: framed === null || framed.isOutgoing === null ? null : framed.isOutgoing ? 'out' : 'in',
    sourceMac: framed?.sourceMac ?? null,
    targetMac: framed?.targetMac ?? null,
    vlans: framed?.vlans ?? [],
    source: null,
    destination: null,
    sourcePort: null,
    destinationPort: null,
    flags: null,
    ttl: null,
    icmp: null,
    isLaterFragment: false,
    ...(framed === null ? { protocol: `link-${linkType}` } : readNetwork(framed)),
  }
}

function readNetwork({ etherType, payload }: Framed): Inside {
  if (etherType === 0x0800) return readIpv4(payload)
  if (etherType === 0x86dd) return readIpv6(payload)
  if (etherType === 0x0806) return readArp(payload)
  return { protocol: etherType === null ? 'link' : `ether-0x${etherType.toString(16).padStart(4, '0')}` }
}

/** RFC 826, of IPv4 over Ethernet. */
function readArp(data: Buffer): Inside {
  if (data.length < 28 || data.readUInt16BE(2) !== 0x0800) return { protocol: 'arp' }
  return {
    protocol: 'arp',
    source: canonicalAddress([...data.subarray(14, 18)].join('.')),
    destination: canonicalAddress([...data.subarray(24, 28)].join('.')),
  }
}
