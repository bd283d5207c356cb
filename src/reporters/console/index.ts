import { printableLine } from '../../lib/printable.js'
import type { RunSummary } from '../../model/report.js'
import type { Follower, LiveOptions, LiveOutputs, LiveReporter, ReporterOutput } from '../../model/reporter.js'
import { inPieces } from '../pieces.js'
import { entry } from './entries.js'
import { ordersFor } from './order.js'
import { pageFor } from './page.js'
import { silentProgress, startProgress } from './progress.js'
import { summaryLines } from './summary.js'
import { createTally, doneOf, type Tally } from './tally.js'
import { undetermined } from './undetermined.js'

/** Everything that is left to say when a run has ended, what failed first, entry by entry. */
function* ending(output: ReporterOutput, tally: Tally, summary: RunSummary, verbose: boolean): Generator<string> {
  const { kept, judged, interruption, checks } = tally
  const page = pageFor(output, new Set([kept.fail, kept.error, kept.skip, kept.pass].flat().map(({ host }) => host)), verbose)
  const { bySeverity, byPlace } = ordersFor(summary)
  const text = (lines: readonly string[]): string => `${lines.join('\n')}\n\n`
  for (const result of bySeverity(kept.fail)) yield text(entry(page, result))
  for (const lines of undetermined(page, bySeverity(kept.error), judged)) yield text(lines)
  for (const result of byPlace(kept.skip)) yield text(entry(page, result))
  for (const result of byPlace(kept.pass)) yield text(entry(page, result))
  yield `${summaryLines(page, summary, interruption, Math.max(0, checks - doneOf(tally))).join('\n')}\n`
}

function follow({ results, progress }: LiveOutputs, { verbosity }: LiveOptions): Follower {
  const { tally, add } = createTally(verbosity)
  let shown = silentProgress
  return {
    event(event) {
      add(event)
      if (event.type === 'start' && verbosity !== 'quiet') shown = startProgress(progress, tally)
      if (event.type === 'interrupt')
        shown.say(` Interrupted: ${printableLine(event.reason)}. Ending what still runs, then reporting what is known.`)
      if (event.type !== 'end') return shown.update()
      shown.stop()
      for (const piece of inPieces(ending(results, tally, event.summary, verbosity === 'verbose'))) results.write(piece)
    },
    close: () => shown.stop(),
  }
}

/** For people: where the run stands while it goes on; then failures first, what could not be determined, and a summary. */
export const consoleReporter: LiveReporter = {
  name: 'console',
  summary: 'for people: progress while it runs, then failures first and a summary',
  follow,
}
