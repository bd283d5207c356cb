import { most } from '../../facts/capture/index.js'
import { addressFamily, formatPrefix, parsePrefix } from '../../lib/address.js'
import { nameProblem } from '../../lib/dns/name.js'
import { parseDuration } from '../../lib/duration.js'
import { sourceProblem, targetProblem } from '../../lib/endpoint.js'
import { boundsProblem, numberType } from '../../lib/expectation.js'
import { neverNegativeProblem } from '../../lib/expectation-problems.js'
import { nearestHint } from '../../lib/nearest.js'
import { isInterfaceName } from '../../lib/target-name.js'
import type { CheckContext, SpecProblem } from '../../model/check.js'
import { parseTarget } from './probe.js'
import { type AddressExpectation, flagNames, type PacketCaptureSpec, type ProbeSpec, prefixesOf } from './spec.js'

/** Faults that the schema cannot express. */
export function packetCaptureProblems(spec: PacketCaptureSpec): readonly SpecProblem[] {
  return [
    ...captureProblems(spec),
    ...(spec.probe === undefined ? [] : probeProblems(spec.probe)),
    ...assertionProblems(spec),
    ...(['sources', 'destinations'] as const).flatMap((key) => addressProblems(key, spec[key])),
  ]
}

function captureProblems(spec: PacketCaptureSpec): readonly SpecProblem[] {
  const problems: SpecProblem[] = []
  if (!isInterfaceName(spec.interface.split(/[@:]/)[0] ?? '') || /[@:]/.test(spec.interface)) {
    problems.push({
      path: ['interface'],
      message: `expected the name of an interface, found ${JSON.stringify(spec.interface)}`,
      hint: 'as `ip link` shows it, without what follows an @; or any',
    })
  }
  if (spec.filter !== undefined && (spec.filter.trim() === '' || spec.filter.includes('\0'))) {
    problems.push({
      path: ['filter'],
      message: 'expected a filter such as "tcp port 443"',
      hint: 'leave `filter` out to capture everything',
    })
  }
  const forMs = spec.for === undefined ? null : parseDuration(spec.for)
  if (forMs !== null && (forMs < 100 || forMs > most.forMs)) {
    problems.push({ path: ['for'], message: `expected a time from 100ms to 10m, found ${spec.for}` })
  }
  return problems
}

function probeProblems(probe: ProbeSpec): readonly SpecProblem[] {
  const given = (['tcp', 'ping', 'dns'] as const).filter((key) => probe[key] !== undefined)
  if (given.length !== 1) {
    const found = given.length === 0 ? 'found none' : `found ${given.join(' and ')}`
    return [
      {
        path: ['probe'],
        message: `expected one of \`tcp\`, \`ping\` and \`dns\`, ${found}`,
        hint: 'a probe is one thing; leave `probe` out to listen only',
      },
    ]
  }
  return [...targetProblems(probe), ...optionProblems(probe)]
}

function targetProblems({ tcp, ping, dns }: ProbeSpec): readonly SpecProblem[] {
  if (dns !== undefined) {
    const name = nameProblem(dns.name)
    const server = addressFamily(dns.server) === null ? `expected the address of a DNS server, found ${JSON.stringify(dns.server)}` : null
    return [
      ...(server === null ? [] : [{ path: ['probe', 'dns', 'server'], message: server }]),
      ...(name === null ? [] : [{ path: ['probe', 'dns', 'name'], ...name }]),
    ]
  }
  const key = tcp === undefined ? 'ping' : 'tcp'
  const text = tcp ?? ping ?? ''
  const path = ['probe', key]
  const target = parseTarget(text)
  if (target === null)
    return [{ path, message: `expected a host${tcp === undefined ? '' : ' with a port'}, found ${JSON.stringify(text)}` }]
  if (tcp !== undefined && target.port === null)
    return [{ path, message: `no port is given for ${text}`, hint: `write "${text.includes(':') ? `[${text}]` : text}:443"` }]
  if (ping !== undefined && target.port !== null)
    return [{ path, message: `a ping has no port: ${text}`, hint: 'leave it out, or choose `tcp`' }]
  const problem = targetProblem(target.host)
  return problem === null ? [] : [{ path, ...problem }]
}

