import type { SysctlAssignment, SysctlConfig } from '../../facts/sysctl-config/index.js'
import { globMatcher } from '../../lib/glob.js'
import { sentences } from '../../lib/sentences.js'
import { keyOf } from '../../lib/sysctl-key.js'
import { pathFor, perInterface } from './key.js'

/** Settings that are two names of one thing, or set by writing the other (`devinet_sysctl_forward`, `addrconf_sysctl_forward`). */
function setBy(path: string): readonly string[] {
  const setting = perInterface(path)
  if (path === 'net/ipv4/ip_forward') return [path, 'net/ipv4/conf/all/forwarding']
  if (path === 'net/ipv4/conf/all/forwarding') return [path, 'net/ipv4/ip_forward']
  if (setting === null || setting.device === 'all') return [path]
  if (setting.setting !== 'forwarding' && !(setting.family === 'ipv6' && setting.setting === 'disable_ipv6')) return [path]
  return [path, pathFor(setting, 'all'), ...(setting.family === 'ipv4' ? ['net/ipv4/ip_forward'] : [])]
}

/** The assignment that is carried out last; one of the key itself keeps those with wildcards away (sysctl.d(5)). */
function lastFor(path: string, { assignments }: SysctlConfig): SysctlAssignment | null {
  const own = assignments.filter((assignment) => assignment.path === path).at(-1)
  if (own !== undefined) return own.value === null ? null : own
  return assignments.filter(({ path: pattern, value }) => value !== null && matches(pattern, path)).at(-1) ?? null
}

function matches(pattern: string, path: string): boolean {
  if (!/[*?[]/.test(pattern)) return false
  const names = path.split('/')
  const pieces = pattern.split('/')
  return pieces.length === names.length && pieces.every((piece, index) => globMatcher(piece)(names[index] ?? ''))
}

/** What a key is set to at the next boot, and where; null: by no file. */
export function configured(path: string, config: SysctlConfig): SysctlAssignment | null {
  const found = setBy(path).flatMap((name) => lastFor(name, config) ?? [])
  return found.reduce<SysctlAssignment | null>(
    (last, one) => (last === null || config.assignments.indexOf(one) > config.assignments.indexOf(last) ? one : last),
    null,
  )
}

export const place = ({ file, line }: SysctlAssignment): string => `${file}:${line}`

export const later = 'What ufw, Docker or NetworkManager set after that is not told by these files.'

export function unset(path: string, { unread }: SysctlConfig): string {
  const lost = unread.filter((assignment) => assignment.path === path).at(-1)
  const advice = `The next boot leaves the kernel's own value: write \`${keyOf(path)} = …\` to a file in /etc/sysctl.d.`
  return sentences(lost === undefined ? '' : `${place(lost)} has it, but systemd-sysctl does not read that file.`, advice, later)
}
