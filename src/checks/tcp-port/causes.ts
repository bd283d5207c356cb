import type { TcpStatus } from '../../facts/tcp-connect/index.js'
import { showDevice } from '../../lib/devices.js'
import { familyOf, type Sight } from './sight.js'

/** The likeliest cause, and what to look at next, for a person at 02:00. */
export function likelyCause(sight: Sight): string {
  const { status } = sight.result
  return status === 'ambiguous' ? unclear(sight) : causes[status](sight)
}

const causes: Readonly<Record<TcpStatus, (sight: Sight) => string>> = {
  open: (sight) =>
    `A service accepts connections here, and nothing between ${asker(sight)} and ${host(sight)} keeps them out. ` +
    `Look at \`ss -ltnp\` and the firewall rules on ${host(sight)}.`,
  'open-then-reset': (sight) =>
    'The connection was accepted and aborted at once: a proxy or load balancer without a back end, TCP wrappers, ' +
    `or a service that turns ${asker(sight)} away. Look at the log of the service on ${host(sight)}.`,
  refused: (sight) =>
    'The host answers, but nothing listens on this port of this address, or a REJECT with tcp-reset stands in front. ' +
    `Look at \`ss -ltn\` on ${host(sight)}.`,
  rejected,
  'no-route': noRoute,
  'host-unreachable': hostUnreachable,
  timeout: (sight) =>
    `Nothing came back: a firewall drops it on the way or on ${host(sight)}, the answer is lost on its way back, or the host is down. ` +
    `Look at the firewall's counters, and on ${host(sight)} at \`ss -tan state syn-recv\` and \`ip route get ${source(sight)}\`.`,
  'local-policy': localPolicy,
  'source-error': (sight) =>
    `Nothing was sent: ${asker(sight)} cannot send from there. Look at \`ip address\` on ${asker(sight)}, and at \`source\` in the runbook.`,
  'name-error': (sight) =>
    `Nothing was sent: ${asker(sight)} finds no address for ${sight.target.host}. ` +
    `Look at \`getent ahosts ${sight.target.host}\` and /etc/resolv.conf on ${asker(sight)}.`,
  unsupported: (sight) => `Nothing is known about this target: the probe (${sight.probe}) on ${asker(sight)} could not ask it.`,
}

const asker = ({ context }: Sight): string => context.host.name
const host = ({ target, result }: Sight): string => target.label ?? result.address ?? target.host
const source = ({ result, context }: Sight): string => result.source ?? context.host.address

/** Who sent the ICMP error: the target, the asking host itself, or a device between them. */
function senderOf({ result, context }: Sight): { readonly is: 'target' | 'self' | 'device' | 'unknown'; readonly name: string } {
  const from = result.icmp?.from ?? null
  if (from === null) return { is: 'unknown', name: 'a device on the way' }
  if (from === result.address) return { is: 'target', name: from }
  if (from === result.source) return { is: 'self', name: from }
  return { is: 'device', name: showDevice(context.inventory, from) }
}

function rejected(sight: Sight): string {
  const sender = senderOf(sight)
  const rules = '`nft list ruleset` or `iptables -S`'
  switch (sender.is) {
    case 'target':
      return `The host itself forbids it: a REJECT rule of its own firewall. Look at ${rules} on ${host(sight)}.`
    case 'self':
      return `${asker(sight)} itself forbids it, before anything is sent: a REJECT rule for outgoing traffic. Look at ${rules} on ${asker(sight)}.`
    case 'device':
      return (
        `The device at ${sender.name} forbids it: a firewall or an access list on the way. ` +
        `Look at its rules from ${source(sight)} to ${host(sight)}.`
      )
    case 'unknown':
      return `A firewall on ${host(sight)} or on the way forbids it. Look at the rules there for ${source(sight)}.`
  }
}

function noRoute(sight: Sight): string {
  const { result } = sight
  const { address, icmp, local } = result
  if (local) {
    const route = `Look at \`ip route get ${address ?? sight.target.host}\` on ${asker(sight)}.`
    const entry = result.errno === 'EHOSTUNREACH' ? 'an `unreachable` route covers the target' : 'no route covers the target'
    const dual = familyOf(address) === 6 && sight.target.label !== null ? ' Where only IPv4 is meant, write `family: ipv4`.' : ''
    return `Nothing was sent: in the routing table of ${asker(sight)} ${entry}. ${route}${dual}`
  }
  const sender = senderOf(sight)
  if (icmp !== null && icmp.type === (familyOf(address) === 6 ? 3 : 11)) {
    return `The packet went in a circle until ${sender.name} gave it up: a routing loop. Look at \`traceroute -n ${address}\` on ${asker(sight)}.`
  }
  const where = sender.is === 'unknown' ? 'A router on the way' : `The router at ${sender.name}`
  return `${where} has no route to the target. Look at its routing table for ${address}.`
}

/** Less than this, and no three ARP requests a second apart can have failed. */
const arpTakesMs = 900

function hostUnreachable(sight: Sight): string {
  const { address, answerMs } = sight.result
  const asking = familyOf(address) === 6 ? 'neighbour discovery' : 'ARP'
  const sender = senderOf(sight)
  if (sender.is === 'self') {
    return (
      `Nobody answers ${asking} for ${address} on the network of ${asker(sight)}: the host is down, or not in this network. ` +
      `Look at \`ip neigh show ${address}\` on ${asker(sight)}, and at the power, cable and VLAN of ${host(sight)}.`
    )
  }
  const where = sender.is === 'unknown' ? 'The last router' : `The router at ${sender.name}`
  if (answerMs !== null && answerMs < arpTakesMs) {
    return (
      `${where} says so sooner than ${asking} can fail: it knew already that the host is down, or a route of type unreachable or a rule of its firewall says so. ` +
      `Look at its neighbours, its routes and its rules for ${address}.`
    )
  }
  return `${where} got no answer to ${asking} for ${address}: the host is down, or not in that network. Look at the power, cable and VLAN of ${host(sight)}.`
}

function localPolicy(sight: Sight): string {
  const by: Readonly<Record<string, string>> = {
    EINVAL: 'a `blackhole` route',
    EACCES: 'a `prohibit` route or a security module',
    EPERM: 'a firewall or a security module',
  }
  const cause = by[sight.result.errno ?? ''] ?? 'a policy'
  const address = sight.result.address ?? sight.target.host
  if (sight.result.errno === 'EINVAL' && /^fe[89ab]/i.test(address)) {
    return `Nothing was sent, so the target was not tested: ${address} is a link-local address, which exists once per interface. Write it with its own, such as [${address}%eth0].`
  }
  return `Nothing was sent, so the target was not tested: ${cause} on ${asker(sight)} forbids it. Look at \`ip route get ${address}\` there.`
}

function unclear(sight: Sight): string {
  const { result, probe } = sight
  if (result.confirmed) {
    const better = probe === 'python2' || probe === 'perl' ? 'python3 and Linux 5.8 or later' : 'python3 or perl'
    return `The probe on ${asker(sight)} (${probe}) cannot tell these apart; ${better} there could.`
  }
  if (result.limited) {
    return (
      'Other targets of the same run were answered with errors, and hosts and routers send only about one such answer a second: ' +
      'this one may have been held back. Ask fewer ports at once.'
    )
  }
  return `It was asked ${result.attempts === 1 ? 'once' : `${result.attempts} times`} only, among many: a lost packet or a limited answer looks the same. Ask fewer ports at once.`
}
