import { type PathMtu, pathMtu } from '../../facts/path-mtu/index.js'
import { addressFamily } from '../../lib/address.js'
import { showDevice } from '../../lib/devices.js'
import { describeExpectation, type Expectation, meets, numberType, type ValueType } from '../../lib/expectation.js'
import { request } from '../../lib/fact-key.js'
import type { CheckContext, Finding } from '../../model/check.js'
import type { FactRequest } from '../../model/fact.js'
import { describeSubject, type Sight } from './sight.js'
import { asList, type MtuExpectation, type PingSpec } from './spec.js'
import { sendingFrom } from './targets.js'

const bytesType: ValueType<number, number> = { ...numberType, show: (value) => `${value} bytes` }

/** How long one packet of the search waits for its reply at most, in milliseconds. */
const waitMs = 1_000

/**
 * The search for one address. It goes no higher than the expectation can tell apart: to the bound of `min`, and one byte
 * above any other.
 */
export function pathMtuRequest(spec: PingSpec, expected: MtuExpectation, address: string, context: CheckContext): FactRequest<PathMtu> {
  const { min, ...others } = typeof expected === 'number' ? { max: expected, min: undefined } : expected
  const sizes = Object.values(others).flatMap((value) => (typeof value === 'string' ? [] : asList<number>(value)))
  const upTo = Math.min(65_535, Math.max(min ?? 68, ...sizes.map((size) => size + 1)))
  return request(pathMtu, context.host.name, { host: address, upTo, timeoutMs: Math.min(waitMs, context.timeoutMs), ...sendingFrom(spec) })
}

export function pathMtuFinding(sight: Sight, expected: MtuExpectation): Finding {
  const { address } = sight.result
  const subject = describeSubject(sight, 'path-mtu')
  const words = describeExpectation(bytesType, expected as Expectation<number>)
  const undetermined = (actual: string, message: string): Finding => ({ verdict: 'error', subject, expected: words, actual, message })
  const answer = address === null ? undefined : sight.learnt.of(pathMtuRequest(sight.spec, expected, address, sight.context))
  if (answer === undefined)
    return undetermined('not searched', 'No ping was answered, and without replies there is nothing to search with.')
  if ('error' in answer) return undetermined('not searched', answer.error.message)
  const { value } = answer
  if (value.problem !== null || value.mtu === null)
    return undetermined('not found', `${capital(value.problem?.detail ?? 'no reason was given')}.`)
  const isMet = meets(bytesType, expected as Expectation<number>, value.mtu)
  const atLeast = value.limit === 'none' ? 'at least ' : ''
  return {
    verdict: isMet ? 'pass' : 'fail',
    subject,
    expected: words,
    actual: `${atLeast}${bytesType.show(value.mtu)}${limits[value.limit](sight, value)}`,
    message: isMet ? '' : causes[value.limit](sight, value),
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
type Words = Readonly<Record<PathMtu['limit'], (sight: Sight, value: PathMtu) => string>>

const sender = ({ context }: Sight, { error }: PathMtu): string =>
  error?.from == null ? 'a router on the way' : showDevice(context.inventory, error.from)

const limits: Words = {
  none: () => '',
  interface: ({ context }) => `: the interface of ${context.host.name} takes no more`,
  icmp: (sight, value) =>
    `: "${addressFamily(value.address ?? '') === 6 ? 'packet too big' : 'fragmentation needed'}" from ${sender(sight, value)}`,
  silence: (_, { tooBig }) => `: packets of ${tooBig} bytes vanish without an ICMP error`,
}

const causes: Words = {
  none: () => 'Larger packets than the runbook expects arrive: a tunnel or a narrow link is no longer on the way.',
  interface: ({ context }) => `Nothing on the way is the limit. Look at the MTU in \`ip link\` on ${context.host.name}.`,
  icmp: (sight, value) =>
    `The link behind ${sender(sight, value)} takes ${value.error?.mtu ?? value.mtu} bytes. Look at the MTU there, and of tunnels over it.`,
  silence: (sight, value) =>
    `A link or a tunnel on the way takes ${value.mtu} bytes, and the ICMP error that says so is not sent, or dropped (a black hole, RFC 2923): ` +
    `connections hang once they carry much. Look for it with \`tracepath -n ${value.address}\` on ${sight.context.host.name}, and let ` +
    `${addressFamily(value.address ?? '') === 6 ? 'ICMPv6 type 2' : 'ICMP type 3 code 4'} pass the firewalls.`,
}
