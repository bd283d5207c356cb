import type { ValueType } from '../expectation.js'

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
