import { diagnosticAt, type LoadedDocument } from '../../documents/index.js'
import { canonicalAddress } from '../../lib/address.js'
import type { Diagnostic } from '../../model/diagnostic.js'
import type { Resolver } from '../../model/inventory.js'
import type { OwnInventory, OwnResolver } from './schema.js'

/** The resolvers that an inventory names; a list is its addresses alone. */
export function readResolvers({ resolvers = {} }: OwnInventory): ReadonlyMap<string, Resolver> {
  return new Map(
    Object.entries(resolvers).flatMap(([name, own]) => {
      const [first, ...rest] = addressesOf(own).flatMap((address) => canonicalAddress(address) ?? [])
      return first === undefined
        ? []
        : [[name, readResolver(Array.isArray(own) ? undefined : (own as OwnResolver), [first, ...rest])] as const]
    }),
  )
}

function readResolver(own: OwnResolver | undefined, addresses: Resolver['addresses']): Resolver {
  return {
    addresses,
    port: own?.port ?? 53,
    rate: own?.rate ?? null,
    aliases: [own?.aliases ?? []].flat(),
    operator: own?.operator ?? null,
    country: null,
    scope: own?.scope ?? 'any',
    filter: own?.filter ?? 'none',
    confidence: 'inventory',
    note: null,
  }
}

const addressesOf = (own: readonly string[] | OwnResolver): readonly string[] =>
  'addresses' in own ? own.addresses : (own as readonly string[])

/** What the schema cannot say: texts that are no addresses, and names that mean two resolvers. */
export function resolverProblems(document: LoadedDocument, { resolvers = {} }: OwnInventory): readonly Diagnostic[] {
  const owners = new Map(Object.keys(resolvers).map((name) => [name, name]))
  return Object.entries(resolvers).flatMap(([name, own]) => {
    const inside = Array.isArray(own) ? [] : ['addresses']
    const addresses = addressesOf(own).flatMap((address, index) => {
      if (canonicalAddress(address) !== null) return []
      const message = `expected an IP address, found "${address}"`
      return [diagnosticAt(document, ['resolvers', name, ...inside, index], { code: 'wrong-value', message })]
    })
    const aliases = 'addresses' in own ? [own.aliases ?? []].flat() : []
    const conflicts = aliases.flatMap((alias) => {
      const owner = owners.get(alias)
      owners.set(alias, name)
      if (owner === undefined || owner === name) return []
      const message = `"${alias}" already means the resolver ${owner}`
      return [
        diagnosticAt(document, ['resolvers', name, 'aliases'], { code: 'duplicate-name', message, hint: 'give each name to one resolver' }),
      ]
    })
    return [...addresses, ...conflicts]
  })
}
