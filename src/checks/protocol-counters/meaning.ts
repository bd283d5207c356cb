/** What it means when a counter moves that should not, and where to look next (networking/snmp_counter.rst). */
const meanings: readonly (readonly [RegExp, string])[] = [
  [
    /^TcpRetransSegs$|^TcpExtTCP(Lost|Slow|Fast)/,
    'Segments were sent again: packets are lost on the way, or answers come late. `ss -tin` shows which connections retransmit.',
  ],
  [
    /^TcpExtListen(Overflows|Drops)$/,
    'Connections were turned away, since a service does not accept them fast enough: `ss -ltn` shows full queues (Recv-Q at Send-Q).',
  ],
  [
    /^TcpExtTCPReqQFull|^TcpExtSyncookies/,
    'More connections began than the queue of half-open ones takes: a flood, or a backlog that is too small.',
  ],
  [/^(Tcp|Udp|UdpLite|Icmp|Ip6?|Udp6|Icmp6)InCsumErrors$|^TcpInErrs$/, 'Packets came damaged: look at the card and at `ethtool -S`.'],
  [
    /^Udp(Lite)?6?(RcvbufErrors|InErrors|MemErrors)$/,
    'Datagrams were dropped, since programs do not read them fast enough: `ss -uanm` shows the sockets (Recv-Q, d in skmem).',
  ],
  [/^Udp(Lite)?6?NoPorts$/, 'Datagrams came to ports on which nothing listens: `ss -uln`.'],
  [
    /^TcpExtIPReversePathFilter$/,
    'Packets came in on an interface through which the host would not answer, and rp_filter dropped them: look at `ip route get` and the sysctl check.',
  ],
  [/^(IpExtInNoRoutes|Ip6InNoRoutes|Ip6?OutNoRoutes)$/, 'There was no route for packets: look at `ip route`.'],
  [/^(Ip|Ip6)(In|Out)Discards$/, 'Packets were dropped for want of memory or by a policy.'],
  [/^Icmp6?InDestUnreachs$/, 'Others told this host that they cannot be reached: `tcpdump -ni any icmp` shows who and what for.'],
  [/^TcpExtTCPTimeouts$/, 'Answers did not come in time: loss, or the other side is gone. `ss -to` shows waiting connections.'],
  [/^Tcp(OutRsts|EstabResets|AttemptFails)$/, 'Connections were refused or broken off: is a service down that clients ask for?'],
  [/^Ip6?Reasm(Fails|Timeout)$/, 'Fragments came that do not make whole packets: some of them are lost or dropped on the way.'],
]

export function meaningOf(name: string, isGrowth: boolean): string {
  const known = meanings.find(([pattern]) => pattern.test(name))?.[1] ?? 'What it counts: networking/snmp_counter.rst of the kernel.'
  return isGrowth ? known : `${known} It has counted since the host was started: with \`over\` it is what happens now.`
}
