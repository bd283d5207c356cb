export type ConntrackArgs = {
  /** The time over which counters are compared, in milliseconds: at least so long. 0: they are read once. */
  readonly overMs: number
}

/** Of all processors together, since the table was made (`struct ip_conntrack_stat`). */
export const conntrackCounterNames = ['invalid', 'drop', 'early-drop', 'insert-failed', 'search-restart'] as const
export type ConntrackCounterName = (typeof conntrackCounterNames)[number]

export type ConntrackCounter = {
  readonly name: ConntrackCounterName
  readonly total: number
  /** Between the readings; null with one reading, and where a processor's counter went backwards. */
  readonly growth: number | null
}

/** The table of tracked connections of the host, or of the network namespace or container that was asked. */
export type Conntrack = {
  /** Tracked now; null when not shown. */
  readonly entries: number | null
  /** nf_conntrack_max, of the whole machine; null when not shown. */
  readonly maximum: number | null
  /** Those that this kernel has. */
  readonly counters: readonly ConntrackCounter[]
  /** Between the readings, by the clock of the host; null with one reading. */
  readonly afterMs: number | null
}
