import { addressFamily, canonicalAddress, formatPrefix, parsePrefix } from '../../lib/address.js'
import { sourceProblem, targetProblem } from '../../lib/endpoint.js'
import { boundsProblem, numberType } from '../../lib/expectation.js'
import { nearestHint } from '../../lib/nearest.js'
import { durationType } from '../../lib/value-types.js'
import type { CheckContext, SpecProblem } from '../../model/check.js'
import { type PathSpec, placesOf, viaOf } from './spec.js'
import { parseTarget, portOf, protocolOf, targetOf } from './target.js'

/** Faults that the schema cannot express. */
export function pathProblems(spec: PathSpec): readonly SpecProblem[] {
  return [
    ...targetProblems(spec),
    ...portProblems(spec),
    ...unreachedProblems(spec),
    ...placeProblems(spec),
    ...boundProblems(spec),
    ...sourceProblems(spec),
  ]
}

function targetProblems(spec: PathSpec): readonly SpecProblem[] {
  const parsed = parseTarget(spec.target)
  if (parsed === null) {
    const hint = 'such as db1, db1:5432, 10.0.0.5 or [2001:db8::5]:443'
    return [{ path: ['target'], message: `expected a host, with or without a port, found ${JSON.stringify(spec.target)}`, hint }]
  }
  if (parsed.port !== null && spec.port !== undefined) {
    return [{ path: ['port'], message: `${spec.target} has a port, and so has the check`, hint: 'leave one of them out' }]
  }
  const problem = targetProblem(parsed.host)
  if (problem !== null) return [{ path: ['target'], ...problem }]
  const family = addressFamily(parsed.host)
  if (family !== null && spec.family !== undefined && (family === 4) !== (spec.family === 'ipv4')) {
    return [
      {
        path: ['target'],
        message: `${parsed.host} is not an ${spec.family === 'ipv4' ? 'IPv4' : 'IPv6'} address, which \`family\` asks for`,
      },
    ]
  }
  return []
}

function portProblems(spec: PathSpec): readonly SpecProblem[] {
  const protocol = protocolOf(spec)
  const port = portOf(spec)
  const path = [spec.port === undefined ? 'target' : 'port']
  if (protocol === 'icmp' && port !== undefined) {
    return [{ path, message: 'ICMP has no ports', hint: 'leave the port out, or write `protocol: tcp`' }]
  }
  if (protocol === 'tcp' && port === undefined) {
    return [{ path: ['protocol'], message: 'TCP needs a port', hint: 'write it with the target, such as db1:443, or `port: 443`' }]
  }
  if (spec.service !== undefined && protocol !== 'tcp') {
    const message = `\`service\` is what a TCP port answers, but ${protocol.toUpperCase()} is traced`
    return [{ path: ['service'], message, hint: 'write a port, such as `target: db1:443`' }]
  }
  return []
}

function unreachedProblems(spec: PathSpec): readonly SpecProblem[] {
  if (spec.reaches !== false) return []
  return (['service', 'hops', 'rtt'] as const)
    .filter((key) => spec[key] !== undefined)
    .map((key) => ({
      path: [key],
      message: `\`${key}\` is about the target's answer, but \`reaches: false\` wants none`,
      hint: 'leave one of them out',
    }))
}

function placeProblems(spec: PathSpec): readonly SpecProblem[] {
  const { all, inOrder, oneOf } = viaOf(spec)
  const wanted = [...all, ...inOrder, ...(oneOf.length === 1 ? oneOf : [])]
  return placesOf(spec).flatMap(({ text, path }): readonly SpecProblem[] => {
    if (path[0] === 'avoids' && wanted.includes(text))
      return [{ path, message: `"${text}" is to be on the path by \`via\`, and not by \`avoids\`` }]
    if (!text.includes('/')) return []
    const prefix = parsePrefix(text)
    if (prefix === null) return [{ path, message: `expected a router, a host, an address or a prefix, found ${JSON.stringify(text)}` }]
    const hint = `write ${formatPrefix(prefix)}, or ${text.split('/')[0]} alone`
    return prefix.hostBits ? [{ path, message: `${text} has bits beyond its length`, hint }] : []
  })
}

function boundProblems(spec: PathSpec): readonly SpecProblem[] {
  const times = Object.entries(spec['hop-rtt'] ?? {}).map(
    ([router, time]) => [['hop-rtt', router], boundsProblem(durationType, time)] as const,
  )
  const bounds: readonly (readonly [readonly string[], string | null])[] = [
    [['hops'], boundsProblem(numberType, spec.hops)],
    [['rtt'], boundsProblem(durationType, spec.rtt)],
    ...times,
  ]
  return bounds.flatMap(([path, message]) => (message === null ? [] : [{ path: [...path, 'min'], message }]))
}

function sourceProblems({ source, target }: PathSpec): readonly SpecProblem[] {
  if (source === undefined) return []
  const problem = sourceProblem(source)
  if (problem !== null) return [{ path: ['source'], ...problem }]
  const family = addressFamily(source)
  const host = parseTarget(target)?.host ?? ''
  const other = addressFamily(host)
  return family === null || other === null || family === other
    ? []
    : [{ path: ['source'], message: `${host} cannot be reached from ${source}: one is an IPv4 address, the other IPv6` }]
}

/** Faults that only the inventory shows: names of routers and hosts that it has not, and the target where routers are meant. */
export function pathInventoryProblems(spec: PathSpec, { inventory }: CheckContext): readonly SpecProblem[] {
  const { hosts, groups, routers } = inventory
  const target = targetOf(spec, { inventory })
  const isTarget = (text: string): boolean => {
    const address = canonicalAddress(hosts.get(text)?.address ?? text)
    return text === target.label || text === target.host || (address !== null && address === canonicalAddress(target.host))
  }
  return placesOf(spec).flatMap(({ text, path }): readonly SpecProblem[] => {
    if (isTarget(text)) {
      const hint = '`reaches` says whether packets arrive there, and `rtt` how fast'
      return [{ path, message: `"${text}" is the target, where the path ends: no router on it`, hint }]
    }
    if (text.includes('/') || canonicalAddress(text) !== null || Object.hasOwn(routers, text) || hosts.has(text)) return []
    if (groups.has(text)) return [{ path, message: `"${text}" is a group: name its members, or their routers` }]
    const hint = nearestHint(text, [...Object.keys(routers), ...hosts.keys()])
    const known = Object.keys(routers).length === 0 ? 'declare it: `routers: { name: [its addresses] }`' : undefined
    return [
      {
        path,
        message: `the inventory has no router or host "${text}"`,
        ...((hint ?? known) === undefined ? {} : { hint: hint ?? known ?? '' }),
      },
    ]
  })
}
