import type { HostsEntry, HostsFile } from '../../facts/hosts-file/index.js'
import { addressFamily } from '../../lib/address.js'

/** `10.0.0.5 (line 3), 10.0.0.9 (line 7)`, at most eight. */
export function showEntries(entries: readonly HostsEntry[]): string {
  if (entries.length === 0) return 'not in /etc/hosts'
  const shown = entries.slice(0, 8).map(({ address, line }) => `${address} (line ${line})`)
  return entries.length > 8 ? `${shown.join(', ')} and ${entries.length - 8} more` : shown.join(', ')
}

/** Whether programs look at the file, and what comes first; empty where it is the usual order. */
export function order({ sources }: HostsFile): string {
  if (sources === null) return ''
  const at = (names: readonly string[]): number => sources.findIndex((source) => names.includes(source))
  const files = at(['files'])
  const first = at(['dns', 'resolve'])
  // nss-resolve(8) answers from /etc/hosts itself.
  if (files === -1 && sources.includes('resolve')) return ''
  if (files === -1)
    return `\`hosts: ${sources.join(' ')}\` of /etc/nsswitch.conf does not name files: programs of the C library do not look into /etc/hosts.`
  if (first !== -1 && first < files && sources[first] === 'dns')
    return `\`hosts: ${sources.join(' ')}\` of /etc/nsswitch.conf asks DNS first: the line counts only for names that DNS does not have.`
  return ''
}

/** Whether programs look into the file at all. */
export const isConsulted = ({ sources }: HostsFile): boolean => sources === null || sources.includes('files') || sources.includes('resolve')

/** Two lines of one family: not everybody takes both. */
export function duplicates({ entries, multi }: HostsFile): string {
  const families = ([4, 6] as const).map((family) => entries.filter(({ address }) => addressFamily(address) === family))
  const several = families.find((same) => new Set(same.map(({ address }) => address)).size > 1)
  if (several === undefined) return ''
  const lines = several.map(({ line }) => line)
  const [first] = lines
  const numbers = `Lines ${lines.slice(0, -1).join(', ')} and ${lines.at(-1)} have the name`
  return multi
    ? `${numbers}, and programs take them all (\`multi on\` in /etc/host.conf).`
    : `${numbers}: programs that ask for both families take all of them, others line ${first} alone (host.conf(5), \`multi\`).`
}

/** Who answers for the name besides the file. */
export function besides(name: string, { sources, hostname }: HostsFile): string {
  const own = hostname !== null && [hostname, hostname.split('.')[0]].includes(name)
  if (sources?.includes('myhostname') !== true || (!own && !['localhost', '_gateway', '_outbound'].includes(name))) return ''
  return `nss-myhostname answers for ${name} all the same.`
}

export const whoWrites = ({ cloudInit }: HostsFile): string =>
  cloudInit ? 'cloud-init writes /etc/hosts again at every boot: change /etc/cloud/templates/hosts.*.tmpl, or `manage_etc_hosts`.' : ''
