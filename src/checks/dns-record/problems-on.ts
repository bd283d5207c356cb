import { namedResolver, resolverNames } from '../../lib/named-resolver.js'
import { nearestHint } from '../../lib/nearest.js'
import type { CheckContext, SpecProblem } from '../../model/check.js'
import { isAsked } from './family.js'
import { readResolver, type Server, showServer } from './resolver-words.js'
import { asList, type DnsNamesSpec } from './spec.js'

/** Faults that only the inventory shows: resolvers that it has not, that have no address of the family, or that are named twice. */
export function problemsOn(spec: DnsNamesSpec, { inventory }: CheckContext): readonly SpecProblem[] {
  const isList = Array.isArray(spec.resolvers)
  const takenBy = new Map<string, string>()
  return asList(spec.resolvers).flatMap((entry, index): readonly SpecProblem[] => {
    const path = isList ? ['resolvers', index] : ['resolvers']
    const servers = serversOf(entry)
    if (servers === null) return [unknown(path, entry)]
    const asked = servers.filter(({ address }) => isAsked(spec, address))
    if (servers.length > 0 && asked.length === 0) return [{ path, message: `${entry} has no address of the family that is asked for` }]
    const twice = asked.find((server) => takenBy.has(showServer(server)))
    if (twice !== undefined) {
      const message = `${entry} and ${takenBy.get(showServer(twice))} are the same resolver (${showServer(twice)})`
      return [{ path, message, hint: 'name it once: each entry counts for the quorum' }]
    }
    for (const server of asked) takenBy.set(showServer(server), entry)
    return []
  })

  /** null: there is no such resolver. */
  function serversOf(entry: string): readonly Server[] | null {
    const word = readResolver(entry)
    if (typeof word === 'string') return []
    if (word.kind === 'server') return [word.server]
    if (word.kind !== 'name') return []
    const resolver = namedResolver(inventory, entry)?.resolver
    return resolver === undefined ? null : resolver.addresses.map((address) => ({ address, port: resolver.port }))
  }

  function unknown(path: SpecProblem['path'], entry: string): SpecProblem {
    const host = inventory.hosts.get(entry)
    const hint =
      host === undefined
        ? nearestHint(entry, [...resolverNames(inventory), 'system', 'authoritative'])
        : `${entry} is a host: write its address, or name it in the inventory: \`resolvers: { ${entry}: [address] }\``
    const elsewhere = 'see `netproof list resolvers`; an inventory adds its own: `resolvers: { office: [10.0.0.53] }`'
    return { path, message: `no resolver is called "${entry}"`, hint: hint ?? elsewhere }
  }
}
