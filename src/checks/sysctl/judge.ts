import type { SysctlEntry, SysctlValues } from '../../facts/sysctl/index.js'
import { keyOf, pathOf } from '../../lib/sysctl-key.js'
import type { Finding } from '../../model/check.js'
import { asksForwarding, combinationOf, combine, describeCombination } from './combination.js'
import { type PerInterface, pathFor, perInterface } from './key.js'
import { caveat, missing, refused, whoSets } from './messages.js'
import type { Spec } from './schema.js'
import { describeExpected, isExpected, showValue } from './value.js'

export interface Seen {
  /** Of the key itself; for a setting of interfaces, of all that have it. */
  readonly values: SysctlValues
  /** Of every interface of the family; null where nothing depends on it. */
  readonly forwarding: SysctlValues | null
}

export function judge(spec: Spec, seen: Seen): readonly Finding[] {
  const path = pathOf(spec.key)
  const setting = perInterface(path)
  if (setting === null) return [judgeFile(spec, path, seen.values)]
  const named = devicesOf(spec, seen.values)
  const effective = spec.effective ?? setting.device === '*'
  if (spec.interfaces === 'all' && named.length === 0) return [nobody(spec, path, seen.values)]
  return named.map((device) =>
    effective ? judgeEffective(spec, { ...setting, device }, seen) : judgeFile(spec, pathFor(setting, device), seen.values),
  )
}

/** The interfaces that are meant; of a key that names one, that. */
export function devicesOf({ key, interface: device, interfaces }: Spec, values: SysctlValues): readonly string[] {
  return interfaces === 'all' ? existing(values) : (interfaces ?? [device ?? perInterface(pathOf(key))?.device ?? ''])
}

const deviceOf = ({ path }: SysctlEntry): string => perInterface(path)?.device ?? ''

const existing = ({ entries }: SysctlValues): readonly string[] =>
  entries.map(deviceOf).filter((device) => !['all', 'default', 'lo', ''].includes(device))

function nobody(spec: Spec, path: string, values: SysctlValues): Finding {
  const message = values.entries.length > 0 ? 'The host has no interface but lo.' : missing(path, values)
  return { subject: `sysctl ${keyOf(path)}`, verdict: 'error', expected: describeExpected(spec.value), actual: 'not known', message }
}

function judgeFile(spec: Spec, path: string, values: SysctlValues): Finding {
  const expected = describeExpected(spec.value)
  const finding = { subject: `sysctl ${keyOf(path)}`, expected }
  const read = readEntry(path, values)
  if ('message' in read) return { ...finding, verdict: 'error', ...read }
  const actual = showValue(read.value)
  if (isExpected(spec.value, read.value)) return { ...finding, verdict: 'pass', actual, message: caveat(path) }
  return { ...finding, verdict: 'fail', actual, message: [whoSets(path), caveat(path)].filter((words) => words !== '').join(' ') }
}

function readEntry(path: string, values: SysctlValues): { readonly value: string } | { readonly actual: string; readonly message: string } {
  const entry = values.entries.find((candidate) => candidate.path === path)
  if (entry === undefined) return { actual: 'no such key', message: unknownDevice(path, values) ?? missing(path, values) }
  if (entry.value === null) return { actual: 'not readable', message: refused(entry) }
  return { value: entry.value }
}

/** The setting exists, but not for this interface. */
function unknownDevice(path: string, values: SysctlValues): string | null {
  const setting = perInterface(path)
  if (setting === null || values.entries.length === 0) return null
  const stack = setting.family === 'ipv4' ? 'IPv4' : 'IPv6'
  return `The host has no interface ${setting.device} with ${stack}; it has ${values.entries
    .map(deviceOf)
    .filter((device) => device !== 'all' && device !== 'default')
    .join(', ')}.`
}

/** What is in effect on one interface. The room's `problems` has refused settings whose combination is not known. */
function judgeEffective(spec: Spec, setting: PerInterface, { values, forwarding }: Seen): Finding {
  const path = pathFor(setting, setting.device)
  const finding = { subject: `sysctl ${keyOf(path)} in effect`, expected: describeExpected(spec.value) }
  const combination = combinationOf(setting) ?? 'own'
  const needed = { all: pathFor(setting, 'all'), own: path, forwarding: pathFor({ ...setting, setting: 'forwarding' }, setting.device) }
  const own = readNumber(needed.own, values)
  const all = readNumber(needed.all, values)
  const forwards = asksForwarding(combination) && forwarding !== null ? readNumber(needed.forwarding, forwarding) : { number: 0 }
  if ('message' in own) return { ...finding, verdict: 'error', ...own }
  if ('message' in all) return { ...finding, verdict: 'error', ...all }
  if ('message' in forwards) return { ...finding, verdict: 'error', ...forwards }
  const parts = { all: all.number, own: own.number, forwarding: forwards.number !== 0 }
  const actual = String(combine(combination, parts))
  const why = describeCombination(combination, setting.device, parts)
  if (isExpected(spec.value, actual)) return { ...finding, verdict: 'pass', actual, message: '' }
  return { ...finding, verdict: 'fail', actual, message: `${capital(why)}. ${whoSets(combination === 'all' ? needed.all : path)}` }
}

function readNumber(
  path: string,
  values: SysctlValues,
): { readonly number: number } | { readonly actual: string; readonly message: string } {
  const read = readEntry(path, values)
  if ('message' in read) return { actual: read.actual, message: `${keyOf(path)}: ${read.message}` }
  if (!/^-?\d+$/.test(read.value)) return { actual: showValue(read.value), message: `${keyOf(path)} is no number.` }
  return { number: Number(read.value) }
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
