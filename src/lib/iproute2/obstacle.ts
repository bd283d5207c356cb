import type { Route } from './route.js'
import { mayBeTheSame } from './table-name.js'
import type { ReadTables } from './tables.js'
import { showRoute } from './words.js'

/** Why nothing can be said of one table. */
export interface TableObstacle {
  readonly actual: string
  readonly message: string
}

/**
 * A table that was not read, or not told from others, proves nothing: neither that a route is in it nor that it is not.
 * @param table as `tableType` reads it. @param named whether the runbook asks for it in so many words.
 * @param here the routes of any table that could be meant.
 */
export function tableObstacle(tables: ReadTables, here: readonly Route[], table: string, named: boolean): TableObstacle | null {
  if (tables.tables === 'main' && table !== 'main') {
    return { actual: 'not shown by this host', message: 'Without `ip` of iproute2 or BusyBox this host shows table main alone.' }
  }
  const alias = here.find((candidate) => candidate.table !== null && mayBeTheSame(table, candidate.table))
  if (alias !== undefined && !tables.routes.some((candidate) => candidate.table === table)) {
    const message = `Is ${alias.table} table ${table}? A table that has a name on the host (/etc/iproute2/rt_tables) goes by it: if so, write \`table: ${alias.table}\`.`
    return { actual: `${showRoute(alias)} in table ${alias.table}`, message }
  }
  const nameless = here.find((candidate) => candidate.table === null)
  if (!named || nameless === undefined) return null
  const message = 'Without `ip` of iproute2 or BusyBox this host does not tell which table a route is in.'
  return { actual: `${showRoute(nameless)} in some table`, message }
}
