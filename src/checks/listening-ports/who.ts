import { listeners as listenersFact } from '../../facts/listeners/index.js'
import { type ProcessUnit, processUnits } from '../../facts/process-units/index.js'
import { users as usersFact } from '../../facts/users/index.js'
import { request } from '../../lib/fact-key.js'
import type { Listener } from '../../lib/sockets/listener.js'
import { type SocketProcess, uniqueProcesses } from '../../lib/sockets/process.js'
import type { Learnt } from '../../model/check.js'
import type { FactRequest } from '../../model/fact.js'

/** More processes than a person reads about are not looked up. */
const mostPids = 100

/** Who is behind a socket, as far as it could be found out. */
export interface Who {
  readonly processes: readonly SocketProcess[] | null
  readonly user: string | null
  /** `nginx.service`, `docker 0123456789ab`; each once. */
  readonly units: readonly string[]
}

const socketKey = ({ protocol, address, port, interface: device }: Listener): string => `${protocol} ${address} ${device ?? ''} ${port}`

const pidsOf = (found: readonly Listener[]): readonly number[] =>
  [...new Set(found.flatMap(({ processes }) => processes ?? []).map(({ pid }) => pid))].sort((a, b) => a - b).slice(0, mostPids)

/**
 * Who holds the sockets in question. A check that finds nothing wrong asks none of this, so that a host with many processes is not
 * searched for them; one that does asks for the processes, then for their units.
 */
function inquiry(questionable: readonly Listener[], host: string, learnt: Learnt) {
  const withProcesses = request(listenersFact, host, { processes: true })
  const uids = [...new Set(questionable.flatMap(({ uid }) => (uid === null ? [] : [String(uid)])))].sort().slice(0, mostPids)
  const named = request(usersFact, host, { lookUp: uids })
  const answer = learnt.of(withProcesses)
  const known = answer !== undefined && 'value' in answer ? answer.value : []
  const holders = holdersOf(known)
  const shown = questionable.map((listener) =>
    listener.processes === null ? { ...listener, processes: holders.get(socketKey(listener)) ?? null } : listener,
  )
  const pids = pidsOf(shown)
  const units = request(processUnits, host, { pids })
  return { withProcesses, named, units, pids, needsProcesses: questionable.some(({ processes }) => processes === null), shown, uids }
}

/** Several sockets may share an address and a port (SO_REUSEPORT): their holders are told together. */
function holdersOf(found: readonly Listener[]): ReadonlyMap<string, readonly SocketProcess[]> {
  const holders = new Map<string, readonly SocketProcess[]>()
  for (const listener of found) {
    const { processes } = listener
    if (processes === null) continue
    const key = socketKey(listener)
    holders.set(key, uniqueProcesses([...(holders.get(key) ?? []), ...processes]))
  }
  return holders
}

/** What is still to be asked for. */
export function wishes(questionable: readonly Listener[], host: string, learnt: Learnt): readonly FactRequest[] {
  if (questionable.length === 0) return []
  const { withProcesses, named, units, pids, needsProcesses, uids } = inquiry(questionable, host, learnt)
  const first = [...(needsProcesses ? [withProcesses] : []), ...(uids.length > 0 ? [named] : [])]
  const settled = !needsProcesses || learnt.of(withProcesses) !== undefined
  return settled && pids.length > 0 ? [...first, units] : first
}

/** Tells of each socket who is behind it. */
export function whoHolds(questionable: readonly Listener[], host: string, learnt: Learnt): (listener: Listener) => Who {
  const { named, units, shown } = inquiry(questionable, host, learnt)
  const userAnswer = learnt.of(named)
  const names = new Map((userAnswer !== undefined && 'value' in userAnswer ? userAnswer.value : []).map(({ uid, name }) => [uid, name]))
  const unitAnswer = learnt.of(units)
  const unitOf = new Map((unitAnswer !== undefined && 'value' in unitAnswer ? unitAnswer.value : []).map((unit) => [unit.pid, unit]))
  const holders = holdersOf(shown)
  return (listener) => {
    const processes = holders.get(socketKey(listener)) ?? null
    return {
      processes,
      user: listener.uid === null ? null : (names.get(listener.uid) ?? `uid ${listener.uid}`),
      units: [...new Set((processes ?? []).flatMap(({ pid }) => showUnit(unitOf.get(pid))))],
    }
  }
}

/** The scope of a login, or of a container that is named already, tells nothing more. */
function showUnit(unit: ProcessUnit | undefined): readonly string[] {
  if (unit === undefined) return []
  if (unit.container !== null) return [unit.container]
  return unit.unit === null ? [] : [unit.unit]
}
