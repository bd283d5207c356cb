import type { AddressFamily } from '../../lib/iproute2/route.js'
import { networkOf, wholeOf } from './text-values.js'
import type { ConfiguredRule, Place } from './value.js'

/** These narrow a rule further, or belong to it; each has one word behind it. They are kept in the rule's text alone. */
const further = new Set([
  'iif',
  'oif',
  'dev',
  'fwmark',
  'tos',
  'dsfield',
  'ipproto',
  'sport',
  'dport',
  'uidrange',
  'suppress_prefixlength',
  'type',
])

/**
 * Reads a rule in the words of `ip rule add` (ip-rule(8)): `from 192.0.2.0/24 table 100 priority 5`.
 * @param family of a rule from and to anywhere. @returns null when it is not understood.
 */
export function ruleOfWords(text: string, { file, line }: Place, family: AddressFamily): ConfiguredRule | null {
  const words = text.split(/\s+/).filter((word) => word !== '')
  const found: { from: string | null; to: string | null; table: string | null; priority: number | null } = {
    from: null,
    to: null,
    table: null,
    priority: null,
  }
  let own: AddressFamily | null = null
  for (let at = 0; at < words.length; at += 2) {
    const key = words[at] ?? ''
    const value = words[at + 1]
    if (value === undefined) return null
    if (key === 'from' || key === 'to') {
      if (value === 'all' || value === 'any') continue
      const network = networkOf(value)
      if (network === null || (own !== null && own !== network.family)) return null
      own = network.family
      found[key] = network.prefix
    } else if (key === 'table' || key === 'lookup') found.table = value === '254' ? 'main' : value
    else if (key === 'priority' || key === 'pref' || key === 'preference' || key === 'order' || key === 'prio') {
      found.priority = wholeOf(value)
      if (found.priority === null) return null
    } else if (!further.has(key)) return null
  }
  return { file, line, family: own ?? family, ...found, text: words.join(' ') }
}
