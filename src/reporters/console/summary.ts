import { displayWidth } from '../../lib/display-width.js'
import { formatDuration } from '../../lib/duration.js'
import { counted } from '../../lib/plural.js'
import { printableLine } from '../../lib/printable.js'
import type { RunSummary } from '../../model/report.js'
import type { Verdict } from '../../model/verdict.js'
import { hanging, mark, type Page } from './page.js'

export const verdictWords = { pass: 'passed', fail: 'failed', error: 'undetermined', skip: 'skipped' } as const satisfies Record<
  Verdict,
  string
>

const verdictStyles = { pass: 'green', fail: 'red', error: 'yellow', skip: 'dim' } as const

const verdicts = ['pass', 'fail', 'error', 'skip'] as const

/** What a run came to. @param unjudged checks that were planned and have no result. */
export function summaryLines(page: Page, summary: RunSummary, interruption: string | null, unjudged: number): readonly string[] {
  return [...remarks(page, summary, interruption, unjudged), ...figures(page, summary)]
}

function remarks(
  page: Page,
  { interrupted, totals, exitCode }: RunSummary,
  interruption: string | null,
  unjudged: number,
): readonly string[] {
  const why = interruption === null ? '' : `: ${printableLine(interruption)}`
  const left = unjudged === 0 ? '' : ` ${counted(unjudged, 'check')} ${unjudged === 1 ? 'was' : 'were'} never judged.`
  const texts = [
    interrupted ? `Interrupted${why}. This is what was known until then.${left}` : left.trim(),
    totals.fail > 0 && exitCode === 0 ? 'No failure is as severe as --fail-on asks, so the run passes all the same.' : '',
  ]
  return texts.filter((text) => text !== '').flatMap((text) => [...hanging(page, ` ${mark(page, 'error')} `, text, 3), ''])
}

interface Part {
  readonly text: string
  readonly style: Parameters<Page['paint']>[0] | null
}

function figures(page: Page, { hosts, totals, durationMs }: RunSummary): readonly string[] {
  const checks = verdicts.reduce((sum, verdict) => sum + totals[verdict], 0)
  const parts: readonly Part[] = [
    { text: `${counted(hosts.length, 'host')} · ${counted(checks, 'check')}`, style: 'bold' },
    ...verdicts
      .filter((verdict) => verdict === 'pass' || totals[verdict] > 0)
      .map((verdict) => ({ text: `${totals[verdict]} ${verdictWords[verdict]}`, style: verdictStyles[verdict] })),
    { text: formatDuration(durationMs), style: null },
  ]
  const cells = parts.reduce((sum, { text }) => sum + displayWidth(text), 1)
  const gap = cells + 3 * (parts.length - 1) <= page.width ? 3 : 2
  return flow(page, parts, gap)
}

/** Parts behind each other, `gap` cells apart, on as many lines as they need. */
function flow(page: Page, parts: readonly Part[], gap: number): readonly string[] {
  const lines: string[] = []
  let cells = 0
  for (const { text, style } of parts) {
    const painted = style === null ? text : page.paint(style, text)
    const width = displayWidth(text)
    if (cells === 0 || cells + gap + width > page.width) {
      lines.push(` ${painted}`)
      cells = 1 + width
    } else {
      lines.push(`${lines.pop() ?? ''}${' '.repeat(gap)}${painted}`)
      cells += gap + width
    }
  }
  return lines
}
