import { formatDuration } from '../../lib/duration.js'
import type { ReporterOutput } from '../../model/reporter.js'
import { verdictWords } from './summary.js'
import { doneOf, type Tally } from './tally.js'

/** Milliseconds between two drawings in place. */
const redrawEvery = 100
/** Milliseconds between two lines in a log: enough for a CI system to see that the run is alive. */
const logEvery = 10_000

const usualColumns = 80

const eraseLine = '\r\u001b[K'

/**
 * One line on where a run stands, at most `columns` cells wide: what matters least is left out first.
 * Of the characters drawn none is of ambiguous width (UAX #11), so that no terminal takes more cells for them.
 * @param drawn with a bar, of which logs have no use.
 */
export function progressLine(tally: Tally, elapsedMs: number, columns: number, drawn = true): string {
  const { hosts, hostsDone, checks, totals, waiting } = tally
  const done = doneOf(tally)
  const parts = [
    { text: drawn ? bar(done, checks) : '', weight: 1 },
    { text: `${done}/${checks} checks`, weight: 8 },
    { text: `${hostsDone}/${hosts} hosts`, weight: 4 },
    { text: `${totals.pass} ${verdictWords.pass}`, weight: 2 },
    { text: totals.fail === 0 ? '' : `${totals.fail} ${verdictWords.fail}`, weight: 7 },
    { text: totals.error === 0 ? '' : `${totals.error} ${verdictWords.error}`, weight: 6 },
    { text: waiting === 0 ? '' : `${waiting} to try again`, weight: 3 },
    { text: elapsed(elapsedMs), weight: 5 },
  ].filter(({ text }) => text !== '')
  while (parts.length > 1 && lineOf(parts).length > columns) {
    const lightest = parts.reduce((a, b) => (b.weight < a.weight ? b : a))
    parts.splice(parts.indexOf(lightest), 1)
  }
  return lineOf(parts).slice(0, Math.max(0, columns))
}

function lineOf(parts: readonly { readonly text: string }[]): string {
  return ` ${parts.map(({ text }) => text).join('  ')}`
}

/** In steps that a redrawn line can follow. */
function elapsed(ms: number): string {
  return ms < 60_000 ? `${(Math.floor(ms / 100) / 10).toFixed(1)} s` : formatDuration(Math.floor(ms / 1_000) * 1_000)
}

function bar(done: number, all: number): string {
  const cells = 10
  const full = all === 0 ? 0 : Math.floor((Math.min(done, all) / all) * cells)
  return '⣿'.repeat(full) + '⣀'.repeat(cells - full)
}

export interface Progress {
  /** Something changed. */
  update(): void
  /** A line that stays. */
  say(line: string): void
  /** Leaves nothing behind. */
  stop(): void
}

/** Shows where a run stands: redrawn in place on a terminal, a line now and then in a log. */
export function startProgress(output: ReporterOutput, tally: Tally): Progress {
  return output.columns === null ? inLog(output, tally) : inPlace(output, tally)
}

function inPlace(output: ReporterOutput, tally: Tally): Progress {
  const startedAt = performance.now()
  let drawn = ''
  let drawnAt = Number.NEGATIVE_INFINITY
  const draw = (): void => {
    drawnAt = performance.now()
    // Read anew: the window may have been made smaller. The last column stays free, or some terminals break the line.
    const line = progressLine(tally, drawnAt - startedAt, (output.columns ?? usualColumns) - 1)
    if (line === drawn) return
    output.write(`${eraseLine}${line}`)
    drawn = line
  }
  const erase = (): void => {
    if (drawn !== '') output.write(eraseLine)
    drawn = ''
  }
  const timer = setInterval(draw, redrawEvery)
  timer.unref()
  return {
    // Events keep the display alive while evaluation leaves timers no turn.
    update() {
      if (performance.now() - drawnAt >= redrawEvery) draw()
    },
    say(line) {
      erase()
      output.write(`${line}\n`)
    },
    stop() {
      clearInterval(timer)
      erase()
    },
  }
}

function inLog(output: ReporterOutput, tally: Tally): Progress {
  const startedAt = performance.now()
  const write = (): void => output.write(`${progressLine(tally, performance.now() - startedAt, usualColumns, false)}\n`)
  const timer = setInterval(write, logEvery)
  timer.unref()
  return {
    update() {},
    say: (line) => output.write(`${line}\n`),
    stop: () => clearInterval(timer),
  }
}

/** Where nothing but results is wanted. */
export const silentProgress: Progress = { update() {}, say() {}, stop() {} }
