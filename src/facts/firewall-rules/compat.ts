import type { Chain, Rule, Statement, Table } from './value.js'

const isForeign = ({ kind, ...statement }: Statement): boolean =>
  (kind === 'unsure' || kind === 'opaque') && 'what' in statement && statement.what.startsWith('xt ')

/**
 * iptables 1.8 keeps its tables in nft's, with parts that nft's JSON names only (`{"xt": …}`). Such a rule is read in the words of
 * iptables-save, which lists the same rules in the same order; all others as nft shows them, since that is what the kernel does.
 * Where both do not list the same number of rules in a chain, the parts stay unknown.
 */
export function mergeCompat(tables: readonly Table[], compat: readonly Table[]): readonly Table[] {
  return tables.map((table) => {
    const twin = compat.find(({ family, name }) => family === table.family && name === table.name)
    if (twin === undefined) return table
    const same = table.chains.every((chain) => twinOf(chain, twin)?.rules.length === chain.rules.length)
    if (!same) return table
    return { ...table, tool: twin.tool, chains: table.chains.map((chain) => mergeChain(chain, twinOf(chain, twin))) }
  })
}

const twinOf = (chain: Chain, twin: Table): Chain | undefined => twin.chains.find(({ name }) => name === chain.name)

function mergeChain(chain: Chain, twin: Chain | undefined): Chain {
  const counters = chain.base === null ? null : (twin?.counters ?? null)
  return { ...chain, counters, rules: chain.rules.map((rule, index) => mergeRule(rule, twin?.rules[index])) }
}

function mergeRule(rule: Rule, twin: Rule | undefined): Rule {
  if (twin === undefined) return rule
  const { text, comment } = twin
  return rule.statements.some(isForeign) ? { ...rule, text, comment, statements: twin.statements } : { ...rule, text, comment }
}
