/**
 * For the lab test: one client, two routers, and links of 1400 bytes behind each.
 *
 * ```
 * client 10.79.1.10 ─ near ─ 10.79.1.1 gw   ─ far ─ 10.79.2.5 wide, 10.79.2.7 mute
 *                         ─ 10.79.1.1 gw   ─ narrow (1400) ─ 10.79.3.5
 *                         ─ 10.79.1.2 hole ─ dark (1400) ─ 10.79.4.5: "fragmentation needed" is dropped
 * ```
 */
const six = (text: string): string => `fd79:${text}/64`
const defaultVia = (lan: number) => [
  { to: 'default', via: `10.79.${lan}.1` },
  { to: 'default', via: `fd79:${lan}::1` },
]

const holeRules = `
table inet filter {
  chain output {
    type filter hook output priority 0;
    icmp type destination-unreachable icmp code frag-needed drop
    icmpv6 type packet-too-big drop
  }
}
`

const muteRules = `
table inet filter {
  chain input {
    type filter hook input priority 0;
    ip daddr 10.79.2.7 icmp type echo-request drop
    ip daddr 10.79.2.8 icmp type echo-request reject with icmp type admin-prohibited
    ip daddr 10.79.2.9 meta length > 1000 numgen inc mod 2 == 0 drop
  }
}
`

export const pathMtuLab = {
  hosts: {
    client: {
      lans: { near: { address: ['10.79.1.10/24', six('1::10')] } },
      routes: [...defaultVia(1), { to: '10.79.4.0/24', via: '10.79.1.2' }, { to: 'fd79:4::/64', via: 'fd79:1::2' }],
      sysctl: { 'net.ipv4.ping_group_range': '0 2147483647' },
      etc: { hosts: '127.0.0.1 localhost\n10.79.3.5 narrow.test\nfd79:3::5 narrow.test\n' },
    },
    wide: {
      lans: { far: { address: ['10.79.2.5/24', '10.79.2.7/24', '10.79.2.8/24', '10.79.2.9/24', six('2::5')] } },
      routes: defaultVia(2),
      firewall: muteRules,
    },
    narrow: { lans: { narrow: { address: ['10.79.3.5/24', six('3::5')] } }, ip: ['link set dev eth0 mtu 1400'], routes: defaultVia(3) },
    dark: { lans: { dark: { address: ['10.79.4.5/24', six('4::5')] } }, ip: ['link set dev eth0 mtu 1400'], routes: defaultVia(4) },
  },
  routers: {
    gw: {
      lans: {
        near: { address: ['10.79.1.1/24', six('1::1')] },
        far: { address: ['10.79.2.1/24', six('2::1')] },
        narrow: { address: ['10.79.3.1/24', six('3::1')] },
      },
      ip: ['link set dev eth2 mtu 1400'],
    },
    hole: {
      lans: { near: { address: ['10.79.1.2/24', six('1::2')] }, dark: { address: ['10.79.4.1/24', six('4::1')] } },
      ip: ['link set dev eth1 mtu 1400'],
      firewall: holeRules,
    },
  },
}
