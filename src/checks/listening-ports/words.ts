import { describeExpectation, textType } from '../../lib/expectation.js'
import { isWildcard } from '../../lib/sockets/bound.js'
import { isExcluded, processType } from '../../lib/sockets/holder.js'
import type { Listener } from '../../lib/sockets/listener.js'
import type { SocketProcess } from '../../lib/sockets/process.js'
import { few, namedProcesses, showAddress } from '../../lib/sockets/words.js'
import type { Entry } from './entry.js'
import type { Who } from './who.js'

const most = 20

/** At most twenty of them, which are all different, and how many more there are. */
export function many<Item>(items: readonly Item[], show: (item: Item) => string): string {
  const shown = items.slice(0, most).map(show).join(', ')
  return items.length > most ? `${shown} and ${items.length - most} more` : shown
}

export const manyWords = (words: readonly string[]): string => many([...new Set(words)], (word) => word)

const showPort = ({ from, to, protocol }: Pick<Entry, 'from' | 'to' | 'protocol'>): string =>
  `${from === to ? from : `${from}-${to}`}/${protocol}`

/** ` on 10.20.0.5`, ` on any IPv4 address`, ` through eth0`; empty where anywhere will do. */
export function showPlace({ address, interface: device, family }: Entry): string {
  const through = device === null ? '' : ` through ${device}`
  if (address === null) return through
  return ` on ${isWildcard(address) ? `any IPv${family} address` : address}${through}`
}

export function showHolder({ process, user }: Entry): string {
  const words = [
    process === undefined ? '' : `held by ${describeExpectation(processType, process)}`,
    user === undefined ? '' : `of user ${describeExpectation({ ...textType, read: String }, user)}`,
  ].filter((part) => part !== '')
  return words.length === 0 ? '' : ` ${words.join(' ')}`
}

/** `5432/tcp on 10.20.0.5 held by postgres`. */
export const showEntry = (entry: Entry): string => `${showPort(entry)}${showPlace(entry)}${showHolder(entry)}`

/** `: python3 (pid 12), user www-data, app.service`; empty when nothing is known. */
export function showWho(who: readonly Who[], entries: readonly Entry[]): string {
  const isUnwanted = (holder: SocketProcess): boolean => entries.some(({ process }) => process !== undefined && isExcluded(holder, process))
  const processes = namedProcesses(
    who.flatMap((each) => each.processes ?? []),
    isUnwanted,
  )
  const users = few(who.flatMap(({ user }) => user ?? []))
  const units = few(who.flatMap(({ units }) => units))
  const parts = [processes, users === '' ? '' : `user ${users}`, units].filter((part) => part !== '')
  return parts.length === 0 ? '' : `: ${parts.join(', ')}`
}

export const showPlaces = (listeners: readonly Listener[]): string => `listening on ${few(listeners.map(showAddress))}`
