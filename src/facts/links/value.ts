export type LinksArgs = Record<string, never>

export type LinkAddress = {
  /** Canonical, without a zone. */
  readonly address: string
  /** With a `peer`, of the peer's network. */
  readonly prefixLength: number
  /** The other end of a point-to-point link; null elsewhere. */
  readonly peer: string | null
  /** In the words of ip-address(8): `tentative`, `dadfailed`, `deprecated`, `temporary`, `dynamic`, `secondary` … null where the source does not show them. */
  readonly flags: readonly string[] | null
}

export type Link = {
  readonly name: string
  /** Other names that it answers to (ip-link(8), `altname`). */
  readonly altNames: readonly string[]
  /** Administratively up. */
  readonly up: boolean
  /** Whether there is a signal on it; null while it is administratively down, as it is not known then. */
  readonly carrier: boolean | null
  /** RFC 2863 as the kernel words it (Documentation/networking/operstates.rst): up, down, unknown, dormant, lowerlayerdown, notpresent, testing. */
  readonly operState: string | null
  /** `52:54:00:12:34:56`; null for links that have none. */
  readonly mac: string | null
  readonly mtu: number
  /** The kernel's kind (`vlan`, `bond`, `bridge`, `veth`, `tun` …); `ethernet` and `loopback` for links without a kind. */
  readonly type: string | null
  readonly vlanId: number | null
  /** The link beneath a VLAN, a macvlan or a tunnel, or the other end of a veth, where it is on this host. */
  readonly parent: string | null
  /** The bridge, bond, team or VRF that it belongs to. */
  readonly master: string | null
  readonly addresses: readonly LinkAddress[]
}

/** What a source cannot show: its null or its absence then proves nothing. */
export const hiddenOfLinks = ['type', 'vlan', 'parent', 'operational-state', 'alternative-names', 'ipv4-addresses'] as const

export type Links = {
  readonly hides: readonly (typeof hiddenOfLinks)[number][]
  /** In the kernel's order. */
  readonly links: readonly Link[]
}
