export type SysctlArgs = {
  /** Below /proc/sys, of letters, digits and `_.:@-`; one folder may be `*`, which stands for every interface. */
  readonly path: string
}

export type SysctlEntry = {
  /** Below /proc/sys: `net/ipv4/conf/eth0.100/rp_filter`. */
  readonly path: string
  /** The file's text without its last line end; null when it could not be read. */
  readonly value: string | null
  /** Why there is no value; null when there is one. `unreadable`: permitted, and refused all the same, as with what can only be written. */
  readonly problem: 'denied' | 'unreadable' | null
}

export type SysctlValues = {
  /** Every file that the path means, by name; empty when there is none. */
  readonly entries: readonly SysctlEntry[]
  /** When there is none: the deepest folder on the way that does exist, and what is in it, at most 500 names. */
  readonly nearby: { readonly folder: string; readonly names: readonly string[] } | null
}
