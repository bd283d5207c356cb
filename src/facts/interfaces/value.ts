export type InterfacesArgs = Record<string, never>

export type InterfaceAddress = {
  /** Canonical, without a zone. */
  readonly address: string
  readonly prefixLength: number
  /** The other end of a point-to-point link; null elsewhere. */
  readonly peer: string | null
}

export type NetworkInterface = {
  readonly name: string
  readonly addresses: readonly InterfaceAddress[]
}

/** The interfaces of a host and their addresses, in the kernel's order. */
export type Interfaces = readonly NetworkInterface[]
