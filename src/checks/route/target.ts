import type { AddressFamily } from '../../facts/routes/index.js'
import { formatPrefix, parsePrefix } from '../../lib/address.js'
import type { ValueType } from '../../lib/expectation.js'
import type { Spec } from './schema.js'

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

/** The numbers that every Linux has a name for: /etc/iproute2/rt_tables. */
const tableNames = new Map([
  ['255', 'local'],
  ['254', 'main'],
  ['253', 'default'],
])

/** Tables by name or number; `254` is `main`. */
export const tableType: ValueType<string | number, string> = {
  read: (raw) => tableNames.get(String(raw)) ?? String(raw),
  equal: (a, b) => a === b,
  show: (value) => value,
}

/** Whether a table that the host shows by a name of its own may be one that the runbook gives by its number. */
export function mayBeTheSame(wanted: string | number, shown: string): boolean {
  return /^\d+$/.test(tableType.read(wanted)) && !/^\d+$/.test(shown) && ![...tableNames.values()].includes(shown)
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
