import type { Finding } from '../../model/check.js'
import { describeData } from './describe.js'
import { topicOf } from './finding.js'
import type { Reference } from './reference.js'
import { showServer } from './resolver-words.js'
import { showSight } from './sight.js'
import { table } from './table.js'
import type { View } from './view.js'

/** What is to be said of the zone's servers together: that they disagree, or that none of them told what the zone says. */
export function referenceFindings(view: View): readonly Finding[] {
  const { reference } = view
  if (reference === null) return []
  if (reference.sets.length === 0) return view.spec.propagated === true ? [unknownZone(view)] : []
  return reference.serials.size === 0 ? [] : [disagreement(view, reference)]
}

function unknownZone(view: View): Finding {
  return {
    verdict: 'error',
    subject: `${topicOf(view)}: propagated`,
    expected: "every resolver answers as the zone's own servers do",
    actual: "what the zone's own servers answer is not known",
    message: 'Without it nothing can be compared. Name the servers of the zone in `authoritative` where they cannot be found from here.',
  }
}

function disagreement(view: View, { sights, serials }: Reference): Finding {
  const telling = sights.filter(({ server }) => server !== null && serials.has(showServer(server)))
  const serialOf = ({ server }: (typeof telling)[number]): number | null =>
    server === null ? null : (serials.get(showServer(server)) ?? null)
  const rows = telling.map((sight) => [
    showSight(sight),
    describeData(view.question.type, sight.answer),
    serialOf(sight) === null ? 'serial unknown' : `serial ${serialOf(sight)}`,
  ])
  const different = new Set(telling.map(serialOf)).size > 1
  const cause = different
    ? 'The serials differ: a secondary server has not taken over the zone yet. Look at its log for NOTIFY and zone transfers (AXFR, IXFR).'
    : 'The serials are the same: views by client, answers that rotate or depend on the place, or a record changed without raising the serial.'
  return {
    verdict: 'fail',
    subject: `${topicOf(view)}: servers of the zone`,
    expected: 'the same answer from every server of the zone',
    actual: `${new Set(rows.map(([, data]) => data)).size} different answers`,
    message: `They answer:\n${table(rows)}\n${cause}`,
  }
}
