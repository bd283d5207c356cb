import type { Operators } from '../../lib/expectation.js'

/** States of a connection by their names in RFC 9293 3.3.2 and ss(8). `closed` and `listening` are no connections. */
export const socketStates = [
  'established',
  'syn-sent',
  'syn-recv',
  'fin-wait-1',
  'fin-wait-2',
  'time-wait',
  'close-wait',
  'last-ack',
  'closing',
] as const
export type SocketState = (typeof socketStates)[number]

/** What the kernel tells of a TCP connection in `tcp_info` (include/uapi/linux/tcp.h), as `ss -i` prints it. */
export const socketDetails = ['rtt', 'min-rtt', 'retransmits', 'retransmit-ratio', 'cwnd', 'unacked', 'lost', 'delivery-rate'] as const
export type SocketDetail = (typeof socketDetails)[number]

/** An expectation of `lib/expectation`, as plain data. */
export type ExpectedName = string | { readonly [Operator in keyof Operators<string>]: Operators<string>[Operator] }

/** Both ends are in it. */
export type PortRange = { readonly from: number; readonly to: number }

/** Which connections are meant: those that meet all of it. */
export type SocketsArgs = {
  readonly protocol: 'tcp' | 'udp'
  /** At least one. For UDP `established`: connected. */
  readonly states: readonly SocketState[]
  readonly family?: 'inet' | 'inet6'
  /** Canonical prefixes; one of them must contain the address. */
  readonly local?: readonly string[]
  readonly peer?: readonly string[]
  readonly localPorts?: readonly PortRange[]
  readonly peerPorts?: readonly PortRange[]
  /** The name of one of the processes that hold the socket. */
  readonly process?: ExpectedName
  /** What is to be measured of each; none: they are only counted. */
  readonly details?: readonly SocketDetail[]
}

/** One connection, for a person: `10.0.0.1:443`, `[2001:db8::1]:443`. */
export type SocketExample = {
  readonly state: SocketState
  readonly local: string
  readonly peer: string
  /** null: not asked for, or not shown. */
  readonly process: string | null
}

export type Tally<Name> = { readonly name: Name; readonly count: number }

export type Measured = { readonly value: number; readonly socket: SocketExample }

/** rtt and min-rtt in milliseconds, retransmit-ratio in percent, delivery-rate in bits a second, cwnd, unacked and lost in segments. */
export type DetailSummary = {
  readonly name: SocketDetail
  /** How many of the sockets show it, and how many do not. */
  readonly shown: number
  readonly hidden: number
  readonly median: number | null
  /** At most five each, the extreme one first. */
  readonly lowest: readonly Measured[]
  readonly highest: readonly Measured[]
}

/** The connections that were meant, added up; however many there are, this stays small. */
export type SocketSummary = {
  readonly count: number
  /** With `process`: how many meet all else and show no process, although their state has one. */
  readonly hidden: number
  readonly states: readonly Tally<SocketState>[]
  /** At most ten each, the most frequent first. */
  readonly peers: readonly Tally<string>[]
  readonly localPorts: readonly Tally<number>[]
  readonly peerPorts: readonly Tally<number>[]
  /** At most five. */
  readonly examples: readonly SocketExample[]
  readonly details: readonly DetailSummary[]
}
