import type { Neighbor } from '../../facts/neighbors/index.js'
import { describeExpectation, type Expectation, meets } from '../../lib/expectation.js'
import { macType } from '../../lib/mac.js'
import { sentences } from '../../lib/sentences.js'
import type { Finding } from '../../model/check.js'
import { isUsable, showEntry } from './entry.js'
import type { Seen } from './sight.js'
import { describeMac } from './virtual-mac.js'
import { lookAt, withoutEntry } from './words.js'

/** Who answers now counts before what the table remembers. */
export function judgeMac(expected: Expectation<string>, seen: Seen, entry: Neighbor | null): Finding {
  const { target, asked } = seen
  const finding = { subject: `${target.label}: mac`, expected: describeExpectation(macType, expected) }
  if (asked?.kind === 'answered') {
    const wrong = asked.macs.filter((mac) => !meets(macType, expected, mac))
    const actual = asked.macs.map(describeMac).join(' and ')
    if (wrong.length === 0) return { ...finding, verdict: 'pass', actual, message: '' }
    const several = asked.macs.length > 1 ? 'Several devices answer for one address: see `duplicates: none`.' : ''
    return { ...finding, verdict: 'fail', actual, message: sentences(several, remembered(entry, asked.macs), another) }
  }
  if (asked?.kind === 'silent') {
    const actual = `no answer to ${asked.times} requests on ${asked.on}`
    const message = sentences('Nobody has that address now.', entry?.mac == null ? '' : `The table remembers ${showEntry(entry)}.`)
    return { ...finding, verdict: 'fail', actual, message }
  }
  if (entry === null) return { ...finding, ...withoutEntry(seen) }
  if (entry.mac === null || !isUsable(entry)) {
    const message = sentences('The host has no MAC address for it: nobody answered when it asked last.', lookAt(target))
    return { ...finding, verdict: 'error', actual: showEntry(entry), message }
  }
  if (meets(macType, expected, entry.mac)) return { ...finding, verdict: 'pass', actual: showEntry(entry), message: '' }
  return { ...finding, verdict: 'fail', actual: showEntry(entry), message: sentences(another, lookAt(target)) }
}

const another =
  'Another device has that address: a new network card, a failover to another router, a double address, or somebody who pretends to be it.'

function remembered(entry: Neighbor | null, macs: readonly string[]): string {
  if (entry?.mac == null || macs.includes(entry.mac)) return ''
  return `The table of the host still has ${showEntry(entry)}.`
}
