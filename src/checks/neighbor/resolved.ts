import type { Neighbor } from '../../facts/neighbors/index.js'
import { sentences } from '../../lib/sentences.js'
import type { Finding } from '../../model/check.js'
import { isSure, isUsable, showEntry } from './entry.js'
import type { Seen } from './sight.js'
import { describeMac } from './virtual-mac.js'
import { lookAt, unanswered, withoutEntry, withoutStop } from './words.js'

/** Whether its MAC address is known, and by which proof. */
export function judgeResolved(seen: Seen, entry: Neighbor | null): Finding {
  const { target, asked } = seen
  const finding = { subject: `${target.label}: resolved`, expected: 'its MAC address is known' }
  if (entry !== null && isSure(entry)) return { ...finding, verdict: 'pass', actual: showEntry(entry), message: '' }
  const before = entry === null ? 'no entry before' : `before: ${showEntry(entry)}`
  if (asked?.kind === 'answered') {
    return {
      ...finding,
      verdict: 'pass',
      actual: `${asked.macs.map(describeMac).join(' and ')} answers when asked (${before})`,
      message: '',
    }
  }
  if (asked?.kind === 'silent') {
    const actual = `no answer to ${asked.times} requests on ${asked.on} (${before})`
    return { ...finding, verdict: 'fail', actual, message: sentences(silence(entry), whereToLook(seen, asked.on)) }
  }
  if (entry === null) return { ...finding, ...withoutEntry(seen) }
  if (isUsable(entry))
    return { ...finding, verdict: 'pass', actual: showEntry(entry), message: sentences(unconfirmed(entry), refusal(seen)) }
  const message = sentences(unanswered, refusal(seen), lookAt(target))
  return { ...finding, verdict: 'fail', actual: showEntry(entry), message }
}

const silence = (entry: Neighbor | null): string =>
  entry === null || entry.mac === null
    ? 'Nobody has that address: the neighbour is down, has another address, or is in another VLAN.'
    : `Nobody has that address any more, and the host sends to ${describeMac(entry.mac)} until it notices: the neighbour is down, or in another VLAN.`

const whereToLook = ({ target }: Seen, on: string): string =>
  `Look at the neighbour itself, at \`ip -s link show ${on}\`, and at the port of the switch; \`${target.family === 'inet' ? `arping -I ${on}` : `ndisc6`} ${target.address}${target.family === 'inet' ? '' : ` ${on}`}\` asks again.`

function unconfirmed({ state }: Neighbor): string {
  if (state === null) return 'The host does not show whether it answers now.'
  if (state !== 'stale') return 'The kernel is about to find out whether it still answers.'
  return 'Stale is normal: this host has not sent to it lately, and nothing says whether it still answers.'
}

/** Asking was tried, in vain. */
const refusal = ({ asked }: Seen): string => (asked?.kind === 'unasked' ? `It could not be asked: ${withoutStop(asked.why)}.` : '')
