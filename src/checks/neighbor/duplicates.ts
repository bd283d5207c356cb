import { numeral, sentences } from '../../lib/sentences.js'
import type { Finding } from '../../model/check.js'
import type { Seen } from './sight.js'
import { describeMac } from './virtual-mac.js'
import { withoutEntry, withoutStop } from './words.js'

/** Of an address of the host itself everybody who answers is one too many. */
export function judgeDuplicates(seen: Seen): Finding {
  const { target, asked, place } = seen
  const own = place.kind === 'own'
  const expected = own ? 'nobody else answers for it' : 'one MAC address answers for it'
  const finding = { subject: `${target.label}: duplicates`, expected }
  if (asked === null) {
    const { message } = withoutEntry(seen)
    return { ...finding, verdict: 'error', actual: 'nobody was asked', message }
  }
  if (asked.kind === 'unasked') {
    const means = asked.able ? '' : 'It takes root (`become: sudo` in the inventory) and Python.'
    const message = sentences(`Who has the address could not be asked: ${withoutStop(asked.why)}.`, means)
    return { ...finding, verdict: 'error', actual: 'nobody was asked', message }
  }
  const macs = asked.kind === 'answered' ? asked.macs : []
  const actual = `${macs.length === 0 ? 'no answer' : macs.map(describeMac).join(' and ')} on ${asked.on}`
  if (macs.length === (own ? 0 : 1)) return { ...finding, verdict: 'pass', actual, message: '' }
  if (macs.length === 0) {
    const message = 'Nobody has that address now, so that nothing is known of doubles: the neighbour is down, or is in another VLAN.'
    return { ...finding, verdict: 'error', actual, message }
  }
  const who = own ? `${numeral(macs.length)} other than this host` : numeral(macs.length)
  const answer = macs.length === 1 ? 'answers' : 'answer'
  const message = sentences(
    `${who} ${answer} for ${target.address}: traffic goes to whichever answered last, and connections hang or break at random.`,
    'Find them by their MAC addresses in the tables of the switch (`show mac address-table`).',
    'A router that answers for others (proxy_arp) looks the same.',
  )
  return { ...finding, verdict: 'fail', actual, message }
}
