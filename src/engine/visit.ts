import { randomBytes } from 'node:crypto'
import { formatDuration } from '../lib/duration.js'
import { TransportError } from '../lib/errors.js'
import { printableLine } from '../lib/printable.js'
import type { FactError, OutputReader } from '../model/fact.js'
import type { Become } from '../model/inventory.js'
import type { Json } from '../model/json.js'
import type { Transport } from '../model/transport.js'
import { patientReader } from './patient-reader.js'
import { composeScript, type ScriptSection } from './script/compose.js'
import { type FrameLimits, FrameReader } from './script/frames.js'
import { type Attempt, attemptTimeout, type Section } from './sections.js'

export interface VisitLimits extends FrameLimits {
  /** Milliseconds until the script must have begun; covers queues for logins. */
  readonly beginMs: number
  /** Milliseconds between the end of a command and the next frame. */
  readonly betweenMs: number
}

export const defaultLimits: VisitLimits = {
  // Room for 350,000 sockets or 400,000 routes.
  sectionBytes: 64 * 2 ** 20,
  errorBytes: 64 * 2 ** 10,
  noiseBytes: 4 * 2 ** 20,
  visitBytes: 160 * 2 ** 20,
  beginMs: 90_000,
  betweenMs: 10_000,
}

/** What one script brought back. */
export interface VisitOutcome {
  /** By section: every attempt that ended. */
  readonly attempts: readonly (readonly Attempt[])[]
  /** The section during which the script had to be ended, and why. */
  readonly broken: { readonly section: number; readonly error: FactError } | null
  /** Why nothing more can be had from this host now. */
  readonly lost: FactError | null
  /** What the host calls its system (`uname -s`); null when the script never began. */
  readonly system: string | null
}

/** For one section whose command announces itself. */
export interface Announcement {
  /** Called once: what is to be asked meanwhile may be asked now. */
  ready(): void
  /** When all of that is answered, and the command may end. Never rejects. */
  readonly enough: Promise<void>
}

/** Runs the sections as one script on a host. Never rejects: every failure is part of the outcome. */
export async function visit(
  transport: Transport,
  sections: readonly Section[],
  become: Become,
  limits: VisitLimits,
  signal: AbortSignal,
  announcement?: Announcement,
): Promise<VisitOutcome> {
  const nonce = `netproof-${randomBytes(16).toString('hex')}`
  const attempts: Attempt[][] = sections.map(() => [])
  const stop = new AbortController()
  let system: string | null = null
  let finished = false
  let current: { section: number; source: number; reading: 'first' | 'second' } | null = null
  let last = { section: -1, source: -1 }
  /** The section of the latest second reading; null while first readings come. */
  let lastAgain: number | null = null
  let broken: VisitOutcome['broken'] = null
  let lost: FactError | null = null
  let timer: NodeJS.Timeout | undefined
  let announced = false

  const wait = (milliseconds: number, expired: () => void): void => {
    clearTimeout(timer)
    timer = setTimeout(expired, milliseconds)
  }
  const giveUp = (error: FactError): void => {
    if (broken !== null || lost !== null || finished) return
    if (current === null) lost = error
    else broken = { section: current.section, error }
    stop.abort()
  }
  const silent = (): void => giveUp({ reason: 'timeout', message: `the host stopped answering for ${formatDuration(limits.betweenMs)}` })
  const outOfOrder = (): void => giveUp({ reason: 'not-understood', message: 'the host answered out of order' })
  /** Whether the host may speak of this attempt now: each comes once, in the order of the script. */
  const isNext = (section: number, source: number): boolean => {
    const asked = sections[section]
    if (stop.signal.aborted || system === null || finished || current !== null || lastAgain !== null) return false
    if (asked?.sources[source] === undefined || source < asked.from) return false
    if (section < last.section || (section === last.section && source <= last.source)) return false
    last = { section, source }
    return true
  }

  /** Whether this source answered last in its section, is to be run again, and has not been. */
  const isNextAgain = (section: number, source: number): boolean => {
    if (stop.signal.aborted || finished || current !== null || section <= (lastAgain ?? -1)) return false
    const attempt = attempts[section]?.at(-1)
    if (attempt === undefined || !('output' in attempt) || attempt.source !== source) return false
    lastAgain = section
    return sections[section]?.sources[source]?.command.againAfterMs !== undefined
  }

  const bytesOf = (section: number, source: number): number | undefined => sections[section]?.sources[source]?.command.outputBytes
  const ours = { ...limits, bytesOf }
  /** By section: who reads the output of the source that runs, or ran last, while it comes. */
  const readers = sections.map(() => new Map<number, OutputReader<Json>>())
  const reader = new FrameReader(nonce, ours, {
    hello: (name) => {
      if (system !== null) return outOfOrder()
      system = name
      wait(limits.betweenMs, silent)
    },
    begin: (section, source) => {
      const asked = sections[section]
      if (!isNext(section, source) || asked === undefined) return outOfOrder()
      current = { section, source, reading: 'first' }
      const outputReader = asked.sources[source]?.read?.()
      if (outputReader !== undefined) readers[section]?.set(source, patientReader(outputReader))
      const timeoutMs = attemptTimeout(asked, source)
      const name = asked.sources[source]?.name ?? ''
      wait(timeoutMs, () => giveUp({ reason: 'timeout', message: `${name} did not end within ${formatDuration(timeoutMs)}` }))
    },
    reader: (section, source) => readers[section]?.get(source),
    ready: () => {
      if (announcement === undefined || announced || current === null) return outOfOrder()
      announced = true
      announcement.ready()
    },
    again: (section, source) => {
      const asked = sections[section]
      if (!isNextAgain(section, source) || asked === undefined) return outOfOrder()
      current = { section, source, reading: 'second' }
      const patienceMs = attemptTimeout(asked, source) + (asked.sources[source]?.command.againAfterMs ?? 0)
      const name = asked.sources[source]?.name ?? ''
      wait(patienceMs, () => giveUp({ reason: 'timeout', message: `${name} did not end within ${formatDuration(patienceMs)}` }))
    },
    end: (section, source, exitCode, passed) => {
      if (current?.section !== section || current.source !== source) return outOfOrder()
      const { reading } = current
      if (reading === 'second' && !(passed >= 0)) return outOfOrder()
      current = null
      const before = { exitCode, stdout: '', stderr: '' }
      if (reading === 'first') attempts[section]?.push({ source, output: before })
      else attempts[section]?.splice(-1, 1, { source, output: { ...before, again: { stdout: '', stderr: '', afterMs: passed * 10 } } })
      wait(limits.betweenMs, silent)
    },
    missing: (section, source) => {
      if (!isNext(section, source)) return outOfOrder()
      attempts[section]?.push({ source, missing: true })
    },
    bye: () => {
      if (current !== null) return outOfOrder()
      finished = true
      wait(limits.betweenMs, () => stop.abort())
    },
    overflow: () => {
      const message = 'printed more than netproof takes in; the command was ended'
      giveUp({ reason: 'too-much-output', message: `${current === null ? 'the host' : nameOf(sections, current)} ${message}` })
    },
  })

  wait(limits.beginMs, () => giveUp({ reason: 'timeout', message: `no shell answered within ${formatDuration(limits.beginMs)}` }))
  let noise = ''
  try {
    const result = await transport.exec(
      {
        argv: ['/bin/sh', '-s'],
        input: composeScript(sections.map(scriptSection), {
          ...{ nonce, become, deadlineSeconds: deadline(sections) },
          announces: announcement !== undefined,
        }),
        laterInput: announcement?.enough.then(() => 'enough\n'),
        onOutput: (stream, chunk) => {
          if (system === null && noise.length < 2_000) noise += Buffer.from(chunk).toString('utf8')
          reader.feed(stream, chunk)
        },
      },
      AbortSignal.any([signal, stop.signal]),
    )
    if (!finished) lost ??= ended(result.exitCode, system, noise)
  } catch (error) {
    if (!finished && broken === null) lost ??= transportFailure(error)
  } finally {
    clearTimeout(timer)
  }
  return {
    attempts: attempts.map((list, section) =>
      list.map((attempt) => withOutput(reader, readers[section]?.get(attempt.source), section, attempt)),
    ),
    broken,
    lost,
    system,
  }
}

