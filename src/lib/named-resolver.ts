import type { Inventory, Resolver } from '../model/inventory.js'

/** The resolver that goes by a name, its own or another; null when none does. */
export function namedResolver(
  { resolvers }: Pick<Inventory, 'resolvers'>,
  name: string,
): { readonly name: string; readonly resolver: Resolver } | null {
  const own = resolvers.get(name)
  if (own !== undefined) return { name, resolver: own }
  for (const [known, resolver] of resolvers) if (resolver.aliases.includes(name)) return { name: known, resolver }
  return null
}

/** All names that mean a resolver. */
export const resolverNames = ({ resolvers }: Pick<Inventory, 'resolvers'>): readonly string[] =>
  [...resolvers].flatMap(([name, { aliases }]) => [name, ...aliases])
