import { type Dice, dice, several } from './random.js'

// Small rulesets of nft, made at random of what the judgement claims to understand.

const network4 = [
  'ip saddr 10.9.0.0/26',
  'ip saddr != 10.9.0.2',
  'ip saddr { 10.9.0.2, 10.9.1.0/24 }',
  'ip saddr @s4',
  'ip daddr 10.9.5.1',
  'ip saddr 10.9.0.60-10.9.0.70',
  'ip saddr != @s4',
  'ip daddr != { 10.9.0.1, 10.9.9.9 }',
  'meta nfproto ipv4',
  'ip protocol tcp',
] as const
const network6 = [
  'ip6 saddr fd09::/120',
  'ip6 saddr != fd09::2',
  'ip6 saddr { fd09::2, fd09:1::/64 }',
  'ip6 saddr @s6',
  'ip6 daddr fd09:5::1',
  'ip6 saddr fd09::40-fd09::50',
  'meta nfproto ipv6',
  'ip6 nexthdr udp',
] as const
const anyNetwork = ['', '', ''] as const
const transport = [
  'tcp dport 22',
  'tcp dport { 22, 80 }',
  'tcp dport 80-8080',
  'tcp dport != 443',
  'tcp dport != { 22, 8080 }',
  'udp dport 53',
  'udp dport < 100',
  'tcp dport >= 443',
  'meta l4proto { tcp, udp } th dport { 53, 80 }',
  'meta l4proto udp',
  'meta l4proto != tcp',
  'tcp dport @ports',
  'tcp dport != @ports',
  'tcp sport 1024-65535',
  'tcp flags & (fin | syn | rst | ack) == syn',
  'tcp flags syn',
  'tcp flags != syn',
  'tcp flags ! syn',
  'tcp flags & (syn | ack) != 0',
  'meta l4proto { tcp, icmp, ipv6-icmp }',
] as const
const other = [
  'ct state new',
  'ct state established,related',
  'ct state != new',
  'ct state { new, untracked }',
  'ct state invalid',
  'ct state != established,related',
  'iifname "eth0"',
  'iifname != "eth0"',
  'iifname "eth*"',
  'iifname { "eth1", "wg0" }',
  'iif "eth1"',
  'meta mark 0x1',
  'meta mark & 0xf0 == 0x10',
  'meta mark != 0',
  'fib daddr type local',
  'fib daddr type != { local, broadcast }',
  'fib saddr . iif oif missing',
  'meta pkttype { broadcast, multicast }',
  'ct direction original',
  'ct status dnat',
  'iifname . meta l4proto { "eth0" . tcp, "eth1" . udp }',
  'ct mark 0x0',
  'ip frag-off & 0x1fff != 0',
  'iif "lo"',
] as const
const maps = [
  'tcp dport vmap @verdicts',
  'tcp dport vmap { 22 : accept, 80 : drop }',
  'ip saddr vmap { 10.9.0.0/26 : accept, 10.9.1.2 : drop }',
  'ip6 saddr vmap { fd09::2 : drop, fd09:1::/64 : accept }',
  'iifname . tcp dport vmap { "eth0" . 22 : drop, "eth1" . 80 : accept, "eth0" . 443 : jump u1 }',
  'ct state vmap { established : accept, related : accept, invalid : drop }',
  'meta l4proto vmap { udp : jump u1, tcp : continue }',
  'ip saddr . tcp dport vmap { 10.9.0.2 . 22 : accept, 10.9.0.64-10.9.0.70 . 80-443 : drop }',
  'iifname vmap { "eth0" : jump u1, "eth1" : jump u2 }',
] as const

function conditions(roll: Dice): string {
  const network: string = roll.chance(0.5) ? roll.one(anyNetwork) : roll.chance(0.5) ? roll.one(network4) : roll.one(network6)
  const parts: string[] = [network]
  // `ip protocol tcp` and another transport would be a conflict.
  if (roll.chance(0.6) && !/protocol|nexthdr/.test(network)) parts.push(roll.one(transport))
  if (roll.chance(0.3)) {
    const condition = roll.one(other)
    if (!(network.startsWith('ip6') || network.endsWith('ipv6')) || !condition.startsWith('ip ')) parts.push(condition)
  }
  return parts.filter((part) => part !== '').join(' ')
}

function action(roll: Dice, chains: readonly string[]): string {
  const jumps = chains.flatMap((chain) => [`jump ${chain}`, `goto ${chain}`])
  return roll.one([
    'accept',
    'drop',
    'reject',
    'reject with icmpx admin-prohibited',
    'accept',
    'drop',
    'return',
    'continue',
    'counter',
    'meta mark set 0x11',
    'meta mark set mark or 0x1',
    'counter accept',
    'counter drop',
    ...jumps,
  ])
}

function rule(roll: Dice, chains: readonly string[]): string {
  if (roll.chance(0.12)) return chains.length > 1 ? roll.one(maps) : 'tcp dport vmap { 22 : accept, 80 : drop }'
  return `${conditions(roll)} ${action(roll, chains)}`.trim()
}

const rules = (roll: Dice, most: number, chains: readonly string[]): string =>
  several(1 + roll.below(most), () => rule(roll, chains)).join('\n')

export function nftRuleset(seed: number): string {
  const roll = dice(seed)
  const policy = (): string => roll.one(['accept', 'accept', 'drop'])
  const early = roll.chance(0.4)
    ? `chain raw { type filter hook prerouting priority raw; policy accept\n${rule(roll, [])}\n${roll.chance(0.3) ? `${conditions(roll)} notrack` : ''}\n}`
    : ''
  const marks = roll.chance(0.4)
    ? `chain mangle { type filter hook prerouting priority mangle; policy accept\n${conditions(roll)} meta mark set 0x1\n${rule(roll, [])}\n}`
    : ''
  const nat = roll.chance(0.4)
    ? `chain nat { type nat hook prerouting priority dstnat; policy accept\n${roll.one(['', 'ip saddr 10.9.0.0/26', 'iifname "eth1"'])} tcp dport 8080 ${roll.one(['redirect to :80', 'redirect to :22', 'accept'])}\nmeta nfproto ipv4 tcp dport 443 dnat ip to ${roll.one(['10.9.5.1', '10.9.0.1:80'])}\n}`
    : ''
  const second = roll.chance(0.4)
    ? `chain late { type filter hook input priority ${roll.one(['10', '-5', 'security'])}; policy ${policy()}\n${rules(roll, 3, ['u1', 'u2'])}\n}`
    : ''
  return `flush ruleset
table inet lab {
set s4 { type ipv4_addr; flags interval; elements = { 10.9.0.64/28, 10.9.1.2 } }
set s6 { type ipv6_addr; elements = { fd09::42, fd09:1::2 } }
set ports { type inet_service; elements = { 22, 443 } }
chain u2 {\n${rules(roll, 3, [])}\n}
chain u1 {\n${rules(roll, 4, ['u2'])}\n}
map verdicts { type inet_service : verdict; elements = { 22 : jump u1, 80 : goto u2, 443 : drop } }
${early}\n${marks}\n${nat}\n${second}
chain in { type filter hook input priority filter; policy ${policy()}\n${rules(roll, 7, ['u1', 'u2'])}\n}
}
`.replace(/\n{2,}/g, '\n')
}
