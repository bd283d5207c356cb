import { formatDuration } from '../../lib/duration.js'
import { describeIcmp } from '../../lib/icmp-names.js'
import { familyOf, hostName, type Sight, showTarget, targetName } from './sight.js'
import type { Hop, Way } from './way.js'

/** What became of a way: `stopped at hop 2 by 203.0.113.254 (core1): administratively prohibited (ICMP 3/13)`. */
export function describeEnd(sight: Sight, way: Way): string {
  const { outcome } = way
  switch (outcome.kind) {
    case 'reached':
      return `reached at hop ${outcome.hop.ttl}${after(outcome.hop)}${serviceOf(sight, outcome.hop)}`
    case 'stopped':
      return `stopped at hop ${outcome.hop.ttl} by ${show(sight, outcome.hop.from)}: ${icmpOf(sight, outcome.hop)}`
    case 'loop':
      return `a loop: ${outcome.between.map((address) => sight.devices.show(address)).join(' and ')}, over and over`
    case 'silent':
      return `silence behind ${lastAnswer(sight, way)}`
    case 'unfinished':
      return `not known: the trace ended behind ${lastAnswer(sight, way)}`
  }
}

const after = ({ rttMs }: Hop): string => (rttMs === null ? '' : ` after ${formatDuration(rttMs)}`)
const show = ({ devices }: Sight, address: string | null): string =>
  address === null ? 'a device without an address' : devices.show(address)
const icmpOf = (sight: Sight, { icmp, answer }: Hop): string =>
  icmp === null ? (answer ?? 'no answer') : describeIcmp(icmp, familyOf(sight))

function serviceOf(sight: Sight, hop: Hop): string {
  if (hop.answer === 'open' || hop.answer === 'closed') return `, ${hop.answer}`
  return hop.answer === 'unreachable' ? `, which refuses: ${icmpOf(sight, hop)}` : ''
}

/** `203.0.113.254 (core1), hop 2`; the asking host where nothing answered at all. */
function lastAnswer(sight: Sight, { hops }: Way): string {
  const last = hops.findLast(({ from }) => from !== null)
  return last === undefined ? `${hostName(sight)} itself` : `${show(sight, last.from)}, hop ${last.ttl}`
}

/** What that means, and where to look next. Empty for the target's own answer. */
export function explainEnd(sight: Sight, way: Way): string {
  const { outcome } = way
  switch (outcome.kind) {
    case 'reached':
      return ''
    case 'stopped':
      return explainStop(sight, outcome.hop, outcome.why)
    case 'loop':
      return `The packets go in a circle until their time to live runs out. Look at the routes to ${address(sight)} on these routers: each sends to the other.`
    case 'silent':
      return `Nothing answered behind ${lastAnswer(sight, way)}: this device or the next drops the packets, or their answers are lost on the way back. ${lookBehind(sight, way)}`
    case 'unfinished':
      return way.hops.length >= mostHops(sight)
        ? `The target is farther than ${mostHops(sight)} hops. Give the check a larger \`max-hops\`.`
        : 'The probe ran out of time before the path was known. Give the check a longer `timeout`, or a smaller `max-hops`.'
  }
}

function lookBehind(sight: Sight, { hops }: Way): string {
  const source = sight.trace.source ?? hostName(sight)
  return hops.some(({ from }) => from !== null)
    ? `Look at its route to ${address(sight)}, at firewalls behind it, and at the route from ${targetName(sight)} back to ${source}.`
    : `Look at \`ip route get ${address(sight)}\` on ${hostName(sight)}, and at its firewall and that of its gateway.`
}

const mostHops = ({ spec }: Sight): number => spec['max-hops'] ?? 30
const address = ({ trace, target }: Sight): string => trace.address ?? target.host

function explainStop(sight: Sight, hop: Hop, why: 'prohibited' | 'unreachable' | 'host-down'): string {
  const own = hop.from === sight.trace.source
  const who = own ? `${hostName(sight)} itself` : `The device at ${show(sight, hop.from)}`
  const asking = familyOf(sight) === 6 ? 'neighbour discovery' : 'ARP'
  switch (why) {
    case 'prohibited':
      return `${who} forbids it: a firewall or an access list. Look at its rules from ${sight.trace.source ?? hostName(sight)} to ${showTarget(sight)}.`
    case 'unreachable':
      return `${who} has no route to the target. Look at its routing table for ${address(sight)}.`
    case 'host-down':
      return (
        `${who} got no answer to ${asking} for ${address(sight)}, or has a route or rule that says so: the target is down, or not in that network. ` +
        `Look at its power, cable and VLAN${own ? '' : ', and at the neighbours of that device'}.`
      )
  }
}
