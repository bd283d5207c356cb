import { canonicalAddress } from '../../lib/address.js'
import { NotUnderstood } from '../../lib/errors.js'
import type { DnsLink, Upstreams } from './value.js'

const most = 256

/**
 * Reads `resolvectl status` (systemd 239 and newer) and `systemd-resolve --status` (before): blocks `Global` and `Link 2 (eth0)`,
 * in each lines `Key: value`, lists wrapped onto lines without a key (src/resolve/resolvectl.c, `status_ifindex`).
 * @throws NotUnderstood
 */
export function readStatus(text: string): Upstreams {
  const blocks: Block[] = []
  let key = ''
  for (const line of text.split('\n')) {
    const [, link] = /^Link \d+ \((\S+)\)$/.exec(line) ?? []
    if (line === 'Global' || link !== undefined) {
      blocks.push({ link: link ?? null, servers: [], fallback: [], domains: [] })
      key = ''
      continue
    }
    const [, named, rest] = /^\s*([A-Z][A-Za-z. ]*):(?:\s+(.*))?$/.exec(line) ?? []
    if (named !== undefined) key = named
    const words = (named === undefined ? line : (rest ?? '')).split(/\s+/).filter((word) => word !== '')
    const block = blocks.at(-1)
    if (block === undefined) {
      if (words.length > 0) throw new NotUnderstood('a block `Global` of resolvectl', line)
    } else if (key === 'DNS Servers') block.servers.push(...words.map(readServer))
    else if (key === 'Fallback DNS Servers') block.fallback.push(...words.map(readServer))
    else if (key === 'DNS Domain') block.domains.push(...words)
  }
  const global = blocks.find(({ link }) => link === null)
  if (global === undefined) throw new NotUnderstood('a block `Global` of resolvectl', text)
  // Asked where nothing else is configured (`manager_compile_dns_servers` in src/resolve/resolved-manager.c); named since systemd 246.
  const servers = blocks.every((block) => block.servers.length === 0) ? global.fallback : global.servers
  return { servers: servers.slice(0, most), domains: global.domains.slice(0, most), links: blocks.flatMap(toLink).slice(0, most) }
}

interface Block {
  readonly link: string | null
  readonly servers: string[]
  readonly fallback: string[]
  readonly domains: string[]
}

const toLink = ({ link, servers, domains }: Block): readonly DnsLink[] =>
  link === null ? [] : [{ interface: link, servers: servers.slice(0, most), domains: domains.slice(0, most) }]

/** `192.0.2.53`, `192.0.2.53:5353`, `[2001:db8::53]:853#dns.example`, `fe80::1%eth0`: the name behind `#` is of TLS alone. */
function readServer(word: string): string {
  const [bare = ''] = word.split('#')
  const [, host = bare, port] = /^\[([^\]]+)\](?::(\d+))?$/.exec(bare) ?? /^(\d+\.\d+\.\d+\.\d+)(?::(\d+))?((?:%.*)?)$/.exec(bare) ?? []
  const address = canonicalAddress(host)
  if (address === null) throw new NotUnderstood('a DNS server of resolvectl', word)
  const zone = /^fe[89ab]/.test(address) ? (/%[A-Za-z0-9_.-]{1,15}$/.exec(bare)?.[0] ?? '') : ''
  return port === undefined || port === '53' ? address + zone : `${address.includes(':') ? `[${address}${zone}]` : address}:${port}`
}
