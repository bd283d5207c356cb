import { absenceWithout, explainNamed, type Naming } from '../../facts/links/index.js'
import type { LookupFailure, RouteFound, RouteLookup } from '../../facts/route-lookup/index.js'
import type { RouteType } from '../../facts/routes/index.js'
import { type Comparison, compare, findingOf, overall } from '../../lib/comparison.js'
import { describeExpectation, meets, numberType, textType } from '../../lib/expectation.js'
import { inEachReading, type NameReading } from '../../lib/interface-names.js'
import { describeGateway, hopMeets } from '../../lib/iproute2/gateway.js'
import { mayBeTheSame, tableType } from '../../lib/iproute2/table-name.js'
import { sentences } from '../../lib/sentences.js'
import { addressType } from '../../lib/value-types.js'
import type { Finding } from '../../model/check.js'
import { describeSpec, describeWhole } from './compare.js'
import type { Spec } from './schema.js'

/**
 * Judges the kernel's decision about one packet.
 * @param source its decision about a packet to `from`; null where that does not matter.
 * @param naming what the runbook's names of interfaces mean on the host.
 */
export function judgeLookup(spec: Spec, lookup: RouteLookup, source: RouteLookup | null, naming: Naming): readonly Finding[] {
  const label = `lookup ${spec.destination}${spec.from === undefined ? '' : ` from ${spec.from}`}`
  if (lookup.failure !== null && source !== null && (source.failure !== null || source.type !== 'local')) {
    return judgeForeignSource(label, spec, lookup)
  }
  const comparisons =
    lookup.failure === null ? compareAnswer(spec, lookup, naming) : compareFailure(spec, typeOfFailure[lookup.failure], lookup.message)
  return spec.absent === true ? judgeNoWay(label, lookup, comparisons, naming) : judgeWay(label, spec, lookup, comparisons, naming)
}

function judgeWay(label: string, spec: Spec, lookup: RouteLookup, comparisons: readonly Comparison[], naming: Naming): readonly Finding[] {
  if (lookup.failure !== null && spec.type === undefined) {
    const comparison = { property: '', outcome: 'unmet', expected: describeWhole(spec) || 'a way', actual: showLookup(lookup) } as const
    return [findingOf(label, comparison, sentences(naming.missing ?? '', causes[lookup.failure]))]
  }
  const message = (comparison: Comparison): string => {
    const why = comparison.outcome === 'met' ? '' : explain(spec, lookup, comparison)
    return namesInterface(comparison) ? explainNamed(naming, comparison.outcome, why) : why
  }
  if (comparisons.length > 0) return comparisons.map((comparison) => findingOf(label, comparison, message(comparison)))
  return [findingOf(label, { property: '', outcome: 'met', expected: 'a way', actual: showLookup(lookup) }, '')]
}

const namesInterface = ({ property }: Pick<Comparison, 'property'>): boolean => property === 'via' || property === 'interface'

/** The kernel refuses such packets whatever its routes are: there is no way for them, but that proves nothing about routes. */
function judgeForeignSource(label: string, spec: Spec, lookup: RouteLookup): readonly Finding[] {
  const negative = spec.absent === true || spec.type !== undefined
  const words = describeWhole(spec)
  const expected = spec.absent === true ? `no way${words === '' ? '' : ` with ${words}`}` : words || 'a way'
  const message = `${spec.from} is no address of this host, and the kernel refuses packets from such a source before it looks at routes: see \`ip -4 address show\`.`
  return [findingOf(label, { property: '', outcome: negative ? 'unknown' : 'unmet', expected, actual: showLookup(lookup) }, message)]
}

/** `absent`: the kernel must refuse, or its decision must differ in one of the expectations at least. */
function judgeNoWay(label: string, lookup: RouteLookup, comparisons: readonly Comparison[], naming: Naming): readonly Finding[] {
  const words = comparisons.map(({ property, expected }) => `${property} ${expected}`).join(', ')
  const expected = words === '' ? 'no way' : `no way with ${words}`
  const met = comparisons.length === 0 ? (lookup.failure === null ? 'met' : 'unmet') : overall(comparisons)
  const { missing, remark } = naming
  const outcome = met === 'unmet' && missing !== null ? 'unknown' : ({ met: 'unmet', unmet: 'met', unknown: 'unknown' } as const)[met]
  const message = {
    met: remark,
    unmet: sentences('The kernel would send the packet.', matchedBy(lookup)),
    unknown: missing === null ? sentences(remark, doubt(lookup, comparisons)) : absenceWithout(missing),
  }[outcome]
  return [findingOf(label, { property: '', outcome, expected, actual: showLookup(lookup) }, message)]
}

