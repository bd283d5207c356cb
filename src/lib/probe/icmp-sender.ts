/** An ICMP or ICMPv6 error, and the device that sent it. */
export type IcmpSender = {
  readonly type: number
  readonly code: number
  /** Canonical; null when the probe could not tell. */
  readonly from: string | null
  /** Of "fragmentation needed" (RFC 1191) and "packet too big" (RFC 4443): the MTU of the next hop; null when none was given. */
  readonly mtu: number | null
}
