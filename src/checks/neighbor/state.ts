import type { Neighbor } from '../../facts/neighbors/index.js'
import { describeExpectation, type Expectation, meets, textType } from '../../lib/expectation.js'
import { sentences } from '../../lib/sentences.js'
import type { Finding } from '../../model/check.js'
import { showEntry, statesOf } from './entry.js'
import type { Seen } from './sight.js'
import { lookAt, withoutEntry } from './words.js'

/** The state as it was read, before anybody was asked. */
export function judgeState(expected: Expectation<string>, seen: Seen, entry: Neighbor | null): Finding {
  const finding = { subject: `${seen.target.label}: state`, expected: describeExpectation(textType, expected) }
  if (entry === null) return { ...finding, ...withoutEntry(seen) }
  const actual = showEntry(entry)
  const possible = statesOf(entry).map((state) => meets(textType, expected, state))
  if (possible.every(Boolean)) return { ...finding, verdict: 'pass', actual, message: '' }
  if (possible.some(Boolean)) {
    const message = 'Read without `ip`: the host shows only whether there is a MAC address. `ip` of iproute2 would show the state.'
    return { ...finding, verdict: 'error', actual, message }
  }
  return { ...finding, verdict: 'fail', actual, message: sentences(meaning(entry), lookAt(seen.target)) }
}

function meaning({ state }: Neighbor): string {
  switch (state) {
    case 'failed':
      return 'Nobody answered when the host asked last; that says nothing of now, unless it was a moment ago.'
    case 'incomplete':
      return 'The host is asking, and nobody has answered so far.'
    case 'stale':
      return 'Stale is normal: this host has not sent to it lately. It turns reachable once something is sent and answered.'
    case 'delay':
    case 'probe':
      return 'The host is finding out whether it still answers; in some seconds it is reachable or failed.'
    case 'permanent':
      return 'Somebody set it for good: it stays as it is when the neighbour changes. `ip neigh del` removes it.'
    case 'noarp':
      return 'Nobody is asked for it: it was set so, or the link needs no MAC addresses.'
    default:
      return ''
  }
}
