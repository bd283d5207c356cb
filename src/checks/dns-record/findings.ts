import type { CheckContext, Finding } from '../../model/check.js'
import { describeData } from './describe.js'
import { expectedOf, findingOf, topicOf } from './finding.js'
import type { Gathered } from './gather.js'
import { questionOf } from './question.js'
import type { Reference } from './reference.js'
import { referenceFindings } from './reference-findings.js'
import type { Sight } from './sight.js'
import { type DnsRecordSpec, resolversOf } from './spec.js'
import { type Judged, judgeAll, withoutUnreachable } from './standing.js'
import { isCounted, summaryOf } from './summary.js'
import type { View } from './view.js'

/** Up to so many passes get a finding each; more are told together. */
const eachOnItsOwn = 10

/** One finding for each address that was asked; fewer where they pass, or where a quorum decides. */
export function findingsOf(spec: DnsRecordSpec, context: CheckContext, { sights, reference, behindLookup }: Gathered): readonly Finding[] {
  const entries = resolversOf(spec)
  const isEntry = ({ sight }: Judged): boolean => entries.includes(sight.entry)
  const zoneServers = spec.propagated === true && !entries.includes('authoritative') ? (reference?.sights ?? []) : []
  const { kept, aside } = withoutUnreachable(spec, [...zoneServers, ...sights])
  const sets = spec.propagated === true && reference !== null && reference.sets.length > 0 ? reference.sets : null
  const judged = judgeAll(spec, kept, sets)
  const view: View = { spec, question: questionOf(spec), context, reference, dnsServers: behindLookup, aside, noted: null }
  const summary = summaryOf(view, judged.filter(isEntry))
  const single = isCounted(spec) && summary !== null ? judged.filter((each) => !isEntry(each) || isPartOf(summary, each)) : judged
  const noting: View = { ...view, noted: firstOfZone(single) }
  const together = summary === null ? [] : [noting.noted === null ? withNotes(summary, reference) : summary]
  return [...together, ...referenceFindings(view), ...others(noting, single), ...passes(noting, single)]
}

function withNotes(summary: Finding, reference: Reference | null): Finding {
  return { ...summary, message: [summary.message, ...(reference?.notes ?? [])].filter((part) => part !== '').join('\n') }
}

/** The finding about a server of the zone that is read first. */
function firstOfZone(judged: readonly Judged[]): Sight | null {
  const ofZone = judged.filter(({ sight, verdict }) => sight.role === 'authoritative' && verdict !== 'ignored')
  return (ofZone.find(({ verdict }) => verdict !== 'pass') ?? ofZone[0])?.sight ?? null
}

/** A check is as bad as its worst finding: beside a count, an address has one of its own only where it cannot make it worse. */
function isPartOf({ verdict }: Finding, each: Judged): boolean {
  return verdict === 'fail' || (verdict === 'error' && each.verdict === 'error')
}

function others(view: View, judged: readonly Judged[]): readonly Finding[] {
  return judged.flatMap((each) =>
    each.verdict === 'fail' || each.verdict === 'error' ? [findingOf(view, { ...each, verdict: each.verdict })] : [],
  )
}

function passes(view: View, judged: readonly Judged[]): readonly Finding[] {
  const passed = judged.flatMap((each) => (each.verdict === 'pass' ? [{ ...each, verdict: each.verdict }] : []))
  if (passed.length <= eachOnItsOwn) return passed.map((each) => findingOf(view, each))
  const byAnswer = new Map<string, typeof passed>()
  for (const each of passed) {
    const key = describeData(view.question.type, each.sight.answer)
    byAnswer.set(key, [...(byAnswer.get(key) ?? []), each])
  }
  return [...byAnswer].flatMap(([answer, group]) => folded(view, answer, group))
}

function folded(view: View, answer: string, group: readonly (Judged & { readonly verdict: 'pass' })[]): readonly Finding[] {
  const [first] = group
  if (group.length === 1 && first !== undefined) return [findingOf(view, first)]
  const who = [...new Set(group.map(({ sight }) => sight.label ?? sight.server?.address ?? sight.entry))]
  const notes = [...new Set(group.map((each) => findingOf(view, each).message))].filter((message) => message !== '')
  const subject = `${topicOf(view)} at ${group.length} addresses`
  return [
    { verdict: 'pass', subject, expected: expectedOf(view), actual: answer, message: [`Asked: ${who.join(', ')}.`, ...notes].join(' ') },
  ]
}