function scriptSection(section: Section): ScriptSection {
  return { attempts: section.sources.slice(section.from).map(({ command }, index) => ({ source: section.from + index, command })) }
}

function withOutput(reader: FrameReader, outputReader: OutputReader<Json> | undefined, section: number, attempt: Attempt): Attempt {
  if ('missing' in attempt) return attempt
  const { source, output } = attempt
  const first = { ...output, ...reader.take(section, source) }
  return {
    source,
    reader: outputReader,
    output: output.again === undefined ? first : { ...first, again: { ...output.again, ...reader.take(section, source, 'second') } },
  }
}

const nameOf = (sections: readonly Section[], place: { readonly section: number; readonly source: number }): string =>
  sections[place.section]?.sources[place.source]?.name ?? 'the command'

/** Seconds after which the host itself ends the script: all that it may take, and some grace. */
function deadline(sections: readonly Section[]): number {
  const total = sections.reduce(
    (sum, section) =>
      sum + section.sources.slice(section.from).reduce((most, _, index) => most + longest(section, section.from + index), 0),
    0,
  )
  return Math.ceil(total / 1_000) + 30
}

/** Milliseconds that one source may take in all, both readings and the time between them. */
function longest(section: Section, source: number): number {
  const { againAfterMs } = section.sources[source]?.command ?? {}
  const once = attemptTimeout(section, source)
  return againAfterMs === undefined ? once : 2 * once + againAfterMs
}

function ended(exitCode: number | null, system: string | null, noise: string): FactError {
  const how = exitCode === null ? 'was ended by a signal' : `ended with exit code ${exitCode}`
  const said = printableLine(noise)
  return system === null
    ? { reason: 'transport', message: `no POSIX shell answered: the command ${how}${said === '' ? '' : `: ${said}`}` }
    : { reason: 'connection-lost', message: `the shell on the host ${how} before all commands had run` }
}

function transportFailure(error: unknown): FactError {
  if (error instanceof TransportError) return { reason: error.reason, message: error.message }
  return { reason: 'transport', message: printableLine(String(error)) }
}
