import type { RunEvent } from '../model/report.js'
import type { Follower } from '../model/reporter.js'

export interface NamedFollower {
  /** How the reporter is called on the command line, for messages. */
  readonly name: string
  readonly follower: Follower
}

/** A reporter that broke. The run went on without it. */
interface ReporterFailure {
  readonly reporter: string
  readonly error: unknown
}

export interface Multiplexer extends Follower {
  /** The first error of every follower that broke; complete after `close`. */
  failures(): readonly ReporterFailure[]
}

/**
 * One follower in front of many. A follower that throws hears no further event but is still closed,
 * so that it can give back the terminal or a file; the others never notice.
 */
export function multiplex(followers: readonly NamedFollower[]): Multiplexer {
  const broken = new Map<NamedFollower, unknown>()
  const attempt = (named: NamedFollower, action: (follower: Follower) => void): void => {
    try {
      action(named.follower)
    } catch (error) {
      if (!broken.has(named)) broken.set(named, error)
    }
  }
  return {
    event(event: RunEvent): void {
      for (const named of followers) {
        if (!broken.has(named)) attempt(named, (follower) => follower.event(event))
      }
    },
    close(): void {
      for (const named of followers) attempt(named, (follower) => follower.close())
    },
    failures: () => [...broken].map(([{ name }, error]) => ({ reporter: name, error })),
  }
}
