import { showDevice } from '../../lib/devices.js'
import { icmpMeaning } from '../../lib/icmp-meaning.js'
import { familyOf, type Sight } from './sight.js'

const asker = ({ context }: Sight): string => context.host.name
const host = ({ target, result }: Sight): string => target.label ?? result.address ?? target.host
const source = ({ result, context }: Sight): string => result.source ?? context.host.address
const rules = '`nft list ruleset` or `iptables -S`'

/** Why requests stayed without a reply, and what to look at next, for a person at 02:00. */
export function likelyCause(sight: Sight): string {
  const { errors, replies, address } = sight.result
  const [error] = errors
  if (error === undefined) return replies.length > 0 ? someLost(sight) : sight.result.confirmed ? silence(sight) : uncertain(sight)
  switch (icmpMeaning(error, address)) {
    case 'prohibited':
      return prohibited(sight, error.from)
    case 'no-route':
      return `${capital(device(sight, error.from))} has no route to the target. Look at its routing table for ${address}.`
    case 'host-down':
      return hostDown(sight, error.from)
    case 'loop':
      return `The packet went in a circle until ${device(sight, error.from)} gave it up: a routing loop. Look at \`traceroute -n ${address}\` on ${asker(sight)}.`
    case 'too-big':
      return tooBig(sight, error.from, error.mtu)
  }
}

function device({ context }: Sight, from: string | null): string {
  return from === null ? 'a router on the way' : `the router at ${showDevice(context.inventory, from)}`
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function silence(sight: Sight): string {
  return (
    `Nothing came back: a firewall drops it on the way or on ${host(sight)}, the reply is lost on its way back, or the host is down. ` +
    `Look at the firewall's counters, and on ${host(sight)} at \`ip route get ${source(sight)}\` and \`sysctl net.ipv4.icmp_echo_ignore_all\`.`
  )
}

/** Silence that may be an answer which did not come through. */
export function uncertain({ probe, context }: Sight): string {
  if (!probe.startsWith('python')) {
    return (
      `The probe on ${context.host.name}, ${probe}, is not told of every ICMP error and of every request that is dropped there; ` +
      'python3 with permission to ping would be (`net.ipv4.ping_group_range`).'
    )
  }
  return (
    'Other targets of the same run were answered with ICMP errors, and routers send only about one such answer a second: ' +
    'this one may have been held back. Ping fewer addresses at once.'
  )
}

function someLost(sight: Sight): string {
  const size =
    sight.spec['dont-fragment'] === true ? '' : (sight.spec.size ?? 0) > 1_400 ? ' Large requests need all of their fragments.' : ''
  return (
    `Some are lost on the way there or back. Look at drops and errors in \`ip -s link\` on ${asker(sight)} and ${host(sight)}, at the load and the ` +
    `duplex of the links between them, and at rate limits for ICMP.${size}`
  )
}

function prohibited(sight: Sight, from: string | null): string {
  if (from === sight.result.address)
    return `The host itself forbids it: a REJECT rule of its own firewall. Look at ${rules} on ${host(sight)}.`
  if (from === sight.result.source) return `${asker(sight)} itself forbids it: a REJECT rule for outgoing traffic. Look at ${rules} there.`
  const where = from === null ? 'A device on the way' : `The device at ${showDevice(sight.context.inventory, from)}`
  return `${where} forbids it: a firewall or an access list. Look at its rules from ${source(sight)} to ${host(sight)}.`
}

function hostDown(sight: Sight, from: string | null): string {
  const asking = familyOf(sight) === 6 ? 'neighbour discovery' : 'ARP'
  const { address } = sight.result
  if (from !== null && from === sight.result.source) {
    return (
      `Nobody answers ${asking} for ${address} on the network of ${asker(sight)}: the host is down, or not in this network. ` +
      `Look at \`ip neigh show ${address}\` on ${asker(sight)}, and at the power, cable and VLAN of ${host(sight)}.`
    )
  }
  return (
    `${capital(device(sight, from))} gets no answer to ${asking} for ${address}: the host is down, or not in that network. ` +
    `Look at the neighbours of that router, and at the power, cable and VLAN of ${host(sight)}.`
  )
}

function tooBig(sight: Sight, from: string | null, mtu: number | null): string {
  const bytes = (sight.spec.size ?? 56) + (familyOf(sight) === 6 ? 48 : 28)
  const takes = mtu === null ? '' : ` of ${mtu} bytes`
  return (
    `Packets of ${bytes} bytes do not fit into the next link behind ${from === null ? 'a router on the way' : showDevice(sight.context.inventory, from)}${takes}. ` +
    'Look at the MTU there, and of tunnels over it; `path-mtu` finds what fits.'
  )
}
