import type { SocketProcess } from './process.js'

export type Protocol = 'tcp' | 'udp'

/** A TCP socket in state LISTEN, or a UDP socket that is bound and not connected. */
export type Listener = {
  readonly protocol: Protocol
  /** Of the traffic it takes: a socket bound to `::ffff:127.0.0.1` is of family 4. */
  readonly family: 4 | 6
  /** Canonical; `0.0.0.0` or `::` when it is bound to every address. */
  readonly address: string
  readonly port: number
  /** The interface (or VRF) it is bound to; null when to none, or when the source does not show it. */
  readonly interface: string | null
  /** false where the source never shows it: /proc and netstat. */
  readonly interfaceShown: boolean
  /** For `::` alone: true refuses IPv4, false takes it too (ipv6(7), IPV6_V6ONLY). null: not known, or no such socket. */
  readonly v6only: boolean | null
  /** Every process that holds it, by pid; null when none was shown: not asked for, not permitted, or held by the kernel. */
  readonly processes: readonly SocketProcess[] | null
  /** The socket's owner: who created it; null when not shown. */
  readonly uid: number | null
}
