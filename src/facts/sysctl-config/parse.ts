import { NotUnderstood } from '../../lib/errors.js'
import { pathOf } from '../../lib/sysctl-key.js'
import type { SysctlAssignment, SysctlConfig } from './value.js'

const most = 5_000
const old = '/etc/sysctl.conf'

interface File {
  readonly path: string
  readonly lines: string[]
  /** It is a link to /etc/sysctl.conf. */
  linked: boolean
}

/**
 * What the script of this fact prints: files in the order of their folders' precedence. Of files with one name the first counts; they
 * are carried out by name, whatever their folder (sysctl.d(5)). systemd-sysctl does not read /etc/sysctl.conf, which many
 * distributions mend with a link; every other program reads it last.
 * @throws NotUnderstood
 */
export function readSysctlConfig(stdout: string): SysctlConfig {
  const { systemd, files } = readFiles(stdout)
  const byName = new Map<string, File>()
  for (const file of files) {
    const name = file.path.slice(file.path.lastIndexOf('/') + 1)
    if (file.path !== old && !byName.has(name)) byName.set(name, file)
  }
  const ordered = [...byName].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, file]) => file)
  const last = files.filter(({ path }) => path === old)
  const isRead = !systemd || ordered.some(({ linked }) => linked)
  return {
    assignments: bounded([...ordered, ...(systemd ? [] : last)].flatMap(assignmentsOf)),
    unread: isRead ? [] : bounded(last.flatMap(assignmentsOf)),
  }
}

/** The last assignment of a key is the one that counts: none may be left out. @throws NotUnderstood */
function bounded(all: readonly SysctlAssignment[]): readonly SysctlAssignment[] {
  if (all.length > most) throw new NotUnderstood(`at most ${most} assignments in the files of sysctl.d`, String(all.length))
  return all
}

function readFiles(stdout: string): { readonly systemd: boolean; readonly files: readonly File[] } {
  const files: File[] = []
  let systemd = false
  let ended = false
  for (const line of stdout.split('\n')) {
    const last = files.at(-1)
    if (ended && line !== '') throw new NotUnderstood('the files of sysctl.d', line)
    if (line === '@ end') ended = true
    else if (line === '@ systemd') systemd = true
    else if (line.startsWith('/ ')) files.push({ path: line.slice(2), lines: [], linked: false })
    else if (line === '= linked' && last !== undefined) last.linked = true
    else if (line.startsWith(' ') && last !== undefined) last.lines.push(line.slice(1))
    else if (line !== '') throw new NotUnderstood('the files of sysctl.d', line)
  }
  if (!ended) throw new NotUnderstood('the files of sysctl.d, whole', stdout)
  return { systemd, files }
}

/** `key = value`, `-key = value` (a failure does not matter), `-key`; `#` and `;` begin comments. Others are passed over. */
function assignmentsOf({ path: file, lines }: File): readonly SysctlAssignment[] {
  return lines.flatMap((line, index): SysctlAssignment[] => {
    const text = line.trim()
    const [, dash, key, , value] = /^(-?)\s*([^\s=#;-][^\s=]*)\s*(=\s*(.*))?$/.exec(text) ?? []
    if (/^[#;]/.test(text) || key === undefined || (value === undefined && dash !== '-')) return []
    return [{ path: pathOf(key), value: value === undefined ? null : value.trim(), file, line: index + 1 }]
  })
}
