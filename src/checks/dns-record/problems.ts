import { addressFamily, canonicalAddress } from '../../lib/address.js'
import { nameProblem } from '../../lib/dns/name.js'
import { parseDuration } from '../../lib/duration.js'
import type { Expectation } from '../../lib/expectation.js'
import { isInterfaceName } from '../../lib/target-name.js'
import type { SpecProblem } from '../../model/check.js'
import { contradictions } from './contradictions.js'
import { readData } from './record-data.js'
import { readResolver } from './resolver-words.js'
import { asList, type DnsNamesSpec, type DnsRecordSpec, eachName, resolversOf } from './spec.js'

/** Faults that the schema cannot express: those of every name, and once those of all else. */
export function problems(spec: DnsNamesSpec): readonly SpecProblem[] {
  const isList = Array.isArray(spec.name)
  const ofNames = eachName(spec).flatMap((one, index) => nameProblems(one, isList ? ['name', index] : ['name']))
  return [...ofNames, ...eachName(spec).slice(0, 1).flatMap(otherProblems)]
}

function otherProblems(spec: DnsRecordSpec): readonly SpecProblem[] {
  return [
    ...dataProblems(spec, 'answers'),
    ...dataProblems(spec, 'contains'),
    ...boundProblems(spec),
    ...resolverProblems(spec),
    ...sourceProblems(spec),
    ...contradictions(spec),
  ]
}

function nameProblems({ name, type = 'A' }: DnsRecordSpec, path: SpecProblem['path']): readonly SpecProblem[] {
  if (canonicalAddress(name) !== null) {
    if (type === 'PTR') return []
    return [{ path, message: `${name} is an address, and has no ${type} record`, hint: 'its name is asked for with `type: PTR`' }]
  }
  const problem = nameProblem(name)
  if (problem === null) return []
  const { hint } = problem
  return [{ path, message: `expected a domain name, found ${problem.message}`, ...(hint === undefined ? {} : { hint }) }]
}

interface Raw {
  readonly path: SpecProblem['path']
  readonly raw: string
}

function dataProblems(spec: DnsRecordSpec, key: 'answers' | 'contains'): readonly SpecProblem[] {
  const { type = 'A' } = spec
  const isList = Array.isArray(spec[key])
  return asList(spec[key]).flatMap((each, index): readonly SpecProblem[] => {
    const path = isList ? [key, index] : [key]
    const ordered = typeof each === 'object' ? (['min', 'max'] as const).find((operator) => operator in each) : undefined
    if (ordered !== undefined) {
      return [
        { path: [...path, ordered], message: `\`${ordered}\` needs numbers, and a record is none`, hint: 'use one-of, not or matches' },
      ]
    }
    return rawValues(each, path).flatMap((value): readonly SpecProblem[] => {
      const data = readData(type, value.raw)
      return typeof data === 'string' ? [] : [{ path: value.path, ...data }]
    })
  })
}

/** Every record that is written out, with the way to it. */
function rawValues(expected: Expectation<string>, path: SpecProblem['path']): readonly Raw[] {
  if (typeof expected === 'string') return [{ path, raw: expected }]
  return (['not', 'one-of'] as const).flatMap((operator) => {
    const value = expected[operator]
    if (typeof value === 'string') return [{ path: [...path, operator], raw: value }]
    return (value ?? []).map((raw, index) => ({ path: [...path, operator, index], raw }))
  })
}

function boundProblems({ ttl, count, rcode }: DnsRecordSpec): readonly SpecProblem[] {
  const found: SpecProblem[] = []
  const inOrder = (min: number | null, max: number | null): boolean => min === null || max === null || min <= max
  if (typeof ttl === 'object' && !inOrder(parseDuration(ttl.min ?? ''), parseDuration(ttl.max ?? ''))) {
    found.push({ path: ['ttl', 'min'], message: `\`min\` ${ttl.min} is more than \`max\` ${ttl.max}` })
  }
  if (typeof count === 'object' && !inOrder(count.min ?? null, count.max ?? null)) {
    found.push({ path: ['count', 'min'], message: `\`min\` ${count.min} is more than \`max\` ${count.max}` })
  }
  for (const operator of ['min', 'max'] as const) {
    if (typeof rcode !== 'object' || rcode[operator] === undefined) continue
    found.push({ path: ['rcode', operator], message: `\`${operator}\` needs an order, and response codes have none`, hint: 'use one-of' })
  }
  return found
}

function resolverProblems(spec: DnsRecordSpec): readonly SpecProblem[] {
  const isList = Array.isArray(spec.resolvers)
  const resolvers = asList(spec.resolvers).flatMap((text, index): readonly SpecProblem[] => {
    const word = readResolver(text)
    const path = isList ? ['resolvers', index] : ['resolvers']
    return typeof word === 'string'
      ? [{ path, message: `expected a resolver, found ${JSON.stringify(text)}: ${word}`, hint: wordHint }]
      : []
  })
  const servers = (spec.authoritative ?? []).flatMap((text, index): readonly SpecProblem[] => {
    const path = ['authoritative', index]
    const word = readResolver(text)
    if (typeof word === 'string') return [{ path, message: `expected a name server, found ${JSON.stringify(text)}: ${word}` }]
    if (word.kind === 'server') return []
    const isWord = word.kind !== 'name'
    const problem = isWord ? { message: `the word "${text}"` } : nameProblem(text)
    return problem === null ? [] : [{ path, message: `expected the name or the address of a name server, found ${problem.message}` }]
  })
  return [...resolvers, ...servers, ...quorumProblems(spec)]
}

const wordHint = 'write google, 10.0.0.53, "10.0.0.53:5353", "[2001:db8::53]:5353", system or authoritative'

function quorumProblems(spec: DnsRecordSpec): readonly SpecProblem[] {
  const count = resolversOf(spec).length
  if (typeof spec.quorum !== 'number' || spec.quorum <= count) return []
  return [
    {
      path: ['quorum'],
      message: `${spec.quorum} of ${count} resolvers can never answer`,
      hint: 'each entry of `resolvers` counts once, however many addresses it has',
    },
  ]
}

function sourceProblems({ source, family, resolvers }: DnsRecordSpec): readonly SpecProblem[] {
  if (source === undefined) return []
  const path = ['source']
  const of = addressFamily(source)
  if (of === null) {
    const message = `expected an address or the name of an interface, found ${JSON.stringify(source)}`
    return isInterfaceName(source) ? [] : [{ path, message }]
  }
  const other = asList(resolvers).find((text) => {
    const word = readResolver(text)
    return typeof word === 'object' && word.kind === 'server' && addressFamily(word.server.address) !== of
  })
  if (other !== undefined) return [{ path, message: `${other} cannot be asked from ${source}: one is an IPv4 address, the other IPv6` }]
  if (family === undefined || of === (family === 'ipv4' ? 4 : 6)) return []
  return [{ path, message: `${source} is not an ${family === 'ipv4' ? 'IPv4' : 'IPv6'} address, which \`family\` asks for` }]
}
