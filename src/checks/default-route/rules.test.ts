import { expect, test } from 'vitest'
import type { Rule, Rules } from '../../facts/rules/index.js'
import { evaluate, front, hop, tables, to } from './cases.js'

const rule = (priority: number, table: string | null, more: Partial<Rule> = {}): Rule => ({
  ...{ priority, table, from: null, to: null, further: '', protocol: null, ...more },
})
const kernels = [rule(0, 'local'), rule(32_766, 'main'), rule(32_767, 'default')]
const tunnel = to('0.0.0.0/0', [hop(null, 'wg0')], { table: '51820' })

/** What is said of the count, with these rules beside the kernel's own. */
function remark(...added: readonly Rule[]): string | undefined {
  const rules: Rules = { family: 'inet', shown: true, rules: [...kernels, ...added].toSorted((a, b) => a.priority - b.priority) }
  const [count] = evaluate({}, tables(front, tunnel), undefined, rules)
  expect(count?.verdict).toBe('pass')
  return count?.message
}

test.each<[string, readonly Rule[], string]>([
  ["the kernel's own", [], ''],
  [
    'those of wg-quick',
    [rule(32_764, 'main', { further: 'suppress_prefixlength 0' }), rule(32_765, '51820', { further: 'not fwmark 0xca6c' })],
    'Hardly any traffic takes it: the rule `32765: from all not fwmark 0xca6c lookup 51820` comes before table main and leads to dev wg0, as VPN clients set it.',
  ],
  [
    'one that turns all packets away',
    [rule(5, null, { further: 'prohibit' })],
    'Hardly any traffic takes it: the rule `5: from all prohibit` comes before table main and turns packets away.',
  ],
  ['of some packets', [rule(5, '51820', { from: '192.0.2.0/24' }), rule(6, '51820', { further: 'fwmark 0x1' })], ''],
  ['to a table without a default route', [rule(5, '99')], ''],
  ['behind table main', [rule(40_000, '51820')], ''],
])('rules before table main: %s', (_, added, expected) => {
  expect(remark(...added)).toBe(expected)
})
