import type { ConfigSystemName, SystemConfig } from './value.js'

/** A configuration file of the host. Secrets in it have been replaced by `***` on the host. */
export type ConfigFile = {
  /** Absolute: `/etc/netplan/50-cloud-init.yaml`. */
  readonly path: string
  /** Without line ends; the first line is `lines[0]`. A file that is too large is not given at all but told as unread. */
  readonly lines: readonly string[]
}

/** Reads what one system's files say. It receives every file of the host and takes what is its own; hostile text never makes it throw. */
export interface SystemReader {
  readonly system: ConfigSystemName
  /** Whether this file is one that the system reads, by its path alone. */
  owns(path: string): boolean
  /**
   * What the files say; they are those it owns, in the order of their paths, and at least one.
   * @param started which programs that read configuration are seen to be started at boot: `network`, `NetworkManager` …
   */
  read(files: readonly ConfigFile[], started: ReadonlySet<string>): SystemConfig
}