function optionProblems({ source, family, count, ping, dns }: ProbeSpec): readonly SpecProblem[] {
  const problems: SpecProblem[] = []
  const wrong = source === undefined ? null : sourceProblem(source)
  if (wrong !== null) problems.push({ path: ['probe', 'source'], ...wrong })
  if (count !== undefined && ping === undefined)
    problems.push({ path: ['probe', 'count'], message: '`count` is that of echo requests, and this is no ping' })
  if (family !== undefined && dns !== undefined)
    problems.push({ path: ['probe', 'family'], message: 'the address of the server has its family already', hint: 'leave `family` out' })
  return problems
}

function assertionProblems(spec: PacketCaptureSpec): readonly SpecProblem[] {
  const { packets, flags, sources, destinations, length } = spec
  const others = [flags, sources, destinations, length]
  if (packets === undefined && others.every((one) => one === undefined)) {
    const hint = 'write `packets: { min: 1 }`, `packets: 0`, or what they are to be: `flags`, `sources`, `destinations`, `length`'
    return [{ path: [], message: 'nothing is expected of the packets', hint }]
  }
  const bounds = [
    { path: ['packets'], expectation: packets },
    { path: ['length'], expectation: length },
    ...flagNames.map((name) => ({ path: ['flags', name], expectation: flags?.[name] })),
  ]
  const impossible = bounds.flatMap(({ path, expectation }) => {
    const message = boundsProblem(numberType, expectation) ?? neverNegativeProblem(numberType, expectation)
    return message === null ? [] : [{ path: [...path, 'min'], message }]
  })
  return [...impossible, ...contradictions(spec)]
}

function contradictions(spec: PacketCaptureSpec): readonly SpecProblem[] {
  const { packets } = spec
  const until = spec['until-count']
  const isNone = packets === 0 || (typeof packets === 'object' && packets.max === 0)
  const about = (['sources', 'destinations', 'length'] as const).find((key) => spec[key] !== undefined)
  const least = typeof packets === 'number' ? packets : (packets?.min ?? 0)
  const problems: SpecProblem[] = []
  if (isNone && about !== undefined)
    problems.push({ path: [about], message: `where no packet may be, none has ${about}`, hint: `leave out \`${about}\`, or \`packets\`` })
  if (until !== undefined && least > until) {
    problems.push({
      path: ['until-count'],
      message: `it stops at ${until}, and \`packets\` wants ${least}`,
      hint: `write \`until-count: ${least}\`, or leave it out`,
    })
  }
  return problems
}

function addressProblems(key: 'sources' | 'destinations', expectation: AddressExpectation | undefined): readonly SpecProblem[] {
  if (expectation === undefined) return []
  return prefixesOf(expectation).prefixes.flatMap((text) => {
    const prefix = parsePrefix(text)
    if (prefix === null) return [{ path: [key], message: `expected an address or a prefix, found ${JSON.stringify(text)}` }]
    if (prefix.hostBits)
      return [
        { path: [key], message: `${text} is an address within a network`, hint: `write ${formatPrefix(prefix)}, or the address alone` },
      ]
    return []
  })
}

/** Faults that only the inventory shows. */
export function inventoryProblems({ probe }: PacketCaptureSpec, { inventory }: CheckContext): readonly SpecProblem[] {
  const from = probe?.from
  if (from === undefined) return []
  const path = ['probe', 'from']
  const host = inventory.hosts.get(from)
  if (host?.unusable !== undefined) return [{ path, message: `${from} cannot be reached: ${host.unusable}` }]
  if (host !== undefined) return []
  if (inventory.groups.has(from)) return [{ path, message: `"${from}" is a group: a probe comes from one host` }]
  const hint = nearestHint(from, inventory.hosts.keys())
  return [{ path, message: `no inventory has a host "${from}"`, ...(hint === undefined ? {} : { hint }) }]
}
