import { NotUnderstood } from '../../lib/errors.js'
import { readSections } from '../../lib/marked-sections.js'
import type { CommandOutput } from '../../model/fact.js'
import type { ProtocolCounters } from './value.js'

const most = 5_000

/**
 * Reads /proc/net/snmp and /proc/net/netstat (pairs of lines: `Tcp: RtoMin …`, `Tcp: 200 …`; `snmp_seq_show` in net/ipv4/proc.c) and
 * /proc/net/snmp6 (`Ip6InReceives 1`; net/ipv6/proc.c), which is not there without IPv6.
 * @throws NotUnderstood
 */
export function readCounters({ stdout, again }: CommandOutput): ProtocolCounters {
  const before = readOnce(stdout)
  if (again === undefined) {
    return { afterMs: null, counters: [...before].map(([name, value]) => ({ name, before: value, after: null })) }
  }
  const after = readOnce(again.stdout)
  const names = [...new Set([...before.keys(), ...after.keys()])]
  return {
    afterMs: again.afterMs,
    counters: names.map((name) => ({ name, before: before.get(name) ?? null, after: after.get(name) ?? null })),
  }
}

function readOnce(stdout: string): ReadonlyMap<string, string> {
  const found = readSections(stdout, ['snmp', 'netstat', 'snmp6'], 'the counters of /proc/net')
  const snmp = found.get('snmp')
  if (snmp === undefined) throw new NotUnderstood('/proc/net/snmp', stdout)
  const counters = new Map<string, string>()
  readPairs(snmp, counters)
  readPairs(found.get('netstat') ?? '', counters)
  for (const line of linesOf(found.get('snmp6') ?? '')) {
    const [, name, value] = /^([A-Z]\w*)\s+(\d{1,20})$/.exec(line) ?? []
    if (name === undefined || value === undefined) throw new NotUnderstood('a line of /proc/net/snmp6', line)
    put(counters, name, value)
  }
  return counters
}

const linesOf = (text: string): readonly string[] => text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]))

function readPairs(text: string, counters: Map<string, string>): void {
  const lines = linesOf(text)
  for (let index = 0; index < lines.length; index += 2) {
    const [group = '', ...names] = (lines[index] ?? '').split(/\s+/)
    const [same, ...values] = (lines[index + 1] ?? '').split(/\s+/)
    const whole = /^[A-Z]\w*:$/.test(group) && group === same && names.length === values.length
    if (!whole || !names.every((name) => /^\w+$/.test(name)) || !values.every((value) => /^-?\d{1,20}$/.test(value)))
      throw new NotUnderstood('names and values of one group of counters', `${lines[index]}\n${lines[index + 1] ?? ''}`)
    for (const [place, name] of names.entries()) put(counters, `${group.slice(0, -1)}${name}`, values[place] ?? '')
  }
}

function put(counters: Map<string, string>, name: string, value: string): void {
  if (counters.size < most && !counters.has(name)) counters.set(name, value)
}
