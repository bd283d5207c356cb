import { formatPrefix, parsePrefix } from '../../lib/address.js'
import { NotUnderstood } from '../../lib/errors.js'
import type { AddressFamily } from '../../lib/iproute2/route.js'
import { tableType } from '../../lib/iproute2/table-name.js'
import type { Rule } from './value.js'

/**
 * Reads `ip rule show`, which has looked alike since iproute2 2.6 (`print_rule` in ip/iprule.c). BusyBox names the action of a rule
 * without a table as one: `lookup unspec prohibit`.
 * @throws NotUnderstood
 */
export function readRules(stdout: string, family: AddressFamily): readonly Rule[] {
  const lines = stdout.split('\n').filter((line) => line.trim() !== '')
  const rules = lines.map((line) => readRule(line, family))
  // The kernel begins with the table local, and nobody removes that unless to put it behind others.
  if (rules.length === 0) throw new NotUnderstood('rules of ip rule', stdout)
  return rules
}

function readRule(line: string, family: AddressFamily): Rule {
  const [, priority, rest = ''] = /^(\d{1,10}):\s+(\S.*?)\s*$/.exec(line) ?? []
  if (priority === undefined) throw new NotUnderstood('a rule of ip rule', line)
  const words = rest.replace(' lookup unspec ', ' ').split(/\s+/)
  const further: string[] = []
  const found: { from: string | null; to: string | null; table: string | null; protocol: string | null } = {
    from: null,
    to: null,
    table: null,
    protocol: null,
  }
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    const value = words[at + 1]
    if (!['from', 'to', 'lookup', 'table', 'proto'].includes(word)) {
      further.push(word)
      continue
    }
    if (value === undefined) throw new NotUnderstood('a rule of ip rule', line)
    at += 1
    if (word === 'proto') found.protocol = value
    else if (word === 'lookup' || word === 'table') found.table = tableType.read(value)
    else found[word === 'from' ? 'from' : 'to'] = readPrefix(value, family, line)
  }
  return {
    priority: Number(priority),
    from: found.from,
    to: found.to,
    table: found.table,
    further: further.join(' '),
    protocol: found.protocol,
  }
}

function readPrefix(text: string, family: AddressFamily, line: string): string | null {
  if (text === 'all') return null
  const prefix = parsePrefix(text.startsWith('0/') ? `${family === 'inet' ? '0.0.0.0' : '::'}/${text.slice(2)}` : text)
  if (prefix === null || (prefix.family === 4) !== (family === 'inet')) throw new NotUnderstood(`a prefix of family ${family}`, line)
  return formatPrefix(prefix)
}
