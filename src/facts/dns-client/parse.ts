import { readResolvConf } from '../../lib/dns/resolv-conf.js'
import { NotUnderstood } from '../../lib/errors.js'
import { readStatus } from './status.js'
import type { DnsClient, Upstreams } from './value.js'

const sections = ['target', 'file', 'nsswitch', 'networkmanager', 'running', 'upstreams', 'status', 'end'] as const
type Section = (typeof sections)[number]

/**
 * What the script of this fact prints.
 * @throws NotUnderstood
 */
export function readDnsClient(stdout: string): DnsClient {
  const found = split(stdout)
  const file = found.get('file') ?? null
  return {
    library: readResolvConf(file),
    file: { exists: file !== null, target: found.get('target')?.trim() ?? null, comments: commentsOf(file ?? '') },
    hosts: readHosts(found.get('nsswitch') ?? ''),
    resolved: found.has('running') ? upstreams(found) : null,
    networkManager: serversOf(found.get('networkmanager')),
  }
}

function split(stdout: string): ReadonlyMap<Section, string> {
  const found = new Map<Section, string>()
  let current: Section | null = null
  for (const line of stdout.split('\n')) {
    const section = sections.find((name) => line === `@ ${name}`)
    if (section !== undefined && !found.has(section)) {
      current = section
      found.set(section, '')
    } else if (line.startsWith(' ') && current !== null) found.set(current, `${found.get(current)}${line.slice(1)}\n`)
    else if (line !== '') throw new NotUnderstood('the files of the DNS client', line)
  }
  if (current !== 'end') throw new NotUnderstood('the files of the DNS client, whole', stdout)
  return found
}

const commentsOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .filter((line) => /^[#;]/.test(line))
    .slice(0, 5)
    .map((line) => line.slice(0, 200))

/** `hosts: files mdns4_minimal [NOTFOUND=return] dns`: the last such line counts. */
function readHosts(text: string): readonly string[] | null {
  const lines = text.split('\n').flatMap((line) => /^\s*hosts\s*:(.*)$/.exec(line.split('#')[0] ?? '')?.[1] ?? [])
  const last = lines.at(-1)
  if (last === undefined) return null
  const words = last.replaceAll(/\[[^\]]*\]/g, ' ').split(/\s+/)
  return words.filter((word) => word !== '').slice(0, 64)
}

function serversOf(text: string | undefined): readonly string[] | null {
  if (text === undefined || !/^nameserver\s/m.test(text)) return null
  const { servers, ignored } = readResolvConf(text)
  return [...servers, ...ignored]
}

/** resolvectl where it answered; else the file that systemd-resolved keeps for programs of its own kind. */
function upstreams(found: ReadonlyMap<Section, string>): Upstreams | 'unknown' {
  const status = found.get('status')
  if (status !== undefined) return readStatus(status)
  const text = found.get('upstreams')
  if (text === undefined) return 'unknown'
  return { servers: serversOf(text) ?? [], domains: readResolvConf(text).search, links: null }
}
