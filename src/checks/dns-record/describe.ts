import { describeExpectation, type Expectation, numberType, textType } from '../../lib/expectation.js'
import { printableLine } from '../../lib/printable.js'
import { endOf } from './aliases.js'
import type { Answer, Datum } from './answer.js'
import { wantsAny } from './judge.js'
import type { Question } from './question.js'
import { showData, shownType } from './record-data.js'
import { asList, type DnsRecordSpec } from './spec.js'
import { ttlType } from './ttl.js'
import { describeUnanswered } from './words.js'

/** More records than this are counted, not shown. */
const mostShown = 8

/** `a, b, c and 12 more`. */
export function shorten(texts: readonly string[]): string {
  return texts.length <= mostShown
    ? texts.join(', ')
    : `${texts.slice(0, mostShown - 1).join(', ')} and ${texts.length - mostShown + 1} more`
}

/** `an A record`, `no MX record`. */
export const anyOf = (type: string): string => `${/^[AMNS]/.test(type) ? 'an' : 'a'} ${type} record`

/**
 * What the runbook expects, in words.
 * @param sets what the zone says, where all must agree with it.
 */
export function describeExpected(spec: DnsRecordSpec, type: Question['type'], sets: readonly (readonly string[])[]): string {
  const { answers, contains, count, absent, ttl, rcode, authenticated, propagated } = spec
  const list = (expected: readonly Expectation<string>[]): string =>
    shorten(expected.map((each) => describeExpectation(shownType(type), each)))
  return [
    ...(answers === undefined ? [] : [list(asList(answers))]),
    ...(contains === undefined ? [] : [`among others ${list(asList(contains))}`]),
    ...(count === undefined ? [] : [`${describeExpectation(numberType, count)} of type ${type}`]),
    ...(absent === true ? [`no ${type} record`] : []),
    ...(wantsAny(spec) ? [anyOf(type)] : []),
    ...(propagated === true ? [`as the zone's own servers answer${describeSets(type, wantsAny(spec) ? withAny(sets) : sets)}`] : []),
    ...(rcode === undefined ? [] : [`response code ${describeExpectation(textType, rcode)}`]),
    ...(ttl === undefined ? [] : [`TTL ${describeExpectation(ttlType, ttl)}`]),
    ...(authenticated === undefined ? [] : [authenticated ? 'authenticated (AD)' : 'not authenticated (no AD)']),
  ].join('; ')
}

/** What the zone has not cannot be what is expected where there must be a record. */
const withAny = (sets: readonly (readonly string[])[]) => sets.filter((set) => set.length > 0)

function describeSets(type: Question['type'], sets: readonly (readonly string[])[]): string {
  const words = sets.map((set) => (set.length === 0 ? `no ${type} record` : shorten(set.map((data) => showData(type, data)).sort())))
  return words.length === 0 ? '' : `: ${words.join(', or ')}`
}

/** What was answered: `203.0.113.10, TTL 300 s, by the alias cdn.example.net`. */
export function describeAnswer(spec: DnsRecordSpec, { name, type }: Pick<Question, 'name' | 'type'>, answer: Answer): string {
  if (answer.kind === 'unanswered') return describeUnanswered(answer)
  const validated =
    spec.authenticated === undefined || answer.kind === 'failure' ? '' : answer.authenticated ? ', authenticated' : ', not authenticated'
  const alias = answer.aliases.length === 0 ? '' : `, by the alias ${printableLine(endOf(name, answer.aliases))}`
  switch (answer.kind) {
    case 'records':
      return `${showRecords(type, answer.records)}${showTtls(answer.records)}${alias}${validated}`
    case 'none':
      return `${describeNone(type, answer.rcode)}${answer.ttl === null ? '' : `, TTL ${answer.ttl} s`}${alias}${validated}`
    case 'loop':
      return 'aliases that go in a circle'
    case 'onward':
      return `an alias, ${printableLine(endOf(name, answer.aliases))}`
    case 'failure':
      return answer.rcode
  }
}

/** The data alone, for tables. */
export function describeData(type: Question['type'], answer: Answer): string {
  if (answer.kind === 'records') return showRecords(type, answer.records)
  if (answer.kind === 'none') return answer.rcode === 'NXDOMAIN' ? 'NXDOMAIN' : `no ${type} record`
  return answer.kind === 'unanswered' ? describeUnanswered(answer) : answer.kind === 'failure' ? answer.rcode : 'aliases in a circle'
}

const describeNone = (type: string, rcode: string): string =>
  rcode === 'NXDOMAIN' ? 'no such name (NXDOMAIN)' : `no ${type} record${rcode === '' ? '' : ` (${rcode})`}`

const showRecords = (type: Question['type'], records: readonly Datum[]): string =>
  shorten(records.map(({ data }) => showData(type, data)).sort())

/** `, TTL 300 s`; the records of one set ought to have one (RFC 2181 section 5.2), and do not always. */
function showTtls(records: readonly Datum[]): string {
  const ttls = records.flatMap(({ ttl }) => ttl ?? [])
  if (ttls.length === 0) return ''
  const [least, most] = [Math.min(...ttls), Math.max(...ttls)]
  return least === most ? `, TTL ${least} s` : `, TTL ${least} to ${most} s`
}
