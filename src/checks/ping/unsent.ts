import type { PingAddress } from '../../facts/ping/index.js'
import { counted } from '../../lib/plural.js'
import type { Finding } from '../../model/check.js'
import { describeErrors, describeSubject, familyOf, type Sight } from './sight.js'
import { expectedOf } from './spec.js'

type Problem = NonNullable<PingAddress['problem']>

/** Of what the asking host itself is the cause of: what nevertheless proves that it gets no replies. */
const disproveReplies: ReadonlySet<Problem['kind']> = new Set(['no-route', 'local-policy', 'too-big', 'name-error'])

/**
 * Requests did not leave, or not all of them. That is never an answer from the target: it contradicts `replies` where the host
 * cannot send, proves `unreachable` where it has no route, and leaves all else undetermined.
 */
export function unsentFinding(sight: Sight, problem: Problem): Finding {
  const expected = expectedOf(sight.spec)
  const isUnreachable = expected.includes('unreachable') && problem.kind === 'no-route' && sight.result.sent === 0
  const isFailure = expected.includes('replies') && disproveReplies.has(problem.kind)
  return {
    verdict: isUnreachable ? 'pass' : isFailure ? 'fail' : 'error',
    subject: describeSubject(sight, ''),
    expected: expected.join(' or '),
    actual: `${describeProblem(sight, problem)}${sofar(sight)}`,
    message: isUnreachable
      ? ''
      : `${sight.result.sent === 0 ? 'Nothing was sent' : 'Not everything was sent'}: ${causes[problem.kind](sight, problem)}`,
  }
}

function sofar(sight: Sight): string {
  const { sent, replies, errors } = sight.result
  if (sent === 0) return ''
  return `, after ${counted(sent, 'request')} with ${replies.length === 1 ? '1 reply' : `${replies.length} replies`}${errors.length === 0 ? '' : ` and ${describeErrors(sight)}`}`
}

function describeProblem({ context, spec }: Sight, { kind, detail }: Problem): string {
  const words: Readonly<Record<Problem['kind'], string>> = {
    'name-error': `the name was not resolved: ${detail}`,
    'source-error': `the source could not be used: ${detail}`,
    'no-route': `no route on ${context.host.name} itself: ${detail}`,
    'local-policy': `forbidden by ${context.host.name} itself: ${detail}`,
    'too-big': `${spec.size ?? 56} bytes of payload did not leave ${context.host.name}: ${detail}`,
    'not-permitted': `${context.host.name} may not ping: ${detail}`,
    unsupported: `not asked: ${detail}`,
  }
  return words[kind]
}

const asker = ({ context }: Sight): string => context.host.name
const address = ({ result, target }: Sight): string => result.address ?? target.host

const causes: Readonly<Record<Problem['kind'], (sight: Sight, problem: Problem) => string>> = {
  'name-error': (sight) =>
    `${asker(sight)} finds no address for ${sight.target.host}. Look at \`getent ahosts ${sight.target.host}\` and /etc/resolv.conf on ${asker(sight)}.`,
  'source-error': (sight) =>
    `${asker(sight)} cannot send from there. Look at \`ip address\` on ${asker(sight)}, and at \`source\` in the runbook.`,
  'no-route': (sight) => {
    const dual = familyOf(sight) === 6 && sight.target.label !== null ? ' Where only IPv4 is meant, write `family: ipv4`.' : ''
    return `the routing table of ${asker(sight)} has no way to the target. Look at \`ip route get ${address(sight)}\` on ${asker(sight)}.${dual}`
  },
  'local-policy': (sight, { detail }) => {
    if (/^fe[89ab]/i.test(address(sight)) && /EINVAL|Invalid argument/.test(detail)) {
      return `${address(sight)} is a link-local address, which exists once per interface. Write it with its own, such as ${address(sight)}%eth0.`
    }
    return (
      `a firewall, a \`prohibit\` or \`blackhole\` route or a security module on ${asker(sight)} forbids it, or it is a broadcast address. ` +
      `Look at \`ip route get ${address(sight)}\` and at the rules for outgoing traffic on ${asker(sight)}.`
    )
  },
  'too-big': (sight) =>
    `such packets do not fit, and must not be fragmented. Look at the MTU in \`ip link\` on ${asker(sight)}, and at \`size\` in the runbook: it is without the ${familyOf(sight) === 6 ? 48 : 28} bytes of headers.`,
  'not-permitted': (sight) => `look at \`sysctl net.ipv4.ping_group_range\` on ${asker(sight)}; or let netproof use \`become\` there.`,
  unsupported: (sight, { detail }) =>
    detail.includes('ENOBUFS')
      ? `the queue of an interface or the table of neighbours on ${asker(sight)} is full. Look at \`ip -s link\`, and with \`dmesg\` for "neighbour table overflow", there.`
      : `the probe (${sight.probe}) on ${asker(sight)} could not ask it.`,
}
