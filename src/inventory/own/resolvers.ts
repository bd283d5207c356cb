import { addressFamily, canonicalAddress } from '../../lib/address.js'
import { isAddressLiteral } from '../../lib/target-name.js'
import type { Resolver } from '../../model/inventory.js'
import type { OwnInventory, OwnResolver } from './schema.js'

/** What is written under a name of `resolvers`; a list is its addresses alone. */
type Written = NonNullable<OwnInventory['resolvers']>[string]

/** The resolvers that an inventory names. */
export function readResolvers({ resolvers = {} }: OwnInventory): ReadonlyMap<string, Resolver> {
  return new Map(
    Object.entries(resolvers).flatMap(([name, written]) => {
      const own = readWritten(written)
      const [first, ...rest] = inOrder(own.addresses.flatMap((address) => resolverAddress(address) ?? []))
      return first === undefined ? [] : [[name, readResolver(own, [first, ...rest])] as const]
    }),
  )
}

export const readWritten = (written: Written): OwnResolver =>
  Array.isArray(written) ? { addresses: written as readonly string[] as string[] } : (written as OwnResolver)

/** The one spelling of an address; a link-local one keeps its zone, without which it could not be asked. null: it is none. */
export function resolverAddress(text: string): string | null {
  if (!isAddressLiteral(text)) return null
  return `${canonicalAddress(text)}${/%.*$/.exec(text)?.[0] ?? ''}`
}

const inOrder = (addresses: readonly string[]): readonly string[] =>
  [4, 6].flatMap((family) => addresses.filter((address) => addressFamily(address) === family))

function readResolver(own: OwnResolver, addresses: Resolver['addresses']): Resolver {
  return {
    addresses,
    port: own.port ?? 53,
    rate: own.rate ?? null,
    aliases: [own.aliases ?? []].flat(),
    operator: own.operator ?? null,
    country: null,
    scope: own.scope ?? 'any',
    filter: own.filter ?? 'none',
    confidence: 'inventory',
    note: null,
  }
}
