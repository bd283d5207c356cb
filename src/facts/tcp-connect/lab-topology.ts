/**
 * For the lab test: clients, a router, a server. Every probe asks from a client of its own, as ICMP errors are limited by receiver.
 *
 * ```
 * client 10.77.1.10+n ─ clients ─ 10.77.1.1 gw 10.77.2.1 ─ servers ─ server 10.77.2.5 to .9
 * ```
 */
const serverRules = `
table inet filter {
  chain input {
    type filter hook input priority 0;
    tcp dport 9001 reject with tcp reset
    meta nfproto ipv4 tcp dport 9002 reject
    meta nfproto ipv4 tcp dport 9003 reject with icmp type admin-prohibited
    meta nfproto ipv4 tcp dport 9004 reject with icmp type host-prohibited
    meta nfproto ipv4 tcp dport 9005 reject with icmp type net-prohibited
    meta nfproto ipv4 tcp dport 9006 reject with icmp type host-unreachable
    meta nfproto ipv6 tcp dport 9002 reject with icmpv6 type port-unreachable
    meta nfproto ipv6 tcp dport 9003 reject with icmpv6 type admin-prohibited
    tcp dport 9101 drop
    ip daddr 10.77.2.9 reject
  }
}
`

const routerRules = `
table ip filter {
  chain forward {
    type filter hook forward priority 0;
    tcp dport 9201 reject with icmp type admin-prohibited
    tcp dport 9202 drop
  }
}
`

const ownRules = 'table ip own { chain output { type filter hook output priority 0; tcp dport 9301 reject; }; }\n'

/** A name with more addresses than are asked. */
const manyAddresses = Array.from({ length: 20 }, (_, index) => `127.0.50.${index + 1} many.test\n`).join('')

/** The client has a second address, .110+n, to be chosen as a source. */
const client = (index: number) => ({
  lans: { clients: { address: [`10.77.1.${10 + index}/24`, `10.77.1.${110 + index}/24`, `fd77:1::${10 + index}/64`] } },
  routes: [
    { to: '10.77.0.0/16', via: '10.77.1.1' },
    { to: 'fd77::/16', via: 'fd77:1::1' },
    { to: '10.77.20.0/24', type: 'blackhole' as const },
    { to: '10.77.21.0/24', type: 'prohibit' as const },
    { to: '10.77.22.0/24', type: 'unreachable' as const },
  ],
  firewall: ownRules,
  etc: {
    hosts: `127.0.0.1 localhost\n10.77.2.5 both.test\nfd77:2::5 both.test\n10.77.2.5 two.test\n10.77.2.6 two.test\n${manyAddresses}`,
  },
})

/** 8001 answers and stays, 8003 accepts and resets, 8004 listens on loopback alone, 8005 greets and ends. */
const server = {
  lans: { servers: { address: ['10.77.2.5/24', '10.77.2.6/24', '10.77.2.7/24', '10.77.2.8/24', '10.77.2.9/24', 'fd77:2::5/64'] } },
  routes: [
    { to: 'default', via: '10.77.2.1' },
    { to: 'default', via: 'fd77:2::1' },
  ],
  services: [
    { tcp: 8001, address: '::' },
    { tcp: 8003, address: '::', after: 'reset' as const },
    { tcp: 8004, address: '127.0.0.1' },
    { tcp: 8005, address: '::', after: 'close' as const, say: '220 hello' },
  ],
  firewall: serverRules,
}

/** A topology for `test/lab`, with a client for every name. */
export function tcpLab(clients: readonly string[]) {
  return {
    hosts: {
      ...Object.fromEntries(clients.map((name, index) => [name, client(index)])),
      server,
      'one-port': { sysctl: { 'net.ipv4.ip_local_port_range': '40001 40001' } },
      'few-ports': { sysctl: { 'net.ipv4.ip_local_port_range': '40001 40064' } },
    },
    routers: {
      gw: {
        lans: { clients: { address: ['10.77.1.1/24', 'fd77:1::1/64'] }, servers: { address: ['10.77.2.1/24', 'fd77:2::1/64'] } },
        firewall: routerRules,
      },
    },
  }
}
