export type InterfacesArgs = Record<string, never>

export type InterfaceAddress = {
  /** Canonical, without a zone. */
  readonly address: string
  /** With a `peer`, of the peer's network. null where the source does not show it. */
  readonly prefixLength: number | null
  /** The other end of a point-to-point link; null elsewhere, and where the source does not show it. */
  readonly peer: string | null
  /** Given for a time, by DHCP or a router's advertisement, and gone when that ends; null where the source does not show it. */
  readonly dynamic: boolean | null
}

export type NetworkInterface = {
  /** null: these addresses are the host's, but the source does not show on which interfaces. */
  readonly name: string | null
  readonly addresses: readonly InterfaceAddress[]
}

/** The interfaces of a host and their addresses, in the kernel's order. */
export type Interfaces = readonly NetworkInterface[]
