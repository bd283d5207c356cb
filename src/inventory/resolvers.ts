import type { Resolver } from '../model/inventory.js'

type Resolvers = ReadonlyMap<string, Resolver>

/**
 * One table of several. Whoever names a resolver, by its name or by an alias, puts his own in its place, and its other names lead there
 * as well: otherwise a runbook that says `lguplus` would still ask the carrier that an inventory has replaced under the name `lgu`.
 */
export function mergeResolvers(strongestFirst: readonly Resolvers[]): Resolvers {
  return strongestFirst.reduce(overlay, new Map())
}

function overlay(stronger: Resolvers, weaker: Resolvers): Resolvers {
  const owners = new Map([...stronger].flatMap(([name, { aliases }]) => aliases.map((alias) => [alias, name] as const)))
  for (const name of stronger.keys()) owners.set(name, name)
  const merged = new Map(stronger)
  for (const [name, resolver] of weaker) {
    // An alias of the stronger table takes away an alias of the weaker one, but not the resolver.
    const owner = owners.get(name) ?? resolver.aliases.find((alias) => stronger.has(alias))
    const free = resolver.aliases.filter((alias) => !owners.has(alias))
    if (owner === undefined) merged.set(name, { ...resolver, aliases: free })
    else addAliases(merged, owner, owners.has(name) ? free : [name, ...free])
  }
  return merged
}

function addAliases(resolvers: Map<string, Resolver>, name: string, aliases: readonly string[]): void {
  const resolver = resolvers.get(name)
  if (resolver !== undefined) resolvers.set(name, { ...resolver, aliases: [...resolver.aliases, ...aliases] })
}
