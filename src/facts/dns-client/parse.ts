import { readHostSources } from '../../lib/dns/nsswitch.js'
import { readResolvConf } from '../../lib/dns/resolv-conf.js'
import { readSections } from '../../lib/marked-sections.js'
import { readStatus } from './status.js'
import type { DnsClient, Upstreams } from './value.js'

const sections = ['target', 'file', 'nsswitch', 'hostname', 'maps', 'networkmanager', 'running', 'upstreams', 'status'] as const
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
    hostName: found.get('hostname')?.trim().slice(0, 64) || null,
    cLibrary: cLibraryOf(found.get('maps') ?? ''),
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

/** By the files that a program has in its memory (proc_pid_maps(5)). One that is linked statically has neither. */
function cLibraryOf(maps: string): DnsClient['cLibrary'] {
  if (/\/ld-musl-[^/\n]*$/m.test(maps)) return 'musl'
  return /\/libc(\.so\.6|-2\.\d+\.so)$/m.test(maps) ? 'glibc' : null
}

function serversOf(text: string | undefined): readonly string[] | null {
  if (text === undefined || !/^nameserver\s/m.test(text)) return null
  const { servers, ignored } = readResolvConf(text)
  return [...servers, ...ignored]
}

/**
 * resolvectl where it answered; else the file that systemd-resolved keeps for programs of its own kind. Where no server is configured
 * it asks those that were built into it, which the file names and resolvectl before systemd 246 does not.
 */
function upstreams(found: ReadonlyMap<Section, string>): Upstreams | 'unknown' {
  const status = found.get('status')
  const text = found.get('upstreams')
  const inFile = serversOf(text) ?? []
  if (status !== undefined) {
    const shown = readStatus(status)
    const all = [shown.servers, ...(shown.links ?? []).map(({ servers }) => servers)]
    return all.every((servers) => servers.length === 0) ? { ...shown, servers: inFile } : shown
  }
  return text === undefined ? 'unknown' : { servers: inFile, domains: readResolvConf(text).search, links: null }
}
