import type { Finding } from '../../model/check.js'
import { describeData } from './describe.js'
import { expectedOf, topicOf } from './finding.js'
import { type Count, countEntries, describeNeeded } from './quorum.js'
import { showSight } from './sight.js'
import type { DnsRecordSpec } from './spec.js'
import { staleFor } from './staleness.js'
import type { Judged } from './standing.js'
import { table } from './table.js'
import type { View } from './view.js'

/** Whether the entries are counted: some may then answer otherwise, or not at all, and the check passes all the same. */
export const isCounted = ({ quorum = 'all', unanswered }: DnsRecordSpec): boolean => quorum !== 'all' || unanswered === 'ignore'

/** What holds of the entries together; null where a finding for each address says it all. */
export function summaryOf(view: View, judged: readonly Judged[]): Finding | null {
  if (isCounted(view.spec)) return countFinding(view, judged)
  return judged.some(isStale) ? propagationFinding(view, judged) : null
}

const isStale = ({ judgement }: Judged): boolean => judgement.verdict === 'fail' && judgement.unmet.some(({ what }) => what === 'differs')

function propagationFinding(view: View, judged: readonly Judged[]): Finding {
  const stale = judged.filter(isStale)
  return {
    verdict: 'fail',
    subject: `${topicOf(view)}: propagated`,
    expected: expectedOf(view),
    actual: `${stale.length} of ${judged.length} asked answer otherwise`,
    message: otherwise(view, stale),
  }
}

function countFinding(view: View, judged: readonly Judged[]): Finding {
  const { spec } = view
  const count = countEntries(spec, judged)
  const silent = judged.filter(({ judgement }) => judgement.verdict === 'error')
  const message = [
    otherwise(
      view,
      judged.filter(({ judgement }) => judgement.verdict === 'fail'),
    ),
    ...(silent.length === 0
      ? []
      : [`Nothing is known of:\n${table(silent.map(({ sight }) => [showSight(sight), describeData(view.question.type, sight.answer)]))}`]),
  ]
  return {
    verdict: count.verdict,
    subject: `${topicOf(view)}: quorum`,
    expected: `${expectedOf(view)}, ${describeNeeded(spec, count)}`,
    actual: describeCount(count),
    message: message.filter((part) => part !== '').join('\n'),
  }
}

function describeCount({ passed, failed, open, ignored }: Count): string {
  const part = (words: string, entries: readonly string[]): readonly string[] =>
    entries.length === 0 ? [] : [`${words} ${entries.join(', ')}`]
  return [
    ...(passed.length === 0 ? ['at none'] : part(`at ${passed.length}:`, passed)),
    ...part('otherwise:', failed),
    ...part('unknown:', open),
    ...part('left out without an answer:', ignored),
  ].join('; ')
}

/** Who answers otherwise, and for how many seconds more, the longest last: so that one sees when it will be over. */
function otherwise({ question, reference, spec }: View, judged: readonly Judged[]): string {
  if (judged.length === 0) return ''
  const rows = judged
    .map(({ sight }) => ({ sight, seconds: staleFor(sight.answer, reference?.aliases ?? []) }))
    .sort((a, b) => (a.seconds ?? Number.POSITIVE_INFINITY) - (b.seconds ?? Number.POSITIVE_INFINITY))
  const cells = rows.map(({ sight, seconds }) => [
    showSight(sight),
    describeData(question.type, sight.answer),
    seconds === null ? 'unknown' : `${seconds} s`,
  ])
  const last = rows.at(-1)?.seconds ?? null
  const end = last === null || spec.propagated !== true ? '' : `\nAfter ${last} s every one of them has to ask the zone again.`
  return `Who answers otherwise, and for how long at most:\n${table(cells)}${end}`
}
