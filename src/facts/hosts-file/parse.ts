import { canonicalAddress } from '../../lib/address.js'
import { readHostSources } from '../../lib/dns/nsswitch.js'
import { NotUnderstood } from '../../lib/errors.js'
import { readSections } from '../../lib/marked-sections.js'
import type { HostsEntry, HostsFile } from './value.js'

const mostEntries = 256
const mostNames = 64

/**
 * Reads hosts(5) as glibc does (nss/nss_files/files-hosts.c): an address, the canonical name, aliases; `#` begins a comment anywhere;
 * a line whose first word is no address is passed over. Names are compared without regard to case.
 * @throws NotUnderstood
 */
export function readHostsFile(stdout: string, names: readonly string[]): readonly HostsFile[] {
  const found = readSections(stdout, ['hosts', 'nsswitch', 'hostconf', 'hostname'], '/etc/hosts and what decides on it')
  const text = found.get('hosts')
  const wanted = new Map(names.map((name) => [name.toLowerCase(), [] as HostsEntry[]]))
  for (const [index, line] of (text ?? '').split('\n').entries()) collect(wanted, line, index + 1)
  const common = {
    exists: text !== undefined,
    sources: readHostSources(found.get('nsswitch') ?? ''),
    multi: /^\s*multi\s+on\b/im.test(found.get('hostconf') ?? ''),
    hostname: found.get('hostname')?.trim() ?? null,
    cloudInit: /^#.*cloud(-init|\.cfg|\/templates)/m.test((text ?? '').slice(0, 4_096)),
  }
  return names.map((name) => ({ ...common, entries: wanted.get(name.toLowerCase()) ?? [] }))
}

/** White space of isspace(3). JavaScript's takes in a byte order mark and no-break spaces, which glibc takes for letters. */
const space = /[ \t\r\v\f]+/

/**
 * Files that block advertisements have a hundred thousand lines: each is looked at once.
 * @throws NotUnderstood for more addresses of one name than are kept, as one of the others may matter.
 */
function collect(wanted: ReadonlyMap<string, HostsEntry[]>, line: string, number: number): void {
  const end = line.indexOf('#')
  const [host = '', ...names] = (end === -1 ? line : line.slice(0, end)).split(space).filter((word) => word !== '')
  for (const name of new Set(names.map((written) => written.toLowerCase()))) {
    const entries = wanted.get(name)
    if (entries === undefined) continue
    const address = host.includes('%') ? null : canonicalAddress(host)
    if (entries.length === mostEntries) {
      if (address === null || entries.some((entry) => entry.address === address)) continue
      throw new NotUnderstood(`at most ${mostEntries} addresses of ${name}`, line)
    }
    if (address !== null) entries.push({ line: number, address, names: names.slice(0, mostNames) })
  }
}
