import type { Finding } from '../../model/check.js'
import { judgeAbsent } from './absent.js'
import { judgeDuplicates } from './duplicates.js'
import { entriesOf } from './entry.js'
import { judgeMac } from './mac.js'
import { judgeResolved } from './resolved.js'
import type { Seen } from './sight.js'
import { judgeState } from './state.js'
import { ambiguity } from './words.js'

/** Every property that is expected of one neighbour. */
export function judge(seen: Seen): readonly Finding[] {
  const { spec, target, table } = seen
  if (spec.absent === true) return [judgeAbsent(seen)]
  const entries = entriesOf(target, table)
  const [entry = null, ...others] = entries
  const about = others.length === 0 ? null : ambiguity(target, entries)
  return [
    ...(spec.resolved === undefined ? [] : [about ?? judgeResolved(seen, entry)]),
    ...(spec.state === undefined ? [] : [about ?? judgeState(spec.state, seen, entry)]),
    ...(spec.mac === undefined ? [] : [about ?? judgeMac(spec.mac, seen, entry)]),
    ...(spec.duplicates === undefined ? [] : [judgeDuplicates(seen)]),
  ]
}
