import type { Finding } from '../../model/check.js'
import { entriesOf, isUsable, showEntry } from './entry.js'
import type { Seen } from './sight.js'
import { withoutEntry } from './words.js'

/** No MAC address is known for it; that nobody answered for it is as good as no entry. */
export function judgeAbsent(seen: Seen): Finding {
  const { target, table } = seen
  const finding = { subject: target.label, expected: 'not known to this host' }
  const entries = entriesOf(target, table)
  const actual = entries.length === 0 ? 'no entry' : entries.map((entry) => `${showEntry(entry)} on ${entry.interface}`).join('; ')
  const present = entries.find(isUsable)
  if (present !== undefined) {
    const remove = `ip neigh del ${target.address} dev ${present.interface}`
    const message = `It was there when this host sent to it last, or somebody set it. \`${remove}\` forgets it; it comes back when something is sent and it answers.`
    return { ...finding, verdict: 'fail', actual, message }
  }
  if (!table.families.includes(target.family)) return { ...finding, ...withoutEntry(seen) }
  if (!table.complete) {
    const message =
      'The host has more entries than are shown here, or may have: only the whole table of `ip neigh show nud all` would prove it.'
    return { ...finding, verdict: 'error', actual, message }
  }
  if (entries.some(({ state }) => state === 'incomplete')) {
    return { ...finding, verdict: 'error', actual, message: 'The host is asking for it at this moment: look again in some seconds.' }
  }
  return { ...finding, verdict: 'pass', actual, message: '' }
}
