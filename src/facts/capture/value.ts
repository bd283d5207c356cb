import type { Packet } from '../../lib/pcap/index.js'

export type CaptureArgs = {
  /** The name of an interface, or `any`. */
  readonly interface: string
  /** In the language of pcap-filter(7); null captures everything. */
  readonly filter: string | null
  /** How long to listen, at most. */
  readonly forMs: number
  /** Milliseconds to go on once everything asked during it is answered; null listens for the whole time. */
  readonly lingerMs: number | null
  /** Ends after so many packets; null for no such end. */
  readonly count: number | null
  /** Bytes kept of each packet. */
  readonly snapLength: number
  /** The key of what is asked during it, so that a capture is shared only with those who ask the same; null for nothing. */
  readonly probe: string | null
}

/**
 * `time`: it listened for the whole time. `answered`: until what was asked during it was answered, and some more. `count`: the packets
 * wished for were there. `full`: more came than is kept. After the last two nothing is known of what came later.
 */
export const captureEnds = ['time', 'answered', 'count', 'full'] as const
export type CaptureEnd = (typeof captureEnds)[number]

/** What passed an interface. A canary was seen when it began, and, unless it ended at a number of packets, when it ended. */
export type Capture = {
  /** `tcpdump version 4.99.3`. */
  readonly tool: string
  readonly ended: CaptureEnd
  readonly listenedMs: number
  /** What the system lost while it ran: `kernel` for lack of room, `interface` below it. */
  readonly dropped: { readonly kernel: number; readonly interface: number }
  /** In the order in which they were seen, without our canaries. */
  readonly packets: readonly Packet[]
  /** The same as a capture file, in Base64. */
  readonly pcap: string
}

/** Kept of one capture. */
export const most = { packets: 1_000, bytes: 512 * 1_024, snapLength: 65_535, forMs: 600_000 } as const