function compareAnswer(spec: Spec, found: RouteFound, { names }: Naming): readonly Comparison[] {
  return [
    compare('type', textType, spec.type, found.type, true),
    gateway(spec, found, names),
    compare('source', addressType, spec.source, found.source, true),
    compareTable(spec, found),
    compare('metric', numberType, spec.metric, found.metric, found.metric !== null),
    compare('protocol', textType, spec.protocol, found.protocol, found.protocol !== null),
  ].filter((comparison) => comparison !== null)
}

/** A number and the host's own name for a table are not known to differ. */
function compareTable(spec: Spec, { table }: RouteFound): Comparison | null {
  const comparison = compare('table', tableType, spec.table, table, table !== null)
  if (comparison === null || table === null || spec.table === undefined) return comparison
  const wanted = typeof spec.table === 'object' ? [spec.table['one-of'] ?? [], spec.table.not ?? []].flat() : [spec.table]
  const unclear = !wanted.includes(table) && wanted.some((each) => mayBeTheSame(each, table))
  return unclear ? { ...comparison, outcome: 'unknown' } : comparison
}

function gateway(spec: Spec, found: RouteFound, names: NameReading): Comparison | null {
  if (spec.via === undefined && spec.interface === undefined) return null
  const property = spec.via === undefined ? 'interface' : 'via'
  const outcome = inEachReading(names, (type) => (hopMeets(spec, found, type) ? 'met' : 'unmet'))
  return { property, outcome, expected: describeGateway(spec), actual: showLookup(found) }
}

/** Of a refusal only the type can be compared; every other expectation is unmet. */
function compareFailure(spec: Spec, type: RouteType, message: string): readonly Comparison[] {
  const table = spec.table === undefined ? [] : [{ property: 'table', expected: describeExpectation(tableType, spec.table) }]
  return [...describeSpec(spec), ...table].map(({ property, expected }) =>
    property === 'type' && spec.type !== undefined
      ? { property, expected, actual: type, outcome: meets(textType, spec.type, type) ? 'met' : 'unmet' }
      : { property, expected, actual: message, outcome: 'unmet' },
  )
}

const typeOfFailure: Record<LookupFailure, RouteType> = { unreachable: 'unreachable', prohibited: 'prohibit', blackhole: 'blackhole' }

const causes: Record<LookupFailure, string> = {
  unreachable: 'No route leads there, or one of type unreachable does: see `ip rule` and `ip route show table all`.',
  prohibited: 'A route or rule of type prohibit forbids it: see `ip rule` and `ip route show table all type prohibit`.',
  blackhole: 'A route or rule of type blackhole swallows it: see `ip rule` and `ip route show table all type blackhole`.',
}

function explain(spec: Spec, lookup: RouteLookup, comparison: Comparison): string {
  const { outcome, property } = comparison
  if (outcome === 'unknown') return doubt(lookup, [comparison])
  if (lookup.failure !== null) return causes[lookup.failure]
  const inSpite =
    property === 'via' && spec.via !== undefined && meets(addressType, spec.via, lookup.via)
      ? 'The gateway is right, the interface is not.'
      : ''
  return sentences(inSpite, matchedBy(lookup))
}

const notShown = 'The `ip` of this host does not show it in answers to `ip route get`; iproute2 from 5.1 does.'

const byName = (table: string): string =>
  `Which number table ${table} has, only the host knows (/etc/iproute2/rt_tables): expect its name instead of a number.`

function doubt(lookup: RouteLookup, comparisons: readonly Comparison[]): string {
  // Whatever is in doubt about names is said with them.
  if (comparisons.every(({ outcome, property }) => outcome !== 'unknown' || namesInterface({ property }))) return ''
  const unclear = comparisons.find(({ outcome, property }) => outcome === 'unknown' && property === 'table')
  return unclear !== undefined && lookup.failure === null && lookup.table !== null ? byName(lookup.table) : notShown
}

function matchedBy(lookup: RouteLookup): string {
  if (lookup.failure !== null || lookup.matched === null) return ''
  const { matched, table, protocol } = lookup
  return `The route to ${matched}${table === null ? '' : ` of table ${table}`}${protocol === null ? '' : ` (protocol ${protocol})`} decides it.`
}

function showLookup(lookup: RouteLookup): string {
  if (lookup.failure !== null) return `${lookup.failure} (${lookup.message})`
  const { type, via, interface: device, table } = lookup
  return sentences(
    type === 'unicast' ? '' : type,
    via ?? '',
    `dev ${device ?? '?'}`,
    table === null || table === 'main' ? '' : `table ${table}`,
  )
}
