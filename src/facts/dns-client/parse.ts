import { readHostSources } from '../../lib/dns/nsswitch.js'
import { readResolvConf } from '../../lib/dns/resolv-conf.js'
import { readSections } from '../../lib/marked-sections.js'
import { readStatus } from './status.js'
import type { DnsClient, Upstreams } from './value.js'

const sections = ['target', 'file', 'nsswitch', 'networkmanager', 'running', 'upstreams', 'status'] as const
type Section = (typeof sections)[number]

/**
 * What the script of this fact prints.
 * @throws NotUnderstood
 */
export function readDnsClient(stdout: string): DnsClient {
  const found = readSections(stdout, sections, 'the files of the DNS client')
  const file = found.get('file') ?? null
  return {
    library: readResolvConf(file),
    file: { exists: file !== null, target: found.get('target')?.trim() ?? null, comments: commentsOf(file ?? '') },
    hosts: readHostSources(found.get('nsswitch') ?? ''),
    resolved: found.has('running') ? upstreams(found) : null,
    networkManager: serversOf(found.get('networkmanager')),
  }
}

const commentsOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .filter((line) => /^[#;]/.test(line))
    .slice(0, 5)
    .map((line) => line.slice(0, 200))

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
