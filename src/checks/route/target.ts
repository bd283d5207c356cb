import type { Naming } from '../../facts/links/index.js'
import type { AddressFamily, RouteTables } from '../../facts/routes/index.js'
import { formatPrefix, parsePrefix } from '../../lib/address.js'
import { tableType } from '../../lib/iproute2/table-name.js'
import type { Spec } from './schema.js'

/** The tables, and what the runbook's names of interfaces mean on the host. */
export type NamedTables = RouteTables & { readonly naming: Naming }

/** What a specification is about. */
export interface Target {
  readonly family: AddressFamily
  /** A canonical prefix. */
  readonly destination: string
  /** How findings call it: as the runbook does, with its table unless that is main. */
  readonly label: string
  /** The table it must be in. */
  readonly table: string
}

/** @throws RangeError for a destination that `problems` refuses. */
export function targetOf(spec: Spec): Target {
  const family = familyOf(spec)
  const prefix = parsePrefix(spec.destination === 'default' ? zeroPrefix[family] : spec.destination)
  if (prefix === null) throw new RangeError(`no destination: ${spec.destination}`)
  const table = typeof spec.table === 'object' || spec.table === undefined ? 'main' : tableType.read(spec.table)
  const name = spec.destination === 'default' ? (family === 'inet' ? 'default' : 'default (IPv6)') : spec.destination
  return { family, destination: formatPrefix(prefix), label: `route ${name}${table === 'main' ? '' : ` table ${table}`}`, table }
}

const zeroPrefix: Record<AddressFamily, string> = { inet: '0.0.0.0/0', inet6: '::/0' }

export function familyOf(spec: Spec): AddressFamily {
  const own = parsePrefix(spec.destination)?.family
  return own === undefined ? (spec.family ?? 'inet') : own === 4 ? 'inet' : 'inet6'
}
