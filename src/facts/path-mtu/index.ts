import type { FactKind } from '../../model/fact.js'
import type { PathMtu, PathMtuArgs } from './value.js'

export type * from './value.js'

/** The largest packet that reaches a target without fragmentation. */
export const pathMtu: FactKind<PathMtuArgs, PathMtu> = {
  name: 'path-mtu',
  summary: 'The largest packet that reaches a target without fragmentation',
  active: true,
  isValue: (_value): _value is PathMtu => false,
  sources: {},
}
