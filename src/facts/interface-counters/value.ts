export type InterfaceCountersArgs = {
  /** The time over which counters are compared, in milliseconds: at least so long. */
  readonly overMs: number
}

/**
 * By the kernel's words (`struct rtnl_link_stats64`, include/uapi/linux/if_link.h), with `-` for `_`, and `carrier-changes`
 * (Documentation/ABI/testing/sysfs-class-net).
 */
export const counterNames = [
  ...(['rx-packets', 'tx-packets', 'rx-bytes', 'tx-bytes', 'rx-errors', 'tx-errors', 'rx-dropped', 'tx-dropped'] as const),
  ...(['multicast', 'collisions', 'rx-length-errors', 'rx-over-errors', 'rx-crc-errors', 'rx-frame-errors'] as const),
  ...(['rx-fifo-errors', 'rx-missed-errors', 'tx-aborted-errors', 'tx-carrier-errors', 'tx-fifo-errors'] as const),
  ...(['tx-heartbeat-errors', 'tx-window-errors', 'rx-compressed', 'tx-compressed', 'rx-nohandler', 'carrier-changes'] as const),
] as const
export type CounterName = (typeof counterNames)[number]

export type CounterChange = {
  readonly counter: CounterName
  /** Below zero: the interface was reset, or its counter ran over. */
  readonly change: number
}

export type InterfaceChanges = {
  readonly name: string
  /** true: it was removed and made anew in between. */
  readonly replaced: boolean
  /** Those that the source shows. */
  readonly changes: readonly CounterChange[]
}

/** What changed between two readings. */
export type InterfaceCounters = {
  /** Measured by the clock of the host. */
  readonly afterMs: number
  readonly interfaces: readonly InterfaceChanges[]
}
