import { addressFamily } from '../../lib/address.js'
import { sourceProblem, targetProblem } from '../../lib/endpoint.js'
import type { SpecProblem } from '../../model/check.js'
import { asList, expectedOf, type TcpPortSpec } from './spec.js'
import { countTargets, parsePorts, parseTarget } from './targets.js'

const mostTargets = 100_000

/** Faults that the schema cannot express. */
export function tcpPortProblems(spec: TcpPortSpec): readonly SpecProblem[] {
  return [...portProblems(spec), ...targetProblems(spec), ...optionProblems(spec), ...sizeProblems(spec)]
}

function portProblems(spec: TcpPortSpec): readonly SpecProblem[] {
  const isList = Array.isArray(spec.port)
  return asList(spec.port ?? []).flatMap((port, index) =>
    parsePorts(port) === null
      ? [
          {
            path: isList ? ['port', index] : ['port'],
            message: `expected ports from 1 to 65535, the lower first, found ${JSON.stringify(port)}`,
          },
        ]
      : [],
  )
}

function targetProblems(spec: TcpPortSpec): readonly SpecProblem[] {
  const isList = Array.isArray(spec.target)
  return asList(spec.target).flatMap((text, index) => {
    const path = isList ? ['target', index] : ['target']
    const parsed = parseTarget(text)
    if (parsed === null) return [{ path, message: `expected a host with a port, found ${JSON.stringify(text)}`, hint: hintFor(text) }]
    if (parsed.ports === null && spec.port === undefined) {
      const example = addressFamily(text) === 6 ? `[${text}]:443` : `${text}:443`
      return [{ path, message: `no port is given for ${text}`, hint: `write "${example}", or \`port: 443\` beside the target` }]
    }
    if (parsed.ports !== null && spec.port !== undefined) {
      return [{ path, message: `${text} has a port, and so has the check`, hint: 'leave one of them out' }]
    }
    const problem = targetProblem(parsed.host)
    return problem === null ? familyProblems(spec, parsed.host, path) : [{ path, ...problem }]
  })
}

function hintFor(text: string): string {
  if (text.includes('://')) return 'only the host and the port, without a scheme'
  if (text.split(':').length > 2) return 'an IPv6 address with a port is written [2001:db8::5]:443'
  return 'such as db1:5432, 10.0.0.5:8000-8010 or [2001:db8::5]:443; ports are 1 to 65535'
}

function familyProblems(spec: TcpPortSpec, host: string, path: readonly (string | number)[]): readonly SpecProblem[] {
  const family = addressFamily(host)
  const wanted = spec.family === undefined ? null : spec.family === 'ipv4' ? 4 : 6
  const source = spec.source === undefined ? null : addressFamily(spec.source)
  if (family !== null && wanted !== null && family !== wanted) {
    return [{ path, message: `${host} is not an ${spec.family === 'ipv4' ? 'IPv4' : 'IPv6'} address, which \`family\` asks for` }]
  }
  if (family !== null && source !== null && family !== source) {
    return [{ path, message: `${host} cannot be reached from ${spec.source}: one is an IPv4 address, the other IPv6` }]
  }
  return []
}

function optionProblems(spec: TcpPortSpec): readonly SpecProblem[] {
  const problems: SpecProblem[] = []
  if (spec.within !== undefined && !expectedOf(spec).includes('open')) {
    problems.push({ path: ['within'], message: '`within` times a connection, but `expect` wants none', hint: 'leave out `within`' })
  }
  const problem = spec.source === undefined ? null : sourceProblem(spec.source)
  if (problem !== null) problems.push({ path: ['source'], ...problem })
  return problems
}

function sizeProblems(spec: TcpPortSpec): readonly SpecProblem[] {
  const count = countTargets(spec)
  if (count <= mostTargets) return []
  return [
    {
      path: ['target'],
      message: `${count} targets are more than one check may have (${mostTargets})`,
      hint: 'ask fewer ports, or spread them over several checks',
    },
  ]
}
