import { parsePrefix } from '../../lib/address.js'
import { parseDuration } from '../../lib/duration.js'
import { boundsProblem, numberType } from '../../lib/expectation.js'
import { neverNegativeProblem } from '../../lib/expectation-problems.js'
import type { SpecProblem } from '../../model/check.js'
import { familiesOf, icmpTypeOf, protocolOf } from './packet.js'
import type { Spec, Traffic } from './schema.js'

const longestMs = 10 * 60_000

/** Faults that the schema cannot express. */
export function firewallProblems(spec: Spec): readonly SpecProblem[] {
  const { traffic, verdict, policy, counters } = spec
  const problems: SpecProblem[] = []
  if (traffic === undefined && policy === undefined && counters === undefined) {
    const hint = verdict === undefined ? 'say `traffic` with `verdict`, `policy` or `counters`' : 'say which `traffic` has this verdict'
    problems.push({ path: verdict === undefined ? [] : ['verdict'], message: 'this asserts nothing', hint })
  }
  if (traffic !== undefined && verdict === undefined) {
    problems.push({
      path: ['traffic'],
      message: '`traffic` without a `verdict` asserts nothing',
      hint: 'say accept, drop, reject or blocked',
    })
  }
  if (traffic === undefined && verdict !== undefined && problems.length === 0) {
    problems.push({ path: ['verdict'], message: '`verdict` needs the `traffic` that it is about' })
  }
  if (traffic !== undefined) problems.push(...trafficProblems(spec, traffic))
  return [...problems, ...countersProblems(counters)]
}

function trafficProblems({ family }: Spec, traffic: Traffic): readonly SpecProblem[] {
  return [...addressProblems(traffic), ...familyProblems(family, traffic), ...protocolProblems(traffic), ...linkProblems(traffic)]
}

function addressProblems(traffic: Traffic): readonly SpecProblem[] {
  return (['from', 'to'] as const).flatMap((key) => {
    const value = traffic[key]
    const texts = value === undefined ? [] : typeof value === 'string' ? [value] : value
    return texts.flatMap((text, index): readonly SpecProblem[] => {
      const path = ['traffic', key, ...(typeof value === 'string' ? [] : [index])]
      if (text === 'any') return []
      const prefix = parsePrefix(text)
      if (prefix === null)
        return [
          {
            path,
            message: `expected an address, a prefix or any, found ${JSON.stringify(text)}`,
            hint: 'such as 10.0.0.0/8 or 2001:db8::/32',
          },
        ]
      if (prefix.hostBits)
        return [{ path, message: `${text} has bits set beyond its length`, hint: `the network is ${prefix.network}/${prefix.length}` }]
      return []
    })
  })
}

function familyProblems(family: Spec['family'], traffic: Traffic): readonly SpecProblem[] {
  const families = familiesOf(traffic)
  const addressed = [traffic.from, traffic.to].flat().some((text) => text !== undefined && parsePrefix(text) !== null)
  if (addressed && families.length === 0) {
    return [{ path: ['traffic'], message: '`from` and `to` have no address family in common' }]
  }
  const wanted = family === 'inet' ? 4 : family === 'inet6' ? 6 : null
  if (wanted === null || families.length === 0 || families.includes(wanted)) return []
  return [{ path: ['family'], message: `\`family\` ${family} does not fit the addresses of the traffic` }]
}

const withPorts = [6, 17, 33, 132, 136]

function protocolProblems(traffic: Traffic): readonly SpecProblem[] {
  const number = protocolOf(traffic, 4)
  if (number === null) {
    return [
      {
        path: ['traffic', 'protocol'],
        message: `no protocol is called ${JSON.stringify(traffic.protocol)}`,
        hint: 'tcp, udp, icmp, sctp, or a number',
      },
    ]
  }
  const problems: SpecProblem[] = []
  for (const key of ['port', 'source-port'] as const) {
    const port = traffic[key]
    if (port === undefined) continue
    const [low = 0, high = low] = String(port).split('-').map(Number)
    if (!withPorts.includes(number)) problems.push({ path: ['traffic', key], message: `protocol ${traffic.protocol} has no ports` })
    else if (low > high || high > 65_535)
      problems.push({ path: ['traffic', key], message: `${port} is no range of ports`, hint: 'such as 8000-8010, up to 65535' })
  }
  if (traffic['icmp-type'] === undefined) return problems
  if (number !== 1 && number !== 58) return [...problems, { path: ['traffic', 'icmp-type'], message: '`icmp-type` needs `protocol: icmp`' }]
  if (icmpTypeOf(traffic, 4) === null && icmpTypeOf(traffic, 6) === null) {
    problems.push({
      path: ['traffic', 'icmp-type'],
      message: `no type of ICMP is called ${JSON.stringify(traffic['icmp-type'])}`,
      hint: 'such as echo-request, or its number',
    })
  }
  return problems
}

function linkProblems({ direction, interface: from }: Traffic): readonly SpecProblem[] {
  if (direction === 'output' && from !== undefined) {
    return [
      {
        path: ['traffic', 'interface'],
        message: 'traffic of the host itself comes in by no interface',
        hint: 'the one it leaves by is `out-interface`',
      },
    ]
  }
  return []
}

function countersProblems(counters: Spec['counters']): readonly SpecProblem[] {
  if (counters === undefined) return []
  const problems: SpecProblem[] = []
  if (counters.packets === undefined && counters.bytes === undefined) {
    problems.push({ path: ['counters'], message: '`counters` without `packets` or `bytes` asserts nothing' })
  }
  const over = parseDuration(counters.over) ?? 0
  if (over < 100 || over > longestMs) {
    problems.push({ path: ['counters', 'over'], message: `${counters.over} is no time to count for`, hint: 'from 100ms to 10m' })
  }
  const { policy, comment, handle, text } = counters.rule
  if (policy !== undefined && (comment ?? handle ?? text) !== undefined) {
    problems.push({ path: ['counters', 'rule', 'policy'], message: 'a policy has no comment, handle or text' })
  }
  for (const key of ['packets', 'bytes'] as const) {
    const message = boundsProblem(numberType, counters[key]) ?? neverNegativeProblem(numberType, counters[key])
    if (message !== null) problems.push({ path: ['counters', key, 'min'], message })
  }
  return problems
}
