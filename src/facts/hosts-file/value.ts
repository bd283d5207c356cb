export type HostsFileArgs = {
  /** A name to look for, in lower case. */
  readonly name: string
}

export type HostsEntry = {
  /** The number of the line in the file, from 1. */
  readonly line: number
  /** Canonical. */
  readonly address: string
  /** The canonical name and its aliases, as they are written; at most 64. */
  readonly names: readonly string[]
}

/** What /etc/hosts says of one name, and whether anybody asks it. */
export type HostsFile = {
  readonly exists: boolean
  /** Lines that have the name, whatever its case, in their order; at most 256. */
  readonly entries: readonly HostsEntry[]
  /** The sources of host names in their order (nsswitch.conf(5)); null without such a line, as with musl. */
  readonly sources: readonly string[] | null
  /** `multi on` of host.conf(5). */
  readonly multi: boolean
  /** The host's own name; null when not shown. */
  readonly hostname: string | null
  /** Comments of the file speak of cloud-init, which writes it again at every boot. */
  readonly cloudInit: boolean
}
