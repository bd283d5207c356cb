import type { FactKind } from '../../model/fact.js'
import type { NameLookup, NameLookupArgs } from './value.js'

export type * from './value.js'

/** What the programs of a host find for a name or an address. */
export const nameLookup: FactKind<NameLookupArgs, NameLookup> = {
  name: 'name-lookup',
  summary: 'What the programs of a host find for a name or an address',
  active: true,
  isValue: (_value): _value is NameLookup => false,
  sources: {},
}
