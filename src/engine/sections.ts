import { NotLearnable, NotUnderstood } from '../lib/errors.js'
import { factKey } from '../lib/fact-key.js'
import { printableLine } from '../lib/printable.js'
import type { Command, CommandOutput, FactError, FactKind, OutputReader, Source } from '../model/fact.js'
import type { Json, JsonObject } from '../model/json.js'
import type { PlannedRequest } from '../model/plan.js'
import type { Platform } from '../model/platform.js'

/** A source with the command that it makes of a section's requests; made once, because probes carry whole programs. */
export interface PreparedSource {
  readonly name: string
  readonly command: Command
  parse(output: CommandOutput): readonly Json[]
  read?(): OutputReader<Json>
}

/** Requests of one group with the sources still to be tried. */
export interface Section {
  readonly kind: FactKind
  readonly requests: readonly PlannedRequest[]
  readonly sources: readonly PreparedSource[]
  /** Index of the first source not yet tried. */
  readonly from: number
  /** What the sources tried so far answered. */
  readonly failures: readonly FactError[]
}

/** One answer for a whole section: values in the order of its requests, or one error for all. */
export type SectionOutcome = { readonly source: string; readonly values: readonly Json[] } | { readonly error: FactError }

/** What one source left behind in one visit. */
export type Attempt =
  | {
      readonly source: number
      readonly output: CommandOutput
      /** Who has read standard output already, where the source reads while the host prints. */
      readonly reader?: OutputReader<Json> | undefined
    }
  | { readonly source: number; readonly missing: true }

/**
 * Groups requests into sections, and whatever can share a command together: first what is read twice, the shortest window first,
 * so that all windows pass at once and over everything else; then state before probes, and last what needs a permission: it may
 * change what the others look at.
 */
export function makeSections(
  requests: readonly PlannedRequest[],
  facts: ReadonlyMap<string, FactKind>,
  platform: Platform,
): readonly Section[] {
  const groups = new Map<string, { kind: FactKind; requests: PlannedRequest[] }>()
  for (const planned of requests) {
    const kind = facts.get(planned.request.fact)
    if (kind === undefined) throw new Error(`no fact is called ${planned.request.fact}`)
    const { args, during } = planned.request
    // What is asked during something is asked apart from what is asked at any time.
    const moment = during === undefined ? '' : ` during ${factKey(during)}`
    const name = kind.group === undefined ? planned.key : `${kind.name} ${kind.group(args)}${moment}`
    const group = groups.get(name)
    if (group === undefined) groups.set(name, { kind, requests: [planned] })
    else group.requests.push(planned)
  }
  const sections = [...groups.values()].map(({ kind, requests }): Section => {
    const args = requests.map(({ request }) => request.args)
    return { kind, requests, sources: (kind.sources[platform] ?? []).map((source) => prepareSource(source, args)), from: 0, failures: [] }
  })
  const once = sections.filter((section) => windowOf(section) === null)
  return [
    ...sections.filter((section) => windowOf(section) !== null).sort((a, b) => (windowOf(a) ?? 0) - (windowOf(b) ?? 0)),
    ...once.filter(({ kind }) => kind.permission === undefined && !kind.active),
    ...once.filter(({ kind }) => kind.permission === undefined && kind.active),
    ...once.filter(({ kind }) => kind.permission !== undefined),
  ]
}

/** Milliseconds between the readings of what is read twice; null where all is read once. */
function windowOf({ sources }: Section): number | null {
  const windows = sources.flatMap(({ command }) => command.againAfterMs ?? [])
  return windows.length === 0 ? null : Math.max(...windows)
}

function prepareSource(source: Source<JsonObject, Json>, args: readonly JsonObject[]): PreparedSource {
  const { read } = source
  return {
    name: source.name,
    command: source.command(args),
    parse: (output) => source.parse(output, args),
    ...(read === undefined ? {} : { read: () => read(args) }),
  }
}

/** How long one source may take, in milliseconds. */
export function attemptTimeout(section: Section, source: number): number {
  const general = Math.max(...section.requests.map(({ timeoutMs }) => timeoutMs))
  return Math.max(general, section.sources[source]?.command.timeoutMs ?? 0)
}

/** Whether a source answered whose second reading did not come: the script was ended before. */
export function lacksSecondReading({ sources }: Section, attempts: readonly Attempt[]): boolean {
  return attempts.some((attempt) => {
    const command = sources[attempt.source]?.command
    if (command === undefined || command.againAfterMs === undefined || !('output' in attempt)) return false
    return accepts(command, attempt.output) && attempt.output.again === undefined
  })
}

const accepts = (command: Command, { exitCode }: CommandOutput): boolean =>
  command.accept === 'any' || (command.accept ?? [0]).includes(exitCode)

/**
 * Judges the attempts of one visit: an outcome, or the section with what remains to be tried.
 * The script has already gone on after missing tools and refused exit codes; here only parsing can fail.
 */
export function readSection(section: Section, attempts: readonly Attempt[]): SectionOutcome | Section {
  const failures: FactError[] = [...section.failures]
  let next = section.from
  for (const attempt of attempts) {
    const source = section.sources[attempt.source]
    if (source === undefined) continue
    next = attempt.source + 1
    const read = readAttempt(section, source, attempt)
    if ('values' in read) return { source: source.name, values: read.values }
    if (read.isFinal) return { error: read.error }
    failures.push(read.error)
  }
  if (next < section.sources.length && attempts.length > 0) return { ...section, from: next, failures }
  return { error: summarize(section, failures) }
}

function readAttempt(
  section: Section,
  source: PreparedSource,
  attempt: Attempt,
): { readonly values: readonly Json[] } | { readonly error: FactError; readonly isFinal?: true } {
  const { command, name } = source
  const expected = section.requests.length
  if ('missing' in attempt) return { error: { reason: 'tool-missing', message: `${command.tool.join(' or ')} not found` } }
  const { output } = attempt
  if (!accepts(command, output)) return { error: refused(name, output) }
  try {
    const values = attempt.reader === undefined ? source.parse(output) : attempt.reader.end(output)
    if (values.length === expected) return { values }
    return { error: { reason: 'not-understood', message: `${name}: expected ${expected} answers, found ${values.length}` } }
  } catch (error) {
    if (error instanceof NotLearnable) return { error: { reason: error.reason, message: printableLine(error.message) }, isFinal: true }
    const message = error instanceof NotUnderstood ? error.message : `the parser failed on this output: ${String(error)}`
    return { error: { reason: 'not-understood', message: `${name}: ${printableLine(message)}` } }
  }
}

function refused(source: string, output: CommandOutput): FactError {
  const said = printableLine(output.stderr || output.stdout)
  const permission = /^sudo:|permission denied|operation not permitted|a password is required/i.test(said)
  return {
    reason: permission ? 'permission' : 'not-understood',
    message: `${source} ended with exit code ${output.exitCode}${said === '' ? '' : `: ${said}`}`,
  }
}

function summarize(section: Section, failures: readonly FactError[]): FactError {
  const [only] = failures
  if (only === undefined) {
    return { reason: 'unsupported-platform', message: `${section.kind.name} cannot be learnt on this platform` }
  }
  const telling = failures.find(({ reason }) => reason === 'permission') ?? failures.find(({ reason }) => reason !== 'tool-missing') ?? only
  return {
    reason: telling.reason,
    message: `${section.kind.name} could not be learnt: ${failures.map(({ message }) => message).join('; ')}`,
  }
}
