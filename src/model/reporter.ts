import type { Report, RunEvent } from './report.js'

/** Where a live reporter writes, and what it may assume about it. */
export interface ReporterOutput {
  write(text: string): void
  /** Columns of the terminal; null when it is not one. */
  readonly columns: number | null
  readonly color: boolean
}

/** A report as one text. */
export interface DocumentReporter {
  readonly name: string
  readonly summary: string
  /** Yields the document in pieces, so that 100,000 results need no string of their size. Pure. */
  render(report: Report): Iterable<string>
}

/** Receives what happens during a run. */
export interface Follower {
  event(event: RunEvent): void
  /** Called once, after the last event, also when the run broke and no `end` came. */
  close(): void
}

/** A reporter that follows the run. */
export interface LiveReporter {
  readonly name: string
  readonly summary: string
  follow(outputs: LiveOutputs, options: LiveOptions): Follower
}

export interface LiveOutputs {
  /** Results: standard output, or the file of `-r NAME=FILE`. */
  readonly results: ReporterOutput
  /** Progress: standard error. */
  readonly progress: ReporterOutput
}

export interface LiveOptions {
  readonly verbosity: 'quiet' | 'normal' | 'verbose'
}
