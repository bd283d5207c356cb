import type { FactKind } from '../../model/fact.js'
import type { Interfaces, InterfacesArgs } from './value.js'

export type * from './value.js'

/** The interfaces of a host and their addresses. */
export const interfaces: FactKind<InterfacesArgs, Interfaces> = {
  name: 'interfaces',
  summary: 'The interfaces of a host and their addresses',
  active: false,
  isValue: (_value): _value is Interfaces => false,
  sources: {},
}
