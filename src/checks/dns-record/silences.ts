import { printableLine } from '../../lib/printable.js'
import type { Answer, Unanswered } from './answer.js'
import { digLine, extended, type Scene } from './causes.js'

/** Why nothing is known, and what to look at next: of a resolver that gave no answer, or one that says nothing. */
export function unprovenCause(scene: Scene): string {
  const { answer } = scene.sight
  if (answer.kind === 'unanswered') return join(silences[answer.why](scene), usability(scene, answer.why))
  if (answer.kind === 'failure')
    return join(failure(scene, answer.rcode), ...extended(answer.extendedErrors), usability(scene, answer.rcode))
  return 'Aliases that go in a circle do not prove that there is no record: look at the CNAME records.'
}

const join = (...sentences: readonly string[]): string => sentences.filter((sentence) => sentence !== '').join(' ')

const host = ({ context }: Scene): string => context.host.name
const who = ({ sight: { label, server, entry } }: Scene): string => label ?? server?.address ?? entry

function failure(scene: Scene, rcode: string): string {
  switch (rcode) {
    case 'SERVFAIL':
      return scene.sight.role === 'authoritative'
        ? `The server has the zone in its configuration but cannot load or refresh it: look at its log, and at ${digLine(scene)}.`
        : `The resolver did not find out: the servers of the zone do not answer it, or the answer fails DNSSEC validation. Look at ${digLine(scene, '+cd')}: an answer there, and none without \`+cd\`, means DNSSEC.`
    case 'REFUSED':
      return scene.sight.role === 'authoritative'
        ? `It does not serve the zone (lame), or an access list keeps ${host(scene)} out. Look at the configuration of ${who(scene)}.`
        : `It does not answer ${host(scene)}: an access list, a limit on the rate of queries, or a server that answers for its own zones only.`
    default:
      return `It could not deal with the query: look at ${digLine(scene)} on ${host(scene)}.`
  }
}

/** Whether this resolver can be expected to answer the host at all. */
function usability({ sight: { resolver, label, role, answer }, context }: Scene, why: string): string {
  if (resolver === null || role !== 'resolver' || !['timeout', 'rejected', 'REFUSED'].includes(why)) return ''
  // A missing route is nobody's policy.
  if (answer.kind === 'unanswered' && isUnreachable(answer.detail ?? '')) return ''
  const operator = resolver.operator === null ? 'its operator' : resolver.operator
  if (resolver.scope === 'on-net') {
    return `${label} answers customers of ${operator} only: it is unusable from ${context.host.name}, which says nothing about the record. Ask from a host in that network.`
  }
  if (resolver.scope === 'unverified') {
    return `Whether ${label} answers anyone but customers of ${operator} is not verified: it is unusable from ${context.host.name}, which says nothing about the record. Ask from a host in that network, or leave it out.`
  }
  return ''
}

const onTheWay = (scene: Scene): string => `Look at ${digLine(scene)} on ${host(scene)}`

/** ENOBUFS of a send is most often a full neighbour table: it is shared by all namespaces of a machine (arp(7)). */
function localError(scene: Scene): string {
  const { answer, server } = scene.sight
  const address = server?.address ?? ''
  if (answer.kind === 'unanswered' && /\b(ENOBUFS|ENOMEM|EAGAIN)\b/.test(answer.detail ?? '')) {
    return `Nothing was sent: ${host(scene)} is short of buffers, or its neighbour table is full. Look at \`dmesg\` and \`sysctl net.ipv4.neigh.default.gc_thresh3\` there.`
  }
  const dual = address.includes(':') ? ' Where only IPv4 is meant, write `family: ipv4`.' : ''
  return `Nothing was sent: no route of ${host(scene)} leads there, or a rule of its own forbids it. Look at \`ip route get ${address}\` on ${host(scene)}.${dual}`
}

/** What the probe tells of an ICMP error or a RST: `ECONNREFUSED, ICMP 3/3 from 192.0.2.1`. */
function rejected(scene: Scene): string {
  const { answer } = scene.sight
  const detail = answer.kind === 'unanswered' ? (answer.detail ?? '') : ''
  if (isUnreachable(detail))
    return `A router on the way has no route to it, or the host there is down. ${onTheWay(scene)}, and at \`traceroute\`.`
  if (/\bECONNREFUSED\b/.test(detail))
    return `The host answers, but no DNS server listens at this address, or a REJECT rule forbids it. ${onTheWay(scene)}.`
  return `A firewall forbids it, or no DNS server listens at this address. ${onTheWay(scene)}.`
}

const isUnreachable = (detail: string): boolean =>
  /\b(ENETUNREACH|EHOSTUNREACH)\b/.test(detail) && !/ICMP 3\/(9|10|13)\b|ICMP 1\/1\b/.test(detail)

const silences: Readonly<Record<Unanswered, (scene: Scene) => string>> = {
  timeout: (scene) =>
    `Nothing came back: a firewall drops DNS between ${host(scene)} and ${who(scene)}, or the server is down or overloaded. ${onTheWay(scene)}, and at the firewall's rules for port ${scene.sight.server?.port ?? 53}.`,
  rejected,
  malformed: (scene) => `What answers there does not speak DNS as it should, or something on the way changes it. ${onTheWay(scene)}.`,
  mismatched: (scene) =>
    `The answers had another id, another question or another sender: a broken server or NAT, or somebody who guesses. ${onTheWay(scene)}.`,
  'source-error': (scene) =>
    `Nothing was sent: ${host(scene)} cannot send from there. Look at \`ip address\` on ${host(scene)}, and at \`source\` in the runbook.`,
  'local-error': localError,
  unsupported: (scene) => `Nothing is known: the probe on ${host(scene)} could not ask it. With python3 there it could.`,
  failed: (scene) => `Nothing is known of ${who(scene)}.`,
  'no-recursion': (scene) =>
    `It refers to other servers or says nothing at all: it does not look names up for ${host(scene)}. It is a server of some zones, or recursion is off for this client.`,
  'no-authority': (scene) =>
    `The delegation names ${who(scene)}, but it does not serve the zone (lame): resolvers that ask it lose time or fail. Look at its configuration and at the NS records.`,
  'no-address': (scene) =>
    `The delegation names ${who(scene)}, but no address of that family is found for it: look at its A and AAAA records, and at the glue in the zone above.`,
  'no-zone': ({ sight: { answer } }) => detailOf(answer),
  unrelated: (scene) => `Its answer is not about ${scene.question.name}: something rewrites answers. ${onTheWay(scene)}.`,
  contradictory: (scene) => `It gives records and denies the name at once: something rewrites answers. ${onTheWay(scene)}.`,
  lookup: (scene) =>
    `The host's own DNS servers did not answer or failed, so that nothing is known. Look at \`getent ahosts ${scene.question.name}\` and /etc/resolv.conf on ${host(scene)}.`,
}

const detailOf = (answer: Answer): string => (answer.kind === 'unanswered' ? printableLine(answer.detail ?? '', 600) : '')
