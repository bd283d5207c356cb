import { type ListenersByPort, listenersByPort } from '../../lib/sockets/by-port.js'
import { type Judgement, judgeProcesses } from '../../lib/sockets/holder.js'
import type { Listener, Protocol } from '../../lib/sockets/listener.js'
import { judgeOwner } from '../../lib/sockets/owner.js'
import { reach } from '../../lib/sockets/reach.js'
import { type Entry, readEntries } from './entry.js'
import { covers, isJudged, isOfPort, judgedParts } from './parts.js'
import type { Spec } from './schema.js'

/** What is wrong with a socket, or cannot be said of it. */
export type Fault = 'unlisted' | 'wider' | 'holder' | 'holder-unknown' | 'v6only-unknown'

export interface Seen {
  readonly listener: Listener
  readonly fault: Fault | null
  /** Of a socket with a fault: the entries for its port and protocol; of one that is unlisted, those of `ignore` that do not cover it. */
  readonly entries: readonly Entry[]
}

/** A port that is to listen and was not seen to. `doubtful`: by sockets that may do it, and may not. */
export interface Missing {
  readonly entry: Entry
  readonly protocol: Protocol
  readonly port: number
  readonly doubtful: readonly Listener[]
  /** On the same port and protocol, whatever their scope. */
  readonly near: readonly Listener[]
}

export interface Judged {
  readonly seen: readonly Seen[]
  readonly missing: readonly Missing[]
}

interface User {
  readonly name: string
  readonly uid: number
}

/**
 * Compares the sockets of a host with the lists of a check.
 * @param users those of the host that entries name. @param partial whether processes of other users may be hidden.
 */
export function judge(spec: Spec, listeners: readonly Listener[], users: readonly User[], partial: boolean): Judged {
  const ignored = readEntries(spec.ignore, spec.protocol)
  const expected = readEntries(spec.exactly ?? spec['at-most'], spec.protocol)
  const permitted = [...expected, ...ignored]
  const judged = listeners.filter((listener) => isJudged(listener, spec))
  const free = permitted.filter(permitsAll)
  const seen: Seen[] = []
  for (const listener of judged) {
    // Nearly all of ten thousand sockets are what nothing more is to be asked of.
    if (ignored.length === 0 && free.some((entry) => isOfPort(entry, listener))) {
      seen.push({ listener, fault: null, entries: [] })
      continue
    }
    const judgeBy = (entries: readonly Entry[]): Fault | null => judgeSocket(spec, listener, entries, users, partial)
    if (ignored.length > 0 && judgeBy(ignored.filter((entry) => isOfPort(entry, listener))) === null) continue
    const entries = permitted.filter((entry) => isOfPort(entry, listener))
    const fault = judgeBy(entries)
    // Nobody expects what `ignore` alone names: held by somebody else, it is one too many.
    const isExtra = (fault === 'holder' || fault === 'wider') && !expected.some((entry) => isOfPort(entry, listener))
    seen.push({ listener, fault: isExtra ? 'unlisted' : fault, entries })
  }
  if (spec.exactly === undefined) return { seen, missing: [] }
  const byPort = listenersByPort(judged)
  return { seen, missing: expected.flatMap((entry) => missingOf(entry, spec, byPort, listenersByPort(listeners))) }
}

/** Whatever a socket on its port takes, and whoever holds it. */
const permitsAll = ({ address, interface: device, process, user }: Entry): boolean =>
  address === null && device === null && process === undefined && user === undefined

/** Every part of a socket needs an entry that permits it, held by whom it names. */
function judgeSocket(spec: Spec, listener: Listener, entries: readonly Entry[], users: readonly User[], partial: boolean): Fault | null {
  if (entries.some(permitsAll)) return null
  const faults = judgedParts(listener, spec).map((part): Fault | null => {
    const covering = entries.filter((entry) => covers(entry, listener, part))
    if (covering.length === 0) return part.sure ? (entries.length === 0 ? 'unlisted' : 'wider') : 'v6only-unknown'
    const held = covering.map((entry) => judgeHolder(entry, listener, users, partial))
    if (held.includes('met')) return null
    return part.sure ? (held.includes('unknown') ? 'holder-unknown' : 'holder') : 'v6only-unknown'
  })
  return worstFirst.find((fault) => faults.includes(fault)) ?? null
}

const worstFirst = ['unlisted', 'wider', 'holder', 'holder-unknown', 'v6only-unknown'] as const

function judgeHolder({ process, user }: Entry, listener: Listener, users: readonly User[], partial: boolean): Judgement {
  const judgements = [
    process === undefined ? 'met' : judgeProcesses(listener, process, partial),
    user === undefined ? 'met' : judgeOwner(listener, user, users),
  ]
  return judgements.includes('unmet') ? 'unmet' : judgements.includes('unknown') ? 'unknown' : 'met'
}

/** A wildcard serves a specific address too; that it serves more is a fault of its own. */
function missingOf(entry: Entry, spec: Spec, byPort: ListenersByPort, all: ListenersByPort): readonly Missing[] {
  const missing: Missing[] = []
  const family = entry.family ?? (spec.family === undefined ? null : spec.family === 'inet' ? 4 : 6)
  for (let port = entry.from; port <= entry.to; port += 1) {
    const reached = byPort.on(entry.protocol, port).map((listener) => ({
      listener,
      reach: reach(listener, { address: entry.address, interface: entry.interface, family }),
    }))
    if (reached.some(({ reach }) => reach === 'yes')) continue
    const doubtful = reached.filter(({ reach }) => reach !== 'no').map(({ listener }) => listener)
    missing.push({ entry, protocol: entry.protocol, port, doubtful, near: all.on(entry.protocol, port) })
  }
  return missing
}
