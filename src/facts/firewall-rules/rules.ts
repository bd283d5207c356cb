import { printableLine } from '../../lib/printable.js'
import type { Rule, Statement } from './value.js'

/** More than any host has; a limit for what is not a ruleset. */
export const mostRules = 100_000
/** Sets with more elements than this are not looked into. */
export const mostElements = 20_000

const conditions: readonly Statement['kind'][] = ['test', 'lookup', 'bits', 'unsure']

/** Conditions at the end of a rule that does nothing else are of no consequence. */
function withoutIdle(statements: readonly Statement[]): readonly Statement[] {
  const last = statements.findLastIndex(({ kind }) => !conditions.includes(kind))
  return statements.slice(0, last + 1)
}

export function toRule(rule: Omit<Rule, 'growth'>): Rule {
  return {
    ...rule,
    text: printableLine(rule.text, 240),
    comment: rule.comment === null ? null : printableLine(rule.comment, 120),
    growth: null,
    statements: withoutIdle(rule.statements),
  }
}
