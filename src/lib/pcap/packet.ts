/** What a packet says of itself, as far as it was captured. What its capture cut off, or what it has not, is null. */
export type Packet = {
  /** Milliseconds since the capture was ready. */
  readonly offsetMs: number
  /** Bytes on the wire, with the header of the link. */
  readonly length: number
  readonly direction: 'in' | 'out' | null
  /** `02:00:00:00:00:01`. */
  readonly sourceMac: string | null
  readonly targetMac: string | null
  /** IEEE 802.1Q, the outermost first. */
  readonly vlans: readonly number[]
  /** `tcp`, `udp`, `icmp`, `icmp6`, `arp`; `ip-89` for other IP protocols, `ether-0x88cc` for what is neither IP nor ARP. */
  readonly protocol: string
  /** Canonical IP addresses; of ARP the sender and the target. */
  readonly source: string | null
  readonly destination: string | null
  readonly sourcePort: number | null
  readonly destinationPort: number | null
  /** Of TCP; null also for later fragments. */
  readonly flags: readonly TcpFlag[] | null
  /** Of IPv4; the hop limit of IPv6. */
  readonly ttl: number | null
  readonly icmp: { readonly type: number; readonly code: number } | null
  /** A fragment behind the first, which has no ports and flags. */
  readonly isLaterFragment: boolean
}

/** RFC 9293 section 3.1, from the lowest bit. */
export const tcpFlags = ['fin', 'syn', 'rst', 'psh', 'ack', 'urg', 'ece', 'cwr'] as const
export type TcpFlag = (typeof tcpFlags)[number]

/** What a protocol within a packet tells. */
export type Inside = Partial<Omit<Packet, 'offsetMs' | 'length' | 'direction'>> & { readonly protocol: string }
