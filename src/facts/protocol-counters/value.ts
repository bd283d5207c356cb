export type ProtocolCountersArgs = {
  /** The time over which counters are compared, in milliseconds: at least so long. 0: they are read once. */
  readonly overMs: number
}

export type ProtocolCounter = {
  /** As nstat(8) calls it, the group before the kernel's own name: `TcpRetransSegs`, `TcpExtListenOverflows`, `Ip6InNoRoutes`. */
  readonly name: string
  /** Decimal digits: they have 64 bits. null: it was not there yet. */
  readonly before: string | null
  /** At the second reading; null where there was none, or where it was no longer there. */
  readonly after: string | null
}

/** Counters of the host, or of the network namespace or container that was asked. */
export type ProtocolCounters = {
  /** Between the readings, by the clock of the host; null with one reading. */
  readonly afterMs: number | null
  /** In the kernel's order. */
  readonly counters: readonly ProtocolCounter[]
}
