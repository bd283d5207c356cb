import { diagnosticAt, type LoadedDocument } from '../../documents/index.js'
import { canonicalAddress } from '../../lib/address.js'
import type { Diagnostic } from '../../model/diagnostic.js'
import { readWritten, resolverAddress } from './resolvers.js'
import type { OwnInventory, OwnResolver } from './schema.js'

type Path = readonly (string | number)[]

/** What the schema cannot say: texts that are no addresses, names that mean two resolvers or something else. */
export function resolverProblems(document: LoadedDocument, { resolvers = {} }: OwnInventory): readonly Diagnostic[] {
  const owners = new Map(Object.keys(resolvers).map((name) => [name, name]))
  const wrong = (path: Path, message: string, hint?: string, at: 'key' | 'value' = 'value'): Diagnostic =>
    diagnosticAt(document, ['resolvers', ...path], { code: 'wrong-value', message, at, ...(hint === undefined ? {} : { hint }) })

  const addressProblems = (path: Path, { addresses }: OwnResolver): readonly Diagnostic[] => {
    const spellings = addresses.map(resolverAddress)
    return spellings.flatMap((spelling, index) => {
      const text = addresses[index]
      if (spelling === null) return [wrong([...path, index], `expected an IP address, found "${text}"`)]
      const first = spellings.indexOf(spelling)
      return first === index ? [] : [wrong([...path, index], `"${text}" and "${addresses[first]}" are the same address`)]
    })
  }

  const aliasProblems = (name: string, { aliases = [] }: OwnResolver): readonly Diagnostic[] =>
    [aliases].flat().flatMap((alias, index) => {
      const path = [name, 'aliases', ...(Array.isArray(aliases) ? [index] : [])]
      const unusable = whyUnusable(alias)
      if (unusable !== null) return [wrong(path, unusable)]
      const owner = owners.get(alias)
      owners.set(alias, name)
      if (owner === undefined || owner === name) return []
      const problem = { code: 'duplicate-name', message: `"${alias}" already means the resolver ${owner}` }
      return [diagnosticAt(document, ['resolvers', ...path], { ...problem, hint: 'give each name to one resolver' })]
    })

  return Object.entries(resolvers).flatMap(([name, written]) => {
    const own = readWritten(written)
    const unusable = whyUnusable(name)
    return [
      ...(unusable === null ? [] : [wrong([name], unusable, undefined, 'key')]),
      ...addressProblems(Array.isArray(written) ? [name] : [name, 'addresses'], own),
      ...aliasProblems(name, own),
    ]
  })
}

/** Why a check that names it would mean something else; null: it would not. */
function whyUnusable(name: string): string | null {
  if (name === 'system') return '"system" means what a host itself is configured with: no resolver can be called so'
  if (name === 'authoritative') return '"authoritative" means the servers of a zone: no resolver can be called so'
  if (canonicalAddress(name) === null && !/[:/\\]/.test(name) && !/^[\d.]*\.[\d.]*$/.test(name)) return null
  return `expected a name that cannot be taken for an address, without ":" and "/", found "${name}"`
}
