import type { Trace } from '../../facts/trace/index.js'
import type { Finding } from '../../model/check.js'
import { hostName, type Sight, showProtocol, showTarget } from './sight.js'

type Problem = NonNullable<Trace['problem']>
type Kind = Problem['kind']

/** What nevertheless proves that the host reaches nothing. */
const disprovesArrival: ReadonlySet<Kind> = new Set(['no-route', 'local-policy', 'name-error'])

/** Nothing was traced: nothing is known of a path, and of arrival only what the host itself says. */
export function findingsWithout(sight: Sight, problem: Problem): readonly Finding[] {
  const wanted = sight.spec.reaches ?? true
  const subject = `path to ${showTarget(sight)}, ${showProtocol(sight.target)}`
  const common = { actual: `${words[problem.kind]}: ${problem.detail}`, message: `Nothing was sent. ${advice[problem.kind](sight)}` }
  const others = (['via', 'avoids', 'hop-rtt'] as const).filter((key) => sight.spec[key] !== undefined)
  const reaches: Finding = {
    ...common,
    subject: `${subject}: reaches`,
    verdict: wanted ? (disprovesArrival.has(problem.kind) ? 'fail' : 'error') : problem.kind === 'no-route' ? 'pass' : 'error',
    expected: wanted ? 'reaches the target' : 'does not reach the target',
  }
  if (reaches.verdict !== 'pass') return [reaches]
  // A path that does not exist neither crosses a router nor avoids one.
  const expected = `a path for ${others.join(' and ')}`
  return [
    reaches,
    ...(others.length === 0 ? [] : [{ ...common, subject: `${subject}: ${others.join(', ')}`, verdict: 'error' as const, expected }]),
  ]
}

const words: Readonly<Record<Kind, string>> = {
  'name-error': 'the name was not resolved',
  'source-error': 'the source could not be used',
  'no-route': 'no route on the asking host itself',
  'local-policy': 'forbidden by the asking host itself',
  'not-permitted': 'not permitted',
  unsupported: 'not traced',
}

const advice: Readonly<Record<Kind, (sight: Sight) => string>> = {
  'name-error': (sight) => `Look at \`getent ahosts ${sight.target.host}\` and /etc/resolv.conf on ${hostName(sight)}.`,
  'source-error': (sight) => `Look at \`ip address\` on ${hostName(sight)}, and at \`source\` in the runbook.`,
  'no-route': (sight) => `Look at \`ip route get ${sight.trace.address ?? sight.target.host}\` on ${hostName(sight)}.`,
  'local-policy': (sight) =>
    `Look at \`ip route get ${sight.trace.address ?? sight.target.host}\` and \`nft list ruleset\` on ${hostName(sight)}.`,
  'not-permitted': (sight) =>
    `${sight.target.protocol.toUpperCase()} needs root or CAP_NET_RAW on ${hostName(sight)}: allow \`become\` in the inventory, or trace with another \`protocol\`.`,
  unsupported: (sight) => `Another \`protocol\`, or python3 on ${hostName(sight)}, may do.`,
}
