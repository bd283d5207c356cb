import type { SysctlAssignment, SysctlConfig } from '../../facts/sysctl-config/index.js'
import { globMatcher } from '../../lib/glob.js'
import { sentences } from '../../lib/sentences.js'
import { keyOf, pathOf } from '../../lib/sysctl-key.js'
import type { Finding } from '../../model/check.js'
import { asksForwarding, combinationOf, combine, describeCombination } from './combination.js'
import { type PerInterface, pathFor, perInterface } from './key.js'
import type { Spec } from './schema.js'
import { describeExpected, isExpected, showValue } from './value.js'

/** What files say of the next boot. @param devices for `interfaces: all`. */
export function judgeBoot(spec: Spec, devices: readonly string[], config: SysctlConfig): readonly Finding[] {
  const path = pathOf(spec.key)
  const setting = perInterface(path)
  if (setting === null) return [judgeKey(spec, path, config)]
  const effective = spec.effective ?? setting.device === '*'
  return devices.map((device) =>
    effective ? judgeInterface(spec, { ...setting, device }, config) : judgeKey(spec, pathFor(setting, device), config),
  )
}

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

function configured(path: string, config: SysctlConfig): SysctlAssignment | null {
  const found = setBy(path).flatMap((name) => lastFor(name, config) ?? [])
  return found.reduce<SysctlAssignment | null>(
    (last, one) => (last === null || config.assignments.indexOf(one) > config.assignments.indexOf(last) ? one : last),
    null,
  )
}

const place = ({ file, line }: SysctlAssignment): string => `${file}:${line}`

function judgeKey(spec: Spec, path: string, config: SysctlConfig): Finding {
  const finding = { subject: `sysctl ${keyOf(path)} at the next boot`, expected: describeExpected(spec.value) }
  const found = configured(path, config)
  if (found === null) return { ...finding, verdict: 'fail', actual: 'set by no file', message: unset(path, config) }
  const value = found.value ?? ''
  const actual = `${showValue(value)} (${place(found)})`
  if (isExpected(spec.value, value)) return { ...finding, verdict: 'pass', actual, message: '' }
  return { ...finding, verdict: 'fail', actual, message: `Change it there, or in a file whose name comes later. ${later}` }
}

const later = 'What ufw, Docker or NetworkManager set after that is not told by these files.'

function unset(path: string, { unread }: SysctlConfig): string {
  const lost = unread.filter((assignment) => assignment.path === path).at(-1)
  const advice = `The next boot leaves the kernel's own value: write \`${keyOf(path)} = …\` to a file in /etc/sysctl.d.`
  return sentences(lost === undefined ? '' : `${place(lost)} has it, but systemd-sysctl does not read that file.`, advice, later)
}

/** On an interface of its own configuration; it begins with what `default` says where that is all there is. */
function judgeInterface(spec: Spec, setting: PerInterface, config: SysctlConfig): Finding {
  const path = pathFor(setting, setting.device)
  const finding = { subject: `sysctl ${keyOf(path)} in effect at the next boot`, expected: describeExpected(spec.value) }
  const combination = combinationOf(setting) ?? 'own'
  const shared = configured(pathFor(setting, 'all'), config)
  const own = combination === 'all' ? shared : (configured(path, config) ?? configured(pathFor(setting, 'default'), config))
  const all = combination === 'own' ? own : shared
  const forwarding = asksForwarding(combination) ? configured(pathFor({ ...setting, setting: 'forwarding' }, setting.device), config) : null
  if (own === null || all === null) {
    const wanting = own === null && combination !== 'all' ? pathFor(setting, 'default') : pathFor(setting, 'all')
    return { ...finding, verdict: 'fail', actual: `${keyOf(wanting)} is set by no file`, message: unset(wanting, config) }
  }
  const numbers = { all: Number(all.value), own: Number(own.value), forwarding: forwarding !== null && Number(forwarding.value) !== 0 }
  if (Number.isNaN(numbers.all) || Number.isNaN(numbers.own))
    return { ...finding, verdict: 'error', actual: `${all.value} and ${own.value}`, message: 'These are no numbers.' }
  const value = String(combine(combination, numbers))
  const actual = `${value} (${[...new Set([place(all), place(own)])].join(', ')})`
  if (isExpected(spec.value, value)) return { ...finding, verdict: 'pass', actual, message: '' }
  const why = describeCombination(combination, setting.device, numbers)
  return { ...finding, verdict: 'fail', actual, message: `${why.charAt(0).toUpperCase()}${why.slice(1)}. Change the files. ${later}` }
}
