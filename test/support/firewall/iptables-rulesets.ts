import { type Dice, dice, several } from './random.js'

// Small rulesets for iptables-restore and ip6tables-restore, made at random.

const addresses = {
  4: [
    '-s 10.9.0.0/26',
    '! -s 10.9.0.2/32',
    '-s 10.9.1.0/24',
    '-d 10.9.5.1/32',
    '! -d 10.9.0.1/32',
    '-s 10.9.0.0/255.255.255.192',
    '-m iprange --src-range 10.9.0.60-10.9.0.70',
    '-m iprange ! --src-range 10.9.0.1-10.9.0.9',
  ],
  6: ['-s fd09::/120', '! -s fd09::2/128', '-s fd09:1::/64', '-d fd09:5::1/128', '-m iprange --src-range fd09::40-fd09::50'],
} as const
const transports = [
  '-p tcp -m tcp --dport 22',
  '-p tcp -m tcp --dport 80:8080',
  '-p tcp -m tcp ! --dport 443',
  '-p udp -m udp --dport 53',
  '-p udp',
  '! -p tcp',
  '-p tcp -m multiport --dports 22,80',
  '-p tcp -m multiport ! --dports 22,400:500',
  '-p udp -m multiport --ports 53,99',
  '-p tcp --syn',
  '-p tcp ! --syn',
  '-p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN',
  '-p tcp --tcp-flags ALL NONE',
  '-p tcp --sport 1024:65535',
] as const
const icmp = {
  4: ['-p icmp', '-p icmp -m icmp --icmp-type 8', '-p icmp -m icmp --icmp-type 3', '-p icmp --icmp-type any'],
  6: ['-p ipv6-icmp -m icmp6 --icmpv6-type 128', '-p ipv6-icmp -m icmp6 --icmpv6-type 135'],
} as const
const others = [
  '-m conntrack --ctstate NEW',
  '-m conntrack --ctstate RELATED,ESTABLISHED',
  '-m conntrack ! --ctstate NEW',
  '-m state --state NEW,UNTRACKED',
  '-m conntrack --ctstate INVALID',
  '-i eth0',
  '! -i eth0',
  '-i eth+',
  '-i lo',
  '-m mark --mark 0x1',
  '-m mark --mark 0x10/0xf0',
  '-m mark ! --mark 0x0',
  '-m addrtype --dst-type LOCAL',
  '-m addrtype ! --dst-type LOCAL',
  '-m addrtype --src-type LOCAL',
  '-m pkttype --pkt-type broadcast',
  '-m conntrack --ctstate DNAT',
  '-m comment --comment "a \\"quoted\\" word -j DROP"',
  '-m conntrack --ctdir ORIGINAL',
] as const

function conditions(roll: Dice, family: 4 | 6): string {
  const parts: string[] = []
  if (roll.chance(0.4)) parts.push(roll.one<string>(addresses[family]))
  if (roll.chance(0.6)) parts.push(roll.chance(0.15) ? roll.one<string>(icmp[family]) : roll.one(transports))
  if (roll.chance(0.35)) parts.push(roll.one(others))
  return parts.join(' ')
}

function action(roll: Dice, chains: readonly string[]): string {
  const jumps = chains.flatMap((chain) => [`-j ${chain}`, `-g ${chain}`])
  return roll.one(['-j ACCEPT', '-j DROP', '-j REJECT', '-j ACCEPT', '-j DROP', '-j RETURN', '', ...jumps])
}

const rules = (roll: Dice, family: 4 | 6, chain: string, most: number, chains: readonly string[]): string =>
  several(1 + roll.below(most), () => `-A ${chain} ${conditions(roll, family)} ${action(roll, chains)}`).join('\n')

export function iptablesRuleset(seed: number, family: 4 | 6): string {
  const roll = dice(seed * 2 + (family === 6 ? 1 : 0))
  const target = family === 4 ? '10.9.5.1' : 'fd09:5::1'
  const mangle = `*mangle\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING ${conditions(roll, family)} -j MARK --set-xmark ${roll.one(['0x1/0xffffffff', '0x11/0xff'])}\nCOMMIT\n`
  const nat = `*nat\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING ${roll.one(['', '-i eth1'])} -p tcp --dport 8080 -j REDIRECT --to-ports ${roll.one(['80', '22'])}\n-A PREROUTING -p tcp --dport 443 -j DNAT --to-destination ${target}\nCOMMIT\n`
  const raw = `*raw\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING ${conditions(roll, family)} -j ${roll.one(['CT --notrack', 'DROP'])}\nCOMMIT\n`
  const policy = roll.one(['ACCEPT', 'ACCEPT', 'DROP'])
  return `*filter
:INPUT ${policy} [0:0]
:u1 - [0:0]
:u2 - [0:0]
${rules(roll, family, 'u2', 3, [])}
${rules(roll, family, 'u1', 4, ['u2'])}
${rules(roll, family, 'INPUT', 7, ['u1', 'u2'])}
COMMIT
${roll.chance(0.4) ? mangle : ''}${roll.chance(0.4) ? nat : ''}${roll.chance(0.25) ? raw : ''}`
}
