import type { DetailSummary, SocketSummary } from '../../facts/sockets/index.js'
import { describeExpectation, numberType } from '../../lib/expectation.js'
import { counted } from '../../lib/plural.js'
import { sentences } from '../../lib/sentences.js'
import type { Finding } from '../../model/check.js'
import type { Host } from '../../model/inventory.js'
import { judgeCount, judgeMeasure } from './judge.js'
import type { Measure } from './measures.js'
import type { Spec } from './schema.js'
import { hintOf, showCommand, showMeaning, showShares, showSocket } from './words.js'

const verdictOf = { met: 'pass', unmet: 'fail', unknown: 'error' } as const

export function countFinding(spec: Spec, summary: SocketSummary, host: Host): Finding {
  // Root is shown every process: what it is shown nobody to hold is held by none.
  const hidden = host.become === 'none' && host.ssh.user !== 'root' ? summary.hidden : 0
  const count = spec.count ?? { min: 1 }
  const outcome = judgeCount(count, summary, hidden)
  return {
    verdict: verdictOf[outcome],
    subject: `connections ${showMeaning(spec)}`,
    expected: describeExpectation(numberType, count),
    actual: `${summary.count}${hidden === 0 ? '' : `, and ${hidden} of which it is not shown who holds them`}`,
    message: outcome === 'met' ? '' : explainCount(spec, summary, host, outcome === 'unknown'),
  }
}

function explainCount(spec: Spec, summary: SocketSummary, host: Host, unknown: boolean): string {
  const look = `Look at \`${showCommand(spec)}\`.`
  if (unknown) {
    return `Other users' processes are shown to root alone: set become: sudo for ${host.name} in the inventory. ${look}`
  }
  if (summary.count === 0) return `There is none now. ${look}`
  const { examples } = summary
  const shown = summary.count <= examples.length ? `They are: ${examples.map(showSocket).join(', ')}.` : ''
  return sentences(showShares(summary), shown, hintOf(summary), look)
}

export function measureFinding(spec: Spec, measure: Measure, { count }: SocketSummary, summary: DetailSummary): Finding {
  const { outcome, worst } = judgeMeasure(measure, summary)
  const { show, expected } = measure
  const { shown, hidden, median, lowest, highest } = summary
  const from = lowest[0]?.value
  const to = highest[0]?.value
  const range = from === undefined || to === undefined ? 'not shown' : from === to ? show(from) : `${show(from)} to ${show(to)}`
  const half = median === null || shown < 3 ? '' : `, half of them at most ${show(median)}`
  return {
    verdict: verdictOf[outcome],
    subject: `connections ${showMeaning(spec)}: ${measure.name}`,
    expected: `${expected} each`,
    actual: `${range}${half} (${counted(count, 'connection')})`,
    message:
      outcome === 'met'
        ? ''
        : outcome === 'unmet'
          ? `${worst.length === 1 ? 'Out of bounds is' : 'Out of bounds are, the worst first,'} ${worst.map(({ value, socket }) => `${showSocket(socket)}: ${show(value)}`).join(', ')}.`
          : count === 0
            ? 'There is no such connection to be measured.'
            : notShown(measure, hidden, count),
  }
}

function notShown({ name }: Measure, hidden: number, count: number): string {
  const some = hidden === count ? 'No connection shows it' : `${hidden} of ${count} connections do not show it`
  if (name === 'delivery-rate') return `${some}: one that has sent nothing yet has none, and only ss of iproute2 4.9 or newer shows any.`
  return `${some}: only ss of iproute2 does, and of retransmits, lost and unacked only since 4.3. Install iproute2 on the host.`
}
