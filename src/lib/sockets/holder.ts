import { type Expectation, meets, type ValueType } from '../expectation.js'
import type { SocketProcess } from './process.js'

/** Any socket; null: nobody was shown to hold it. */
interface Held {
  readonly processes: readonly SocketProcess[] | null
}

export type Judgement = 'met' | 'unmet' | 'unknown'

/** TASK_COMM_LEN - 1: the kernel keeps no more of a process's name (proc(5), `comm`). */
const nameBytes = 15

/** Names of processes: what is expected is cut as the kernel cuts it, so that `systemd-resolved` is met by `systemd-resolve`. */
export const processType: ValueType<string, string> = {
  read: (raw) => new TextDecoder().decode(new TextEncoder().encode(raw).slice(0, nameBytes)),
  equal: (a, b) => a === b,
  show: (name) => name,
}

/**
 * A socket may have many holders, such as a service and the systemd that opened it: one is to be as expected, none as excluded by `not`.
 * @param partial whether processes of other users may be hidden, and among them one that is excluded.
 */
export function judgeProcesses(socket: Held, expected: Expectation<string>, partial: boolean): Judgement {
  const { processes } = socket
  if (processes === null) return 'unknown'
  const { wanted, excluded } = split(expected)
  const found = wanted === null || processes.some(({ name }) => meets(processType, wanted, name))
  if (isHeldByExcluded(socket, expected)) return 'unmet'
  if (!found) return 'unmet'
  return partial && excluded !== null ? 'unknown' : 'met'
}

/** Whether one of the holders is excluded by `not`. */
export const isHeldByExcluded = ({ processes }: Held, expected: Expectation<string>): boolean =>
  processes?.some((process) => isExcluded(process, expected)) ?? false

export function isExcluded({ name }: SocketProcess, expected: Expectation<string>): boolean {
  const { excluded } = split(expected)
  return excluded !== null && !meets(processType, excluded, name)
}

/** Whether a process, wherever it listens, is the one a check looks for. */
export function isExpected(process: SocketProcess, expected: Expectation<string>): boolean {
  const { wanted } = split(expected)
  return wanted !== null && meets(processType, wanted, process.name)
}

function split(expected: Expectation<string>): {
  readonly wanted: Expectation<string> | null
  readonly excluded: Expectation<string> | null
} {
  if (typeof expected === 'string') return { wanted: expected, excluded: null }
  const { not, ...rest } = expected
  return { wanted: Object.keys(rest).length === 0 ? null : rest, excluded: not === undefined ? null : { not } }
}
