import { type Outcome, unanswered } from './outcome.js'

/** isc_result_totext: what dig says of an errno, and the errno. */
const errnos: readonly (readonly [RegExp, string])[] = [
  [/connection refused/, 'ECONNREFUSED'],
  [/connection reset/, 'ECONNRESET'],
  [/host unreachable/, 'EHOSTUNREACH'],
  [/network unreachable/, 'ENETUNREACH'],
  [/address not available/, 'EADDRNOTAVAIL'],
  [/permission denied/, 'EACCES'],
  [/invalid file/, 'EINVAL'],
]

/** Why dig has no answer, by what it says from 9.8 to 9.18; null when it does not say. */
export function readFailure(lines: readonly string[]): Outcome | null {
  const find = (pattern: RegExp): string | undefined => lines.find((line) => pattern.test(line))
  const bad = find(/^;; Got bad packet: /)
  if (bad !== undefined) return unanswered('malformed', bad.replace(';; Got bad packet: ', ''))
  const unsent = find(/setup with .* failed: |couldn't get address for|bind: /)
  if (unsent !== undefined) return localOutcome(unsent)
  const stopped = find(/(?:connection refused|connection reset|unreachable)\.?$/i)
  if (stopped !== undefined) return unanswered('rejected', errnoIn(stopped) ?? stopped)
  if (find(/end of file$/) !== undefined) return unanswered('rejected', 'the connection ended before the answer')
  const other = find(/ID mismatch|Question section mismatch|reply from unexpected source/)
  if (other !== undefined) return unanswered('mismatched', other.replace(/^[; ]+(?:Warning: )?/, ''))
  const short = find(/short \(< header size\) message/)
  if (short !== undefined) return unanswered('malformed', 'a message shorter than its header')
  return find(/timed out|no servers could be reached/) === undefined ? null : unanswered('timeout', null)
}

function localOutcome(line: string): Outcome {
  const errno = errnoIn(line)
  if (errno === 'EADDRNOTAVAIL') return unanswered('source-error', errno)
  if (errno === 'ECONNREFUSED') return unanswered('rejected', errno)
  return unanswered('local-error', errno ?? line.replace(/^(?:dig|;;):? /, ''))
}

const errnoIn = (line: string): string | null => errnos.find(([pattern]) => pattern.test(line))?.[1] ?? null
