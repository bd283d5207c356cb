import type { ResolvConf } from '../../lib/dns/resolv-conf.js'

/** Of the host as a whole. */
export type DnsClientArgs = Record<string, never>

export type DnsLink = {
  readonly interface: string
  /** In the order in which they are written; with `:port` where it is not 53. */
  readonly servers: readonly string[]
  /** Search domains; those for routing alone begin with `~`, and `~.` is everything. */
  readonly domains: readonly string[]
}

/** What systemd-resolved asks behind its stub. */
export type Upstreams = {
  /** Those of resolved.conf(5), for every name; where no link has any either, those that it falls back on. */
  readonly servers: readonly string[]
  readonly domains: readonly string[]
  /** null: its own file is all that was shown, in which those of links stand among `servers`. */
  readonly links: readonly DnsLink[] | null
}

/** Whom the programs of a host ask for names, and who decides that. */
export type DnsClient = {
  /** What the C library makes of /etc/resolv.conf. */
  readonly library: ResolvConf
  readonly file: {
    readonly exists: boolean
    /** Where a symbolic link leads; null when it is none. */
    readonly target: string | null
    /** Its first comment lines, which say who wrote it. */
    readonly comments: readonly string[]
  }
  /** As `uname -n` prints it; null when it is not shown. */
  readonly hostName: string | null
  /** The C library of the host's programs, which takes the domain of that name where no `search` is written (glibc) or not (musl); null when not known. */
  readonly cLibrary: 'glibc' | 'musl' | null
  /** The sources of host names in their order (nsswitch.conf(5), `hosts:`), actions left out; null without such a line. */
  readonly hosts: readonly string[] | null
  /** null: systemd-resolved does not run. `unknown`: it does, and what it asks was not shown. */
  readonly resolved: Upstreams | 'unknown' | null
  /** The servers that NetworkManager would write if there were no local cache between; null when it says nothing. */
  readonly networkManager: readonly string[] | null
}
