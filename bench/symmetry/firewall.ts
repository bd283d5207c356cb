import type { End, Firewall, Router, World } from './world.js'

const drops: Readonly<Record<Firewall, (port: number) => string>> = {
  echo: () => 'icmp type echo-request drop',
  icmp: () => 'ip protocol icmp drop',
  udp: () => 'meta l4proto udp drop',
  tcp: () => 'meta l4proto tcp drop',
  'tcp-but-port': (port) => `tcp dport ${port} accept; tcp sport ${port} accept; meta l4proto tcp drop`,
}

/** For packets that a random number sends another way than the first; also the routing table of that way. */
export const markOf = (end: End, way: number): number => (end === 'a' ? 100 : 200) + way

/** The table in which a watched router notes who it forwarded. */
export const watchTable = 'watch'
/** The TCP window by which it knows packets that were sent to be noted. */
export const watchedWindow = 4_711

/** The nftables ruleset of a router; empty when it needs none. */
export function firewallOf(world: World, router: Router, watch: boolean): string {
  return [
    ...(watch ? [watching] : []),
    ...(router.firewall === null ? [] : [filter('forward', 'protocol', drops[router.firewall](world.port))]),
    ...(router.dropsOptions ? [filter('forward', 'options', 'ip hdrlength > 5 drop')] : []),
    ...(router.silent ? [filter('output', 'silent', 'icmp type time-exceeded drop')] : []),
    ...(router.sharing === 'packets' ? spraying(world, router) : []),
  ].join('\n')
}

const filter = (hook: string, name: string, rule: string): string =>
  `table ip drop-${name} { chain c { type filter hook ${hook} priority 0; ${rule}; }; }`

/** Before routing, so that what a firewall drops afterwards is noted as well. */
const watching = `table ip ${watchTable} {
  set flows { typeof ip saddr . ip daddr . th sport . th dport; flags dynamic; size 4096; }
  chain c { type filter hook prerouting priority -300; tcp window ${watchedWindow} add @flows { ip saddr . ip daddr . th sport . th dport }; }
}`

/** Each packet goes its own way, whatever its flow. */
function spraying(world: World, router: Router): string[] {
  return (['a', 'b'] as const)
    .filter((end) => router.towards[end].length > 1)
    .map((end: End) => {
      const ways = router.towards[end].map((_, way) => `${way} : ${way === 0 ? 0 : markOf(end, way)}`)
      const mark = `meta mark set numgen random mod ${ways.length} map { ${ways.join(', ')} }`
      return `table ip spray-${end} { chain c { type filter hook prerouting priority -150; ip daddr ${world.ends[end].address} ${mark}; }; }`
    })
}
