import type { RunEvent } from '../../src/model/report.js'
import type { LiveOptions } from '../../src/model/reporter.js'
import { consoleReporter } from '../../src/reporters/console/index.js'

export interface ConsoleSetting {
  readonly verbosity?: LiveOptions['verbosity']
  readonly columns?: number | null
  readonly color?: boolean
}

/** What the console reporter writes as results, piece by piece. */
export function onConsole(
  events: Iterable<RunEvent>,
  { verbosity = 'normal', columns = 80, color = false }: ConsoleSetting = {},
): string[] {
  const pieces: string[] = []
  const results = { write: (text: string) => void pieces.push(text), columns, color }
  const follower = consoleReporter.follow({ results, progress: { write: () => {}, columns: null, color: false } }, { verbosity })
  for (const event of events) follower.event(event)
  follower.close()
  return pieces
}
