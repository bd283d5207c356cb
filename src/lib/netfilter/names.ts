/** Names that nft(8) and iptables(8) print for numbers of the kernel, and words for a person. */

export type NumberTable = Readonly<Record<string, number>>

/** /etc/protocols (IANA), with nft's own spellings. */
export const protocolNumbers: NumberTable = {
  ...{ ip: 0, hopopt: 0, icmp: 1, igmp: 2, ipencap: 4, ipip: 4, ipv4: 4, tcp: 6, egp: 8, udp: 17, dccp: 33, ipv6: 41 },
  ...{ 'ipv6-route': 43, 'ipv6-frag': 44, rsvp: 46, gre: 47, esp: 50, 'ipv6-crypt': 50, ah: 51, 'ipv6-auth': 51 },
  ...{ icmpv6: 58, 'ipv6-icmp': 58, 'ipv6-nonxt': 59, 'ipv6-opts': 60, ospf: 89, pim: 103, comp: 108, ipcomp: 108 },
  ...{ vrrp: 112, l2tp: 115, sctp: 132, mobility: 135, 'mobility-header': 135, 'ipv6-mh': 135, udplite: 136 },
}

/** RFC 792 and RFC 1256 by nft's names; iptables says ttl-exceeded, TOS-… and others through `icmpCodes`. */
export const icmpTypes: NumberTable = {
  ...{ 'echo-reply': 0, pong: 0, 'destination-unreachable': 3, 'source-quench': 4, redirect: 5, 'echo-request': 8, ping: 8 },
  ...{ 'router-advertisement': 9, 'router-solicitation': 10, 'time-exceeded': 11, 'ttl-exceeded': 11, 'parameter-problem': 12 },
  ...{ 'timestamp-request': 13, 'timestamp-reply': 14, 'info-request': 15, 'info-reply': 16 },
  ...{ 'address-mask-request': 17, 'address-mask-reply': 18 },
}

/** RFC 4443, 4861, 2710, 3810 by nft's names and ip6tables' own. */
export const icmp6Types: NumberTable = {
  ...{ 'destination-unreachable': 1, 'packet-too-big': 2, 'time-exceeded': 3, 'ttl-exceeded': 3, 'parameter-problem': 4 },
  ...{ 'echo-request': 128, ping: 128, 'echo-reply': 129, pong: 129 },
  ...{ 'mld-listener-query': 130, 'mld-listener-report': 131, 'mld-listener-done': 132, 'mld-listener-reduction': 132 },
  ...{ 'nd-router-solicit': 133, 'router-solicitation': 133, 'nd-router-advert': 134, 'router-advertisement': 134 },
  ...{ 'nd-neighbor-solicit': 135, 'neighbour-solicitation': 135, 'neighbor-solicitation': 135 },
  ...{ 'nd-neighbor-advert': 136, 'neighbour-advertisement': 136, 'neighbor-advertisement': 136, 'nd-redirect': 137, redirect: 137 },
  ...{ 'router-renumbering': 138, 'ind-neighbor-solicit': 141, 'ind-neighbor-advert': 142, 'mld2-listener-report': 143 },
}

/** Bits of nft's and iptables' connection states (include/uapi/linux/netfilter/nf_conntrack_common.h): a packet has one of them. */
export const stateBits: NumberTable = { invalid: 1, established: 2, related: 4, new: 8, untracked: 64 }

/** TCP flags (RFC 9293, 3.1). */
export const flagBits: NumberTable = { fin: 1, syn: 2, rst: 4, psh: 8, ack: 16, urg: 32, ecn: 64, cwr: 128 }

/** include/uapi/linux/if_packet.h. */
export const packetTypes: NumberTable = { host: 0, unicast: 0, broadcast: 1, multicast: 2, other: 3 }

/** What an address is to the host: include/uapi/linux/rtnetlink.h, RTN_*. */
export const addressTypes: NumberTable = {
  ...{ unspec: 0, unicast: 1, local: 2, broadcast: 3, anycast: 4, multicast: 5, blackhole: 6, unreachable: 7, prohibit: 8 },
}

/** Priorities of iptables' tables (include/uapi/linux/netfilter_ipv4.h); conntrack itself is at -200. */
export const priorities = { raw: -300, conntrack: -200, mangle: -150, dstnat: -100, filter: 0, security: 50, srcnat: 100 } as const

/** @returns the number of a name or of digits; null for neither. */
export function numberIn(table: NumberTable, text: string): number | null {
  const name = text.toLowerCase()
  if (/^(0x[\da-f]{1,8}|\d{1,10})$/.test(name)) return Number(name)
  return Object.hasOwn(table, name) ? (table[name] ?? null) : null
}
