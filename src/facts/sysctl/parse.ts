import { NotUnderstood } from '../../lib/errors.js'
import type { SysctlEntry, SysctlValues } from './value.js'

const mostNames = 500

/**
 * What the script of this fact prints, one value for each path.
 * @throws NotUnderstood
 */
export function readSysctl(stdout: string, count: number): readonly SysctlValues[] {
  const sections = stdout.split(/^@ /m)
  if (sections.shift() !== '' || sections.length !== count) throw new NotUnderstood(`what ${count} paths of /proc/sys hold`, stdout)
  return sections.map((section, index) => {
    const [first, ...lines] = section.split('\n')
    if (first !== String(index)) throw new NotUnderstood(`path ${index}`, section)
    return readSection(lines)
  })
}

function readSection(lines: readonly string[]): SysctlValues {
  const entries: SysctlEntry[] = []
  let nearby: { folder: string; names: string[] } | null = null
  for (const line of lines) {
    const [, mark, text = ''] = /^([/?!-]) ?(.*)$/.exec(line) ?? []
    const last = entries.at(-1)
    if (mark === '/') entries.push({ path: text, value: null, problem: null })
    else if (mark === '?') nearby = { folder: text, names: [] }
    else if (mark === '-' && nearby !== null && nearby.names.length < mostNames) nearby.names.push(text)
    else if (mark === '!' && last !== undefined)
      entries[entries.length - 1] = { ...last, problem: text === 'denied' ? 'denied' : 'unreadable' }
    else if (line.startsWith(' ') && last !== undefined) {
      entries[entries.length - 1] = { ...last, value: last.value === null ? line.slice(1) : `${last.value}\n${line.slice(1)}` }
    } else if (line !== '' && mark !== '-') throw new NotUnderstood('a value of /proc/sys', line)
  }
  if (entries.length === 0 && nearby === null) throw new NotUnderstood('a value of /proc/sys, or what is near it', lines.join('\n'))
  // A value may be empty; one that was refused halfway is none.
  return {
    entries: entries.map((entry) => (entry.problem === null ? { ...entry, value: entry.value ?? '' } : { ...entry, value: null })),
    nearby,
  }
}
