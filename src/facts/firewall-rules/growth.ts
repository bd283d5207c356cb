import type { Chain, Counters, Rule, Ruleset, Table } from './value.js'

function difference(before: Counters | null | undefined, after: Counters | null): Counters | null {
  if (before === null || before === undefined || after === null) return null
  const packets = after.packets - before.packets
  const bytes = after.bytes - before.bytes
  // Counters that were reset in between tell nothing.
  return packets < 0 || bytes < 0 ? null : { packets, bytes }
}

/** The second reading, with how much each counter grew since the first; null where the rule was not the same one. */
export function grow(first: Ruleset, second: Ruleset, afterMs: number): Ruleset {
  const tables = second.tables.map((table): Table => {
    const before = first.tables.find(({ tool, family, name }) => tool === table.tool && family === table.family && name === table.name)
    return {
      ...table,
      chains: table.chains.map((chain) =>
        growChain(
          before?.chains.find(({ name }) => name === chain.name),
          chain,
        ),
      ),
    }
  })
  return { ...second, tables, growthMs: Math.max(0, Math.round(afterMs)) }
}

function growChain(before: Chain | undefined, chain: Chain): Chain {
  const known = new Map(before?.rules.map((rule) => [identity(rule), rule.counters]))
  return {
    ...chain,
    growth: difference(before?.counters, chain.counters),
    rules: chain.rules.map((rule) => ({ ...rule, growth: difference(known.get(identity(rule)), rule.counters) })),
  }
}

/** nft's handle never comes again; a rule of iptables is the same where its place and its words are. */
const identity = ({ handle, position, text }: Rule): string => (handle === null ? `${position} ${text}` : String(handle))
