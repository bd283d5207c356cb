import type { Neighbor } from '../../facts/neighbors/index.js'
import { sentences } from '../../lib/sentences.js'
import type { Finding } from '../../model/check.js'
import { showEntry } from './entry.js'
import type { Seen } from './sight.js'
import type { Target } from './targets.js'

/** Why nothing can be said of a neighbour that has no entry. */
export interface Doubt {
  readonly verdict: 'fail' | 'error'
  readonly actual: string
  readonly message: string
}

const tool = ({ family }: Target): string => (family === 'inet' ? 'ip neigh' : 'ip -6 neigh')

/** `ip neigh show 203.0.113.1`. */
export const lookAt = (target: Target): string => `Look at \`${tool(target)} show ${target.address}\`.`

const askFirst = 'A `ping` check of it, named in `needs`, makes the kernel ask before this one looks; with `retry` this one looks again.'

/** No entry: no proof of anything, but for an address that can have none. */
export function withoutEntry({ target, table, place, asked }: Seen): Doubt {
  const { address, family } = target
  if (!table.families.includes(family)) {
    const message = 'Read without `ip`: the host shows its ARP table alone, and no neighbours of IPv6. `ip` of iproute2 would show them.'
    return { verdict: 'error', actual: 'not shown by this host', message }
  }
  const actual = 'no entry'
  if (place.kind === 'own') {
    const message = `${address} is this host's own address, on ${place.interfaces.join(' and ')}: it is no neighbour of itself.`
    return { verdict: 'fail', actual, message }
  }
  if (place.kind === 'all') {
    const message = `${address} is the broadcast address of ${place.network}: what is sent to it is for every host there, and no neighbour has it. Is the prefix length right?`
    return { verdict: 'fail', actual, message }
  }
  if (place.kind === 'off' && !target.isGateway) return { verdict: 'fail', actual, message: elsewhere(target, place.networks) }
  const more = table.complete ? '' : 'The host has more entries than are shown here.'
  const reason = asked?.kind === 'unasked' ? `It could not be asked: ${withoutStop(asked.why)}.` : ''
  return {
    verdict: 'error',
    actual,
    message: sentences('No entry does not mean that it is down: this host has not sent to it lately.', more, reason, askFirst),
  }
}

function elsewhere({ address, family, interface: name }: Target, networks: readonly string[]): string {
  const shown = networks.length === 0 ? 'it has none of that family' : networks.slice(0, 5).join(', ')
  const where = name === null ? "none of this host's networks" : `none of the networks of ${name}`
  const command = `ip ${family === 'inet' ? '' : '-6 '}route get ${address}`
  return `${address} is in ${where} (${shown}): packets to it go through a gateway, and it can have no entry. Is the prefix length right? Look at \`${command}\`.`
}

export const withoutStop = (text: string): string => text.replace(/\.$/, '')

/** Link-local addresses are on every link, and a host may have two links to one LAN. */
export function ambiguity({ label, address }: Target, entries: readonly Neighbor[]): Finding {
  const actual = entries
    .slice(0, 5)
    .map((entry) => `${entry.interface}: ${showEntry(entry)}`)
    .join('; ')
  const message = `${address} is known on several interfaces: name the one that is meant with \`interface\`.`
  return { verdict: 'error', subject: label, expected: 'one neighbour', actual, message }
}

/** Why the kernel has no MAC address for it. */
export const unanswered = 'The host asked for it, and nobody answered in time: it is down, has another address, or is in another VLAN.'
