import type { AddressFamily } from '../../lib/iproute2/route.js'

export type NetworkConfigArgs = Record<string, never>

/** Who reads configuration at boot: initscripts' and NetworkManager's ifcfg files, ifupdown, netplan, NetworkManager's keyfiles, systemd-networkd. */
export const configSystems = ['ifcfg', 'ifupdown', 'netplan', 'keyfile', 'networkd'] as const
export type ConfigSystemName = (typeof configSystems)[number]

/**
 * How an interface gets the addresses of one family. `auto`: from router advertisements (SLAAC, with DHCPv6 where they say so), IPv6
 * alone. `none`: brought up without any address. `other`: something that is understood and none of these, such as PPP or `shared`.
 */
export const methods = ['static', 'dhcp', 'auto', 'link-local', 'none', 'loopback', 'other'] as const
export type Method = (typeof methods)[number]

/** What a statement that was not understood may be about. */
export const topics = ['boot', 'addresses', 'routes', 'dns', 'link'] as const
export type Topic = (typeof topics)[number]

/** Where it is written. Lines count from 1; 0: the file as a whole. */
export type Place = {
  readonly file: string
  readonly line: number
}

export type ConfiguredAddress = Place & {
  /** Canonical. */
  readonly address: string
  /** null: not said, and the system's own default (the class of the address) is not known to be meant. */
  readonly prefixLength: number | null
}

export type ConfiguredRoute = Place & {
  readonly family: AddressFamily
  /** A canonical prefix; the default route is `0.0.0.0/0` or `::/0`. */
  readonly destination: string
  /** The gateway, canonical; null: on the link. */
  readonly via: string | null
  /** null: whichever interface the gateway is reached through. */
  readonly interface: string | null
  /** null: not said, the system's own default. */
  readonly metric: number | null
  /** A name of rt_tables or a number as text; `main` when not said. */
  readonly table: string
  readonly source: string | null
  /** `unicast` where not said. */
  readonly type: string
}

export type ConfiguredRule = Place & {
  readonly family: AddressFamily
  readonly priority: number | null
  /** Canonical prefixes; null: from or to anywhere. */
  readonly from: string | null
  readonly to: string | null
  readonly table: string | null
  /** The rule as written. */
  readonly text: string
}

/** One interface as one system has it: all files and stanzas that are about it, merged. The place is where it begins. */
export type ConfiguredInterface = Place & {
  /** null: found by `match` alone. */
  readonly name: string | null
  /** How the interface is found when not by a fixed name, in the words of the file: `MACAddress=52:54:00:12:34:56`, `Name=en*`. */
  readonly match: string | null
  /** Where interfaces are matched by hardware address: that address, lower case with colons. */
  readonly matchMac: string | null
  /** Where interfaces are matched by name patterns: these, each a shell wildcard; empty otherwise. */
  readonly matchNames: readonly string[]
  /** Brought up at boot. null: not known. */
  readonly onboot: boolean | null
  readonly method4: Method | null
  readonly method6: Method | null
  readonly addresses: readonly ConfiguredAddress[]
  /** As stated for this interface, whatever `defroute` says; the routes that come of them are in `routes`. */
  readonly gateways: readonly string[]
  /** Whether a default route through this interface comes of it: one that is written, or one that DHCP or a router offers. null: not known. */
  readonly defroute: boolean | null
  readonly dns: readonly string[]
  readonly search: readonly string[]
  readonly mtu: number | null
  /** The address it is given (not the one it is found by), lower case with colons. */
  readonly mac: string | null
  readonly vlan: { readonly id: number | null; readonly link: string | null } | null
  /** The bond, bridge or team it is a port of. */
  readonly master: string | null
  /** Ports that its own configuration names. */
  readonly ports: readonly string[]
}

/** What cannot be understood, as it is written: shown, never guessed. */
export type Opaque = Place & {
  readonly text: string
  readonly why: string
  /** The interface whose configuration it stands in; null: any. */
  readonly interface: string | null
  /** What it may be about. */
  readonly topics: readonly Topic[]
}

/** Something understood that a person should know. */
export type Note = Place & { readonly text: string }

/** What one system's files say. */
export type SystemConfig = {
  readonly interfaces: readonly ConfiguredInterface[]
  readonly routes: readonly ConfiguredRoute[]
  readonly rules: readonly ConfiguredRule[]
  /** DNS that is configured for the host and no single interface. */
  readonly dns: readonly string[]
  readonly search: readonly string[]
  readonly opaque: readonly Opaque[]
  readonly notes: readonly Note[]
}

export type ConfiguredSystem = SystemConfig & {
  readonly system: ConfigSystemName
  /** The files that were read for it, in their order. */
  readonly files: readonly string[]
  /** Whether its configuration takes effect at the next boot; `maybe`: not known. */
  readonly applies: 'yes' | 'no' | 'maybe'
  /** Why, as a sentence: what starts it at boot, or that nothing was found. */
  readonly because: string
}

/** What is configured to survive a reboot. */
export type NetworkConfig = {
  /** PRETTY_NAME of os-release; null where there is none. */
  readonly distribution: string | null
  /** Only systems that have configuration. */
  readonly systems: readonly ConfiguredSystem[]
  /** What scripts that run at boot beside the configuration do to routes and addresses: never known, as nobody runs them here. */
  readonly hooks: readonly Opaque[]
  /** Files that exist and could not be read, or not to their end. */
  readonly unread: readonly { readonly file: string; readonly why: string }[]
}
