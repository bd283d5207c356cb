/** Of the host as a whole. */
export type SysctlConfigArgs = Record<string, never>

export type SysctlAssignment = {
  /** Below /proc/sys; may hold the wildcards of glob(7). */
  readonly path: string
  /** null: `-key` without a value, which keeps wildcards from setting the key (sysctl.d(5)). */
  readonly value: string | null
  readonly file: string
  readonly line: number
}

/** What sets the kernel's settings at the next boot, as far as files of sysctl.d(5) do. */
export type SysctlConfig = {
  /** In the order in which they are carried out; at most 5000. */
  readonly assignments: readonly SysctlAssignment[]
  /** Those of /etc/sysctl.conf where systemd-sysctl does not read it. */
  readonly unread: readonly SysctlAssignment[]
}
