/** What is no counter: it goes up and down, or stands still (RFC 4022, RFC 4293). */
const gauges = new Set(['tcpcurrestab', 'tcprtoalgorithm', 'tcprtomin', 'tcprtomax', 'tcpmaxconn', 'ipforwarding', 'ipdefaultttl'])

export const isGauge = (name: string): boolean => gauges.has(plain(name))

const plain = (name: string): string => name.toLowerCase().replace(/\.(ipv4|ipv6|1|2)$/, '')

/** Words of RFC 4293 for what the kernel calls otherwise. */
const renamed: Readonly<Record<string, string>> = {
  outforwdatagrams: 'forwdatagrams',
  outfragoks: 'fragoks',
  outfragfails: 'fragfails',
  outfragcreates: 'fragcreates',
  outtransmits: 'outtransmits',
}

/**
 * The kernel's names that a name may mean, in lower case, the likeliest first: `tcpRetransSegs` of RFC 4022 is TcpRetransSegs,
 * `ipSystemStatsInNoRoutes` of RFC 4293 is IpExtInNoRoutes, with `.ipv6` behind it Ip6InNoRoutes, `udpHCInDatagrams` of RFC 4113
 * UdpInDatagrams; IpInNoRoutes and TcpListenOverflows are among the extensions.
 */
export function meanings(name: string): readonly string[] {
  const word = plain(name)
  const sixth = /\.(ipv6|2)$/.test(name)
  const [, stack = '', rest = ''] = /^(ipsystemstats(?:hc)?|icmpstats|tcphc|udphc|ip|tcp|udp|icmp)(.*)$/.exec(word) ?? []
  const group = { ipsystemstats: 'ip', ipsystemstatshc: 'ip', icmpstats: 'icmp', tcphc: 'tcp', udphc: 'udp' }[stack] ?? stack
  if (group === '') return [word]
  const own = (Object.hasOwn(renamed, rest) ? renamed[rest] : undefined) ?? rest
  if (sixth) return [`${group}6${rest}`, `${group}6${own}`]
  return [word, `${group}${own}`, `${group}ext${own}`]
}

/** The kernel names messages by type only once it has seen one (`icmpmsg_put` in net/ipv4/proc.c). */
export const appearsLater = (name: string): boolean => /^(IcmpMsg(In|Out)Type|Icmp6(In|Out)Type)\d{1,3}$/i.test(name)
