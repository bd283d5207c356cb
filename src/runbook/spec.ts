import {
  type DataPath,
  type DataProblem,
  describeValue,
  diagnosticAt,
  diagnosticInText,
  type LoadedDocument,
  type Problem,
  schemaProblems,
  type Validator,
  valueAt,
} from '../documents/index.js'
import { makeMask } from '../lib/mask.js'
import type { AnyCheckKind, CheckKind } from '../model/check.js'
import type { Diagnostic } from '../model/diagnostic.js'
import type { Host } from '../model/inventory.js'
import type { Json, JsonObject } from '../model/json.js'
import { type Filled, type FillProblem, fillIn } from './fill.js'
import { Scope, type Sources } from './scope.js'

/** A check's own part as the runbook writes it, and what is needed to fill it in and to judge it. */
export interface SpecSource {
  readonly document: LoadedDocument
  /** Of the specification in the document. */
  readonly path: DataPath
  readonly kind: AnyCheckKind
  readonly validator: Validator
  readonly spec: Json
  readonly sources: Omit<Sources, 'host'>
  /** Receives the values that came from the environment. */
  readonly secrets: Set<string>
}

/** A specification that its room accepts, or why there is none. */
export type Resolution = { readonly spec: Json } | { readonly diagnostics: readonly Diagnostic[] }

interface Attempt {
  readonly filled: Filled
  /** First parts of the variables that a host could define otherwise. */
  readonly overridable: ReadonlySet<string>
  readonly wrong: readonly DataProblem[]
}

/** One specification: judged once without a host, then again only for hosts whose variables change it. */
export class Spec {
  private readonly base: Attempt

  constructor(private readonly source: SpecSource) {
    this.base = this.attempt({})
  }

  /** What is wrong whatever the variables of hosts are. */
  get certain(): readonly Diagnostic[] {
    const { filled, overridable, wrong } = this.base
    if (overridable.size === 0) return this.diagnostics(this.base, null)
    const faults = filled.problems.filter(({ code }) => code !== 'undefined-variable')
    const independent = wrong.filter((problem) => isIndependent(problem, filled.touched))
    return this.diagnostics({ ...this.base, filled: { ...filled, problems: faults }, wrong: independent }, null)
  }

  for(host: Pick<Host, 'name' | 'vars'>): Resolution {
    const isSame = [...this.base.overridable].every((name) => !Object.hasOwn(host.vars, name))
    const attempt = isSame ? this.base : this.attempt(host.vars)
    const diagnostics = this.diagnostics(attempt, isSame ? null : host.name)
    return diagnostics.length > 0 ? { diagnostics } : { spec: attempt.filled.value }
  }

  private attempt(vars: JsonObject): Attempt {
    const { spec, sources, secrets, validator, kind } = this.source
    const scope = new Scope({ ...sources, host: vars })
    const filled = fillIn(spec, scope)
    for (const secret of scope.secrets) secrets.add(secret)
    const bySchema = schemaProblems(validator, kind.schema, filled.value)
    const isWhole = bySchema.length === 0 && filled.problems.length === 0
    return { filled, overridable: scope.overridable, wrong: isWhole ? roomProblems(kind, filled.value) : bySchema }
  }

  private diagnostics({ filled, wrong }: Attempt, host: string | null): readonly Diagnostic[] {
    const { document, path, secrets } = this.source
    const unfilled = filled.problems.map((problem) => variableDiagnostic(document, path, problem))
    const shown = this.shownSecrets(filled)
    const open = filled.problems.map((problem) => problem.path)
    const judged = wrong
      .filter((problem) => isIndependent(problem, open))
      .map((problem) => diagnosticAt(document, [...path, ...problem.path], { ...problem, hint: hintOf(problem, filled, host) }))
    const mask = makeMask(secrets)
    return [...unfilled, ...shown, ...judged].map((diagnostic) => masked(diagnostic, mask))
  }

  /** Values of the environment where everybody on the host could read them. */
  private shownSecrets({ secret }: Filled): readonly Diagnostic[] {
    const { document, path, kind } = this.source
    const { inArgv } = kind
    if (inArgv === undefined) return []
    const message = 'a value from the environment cannot be a word of a command: everybody on the host could read it, with ps'
    return secret
      .filter(([key]) => inArgv.keys.includes(String(key)))
      .map((place) => diagnosticAt(document, [...path, ...place], { code: 'shown-secret', message, hint: inArgv.instead }))
  }
}

function roomProblems(kind: AnyCheckKind, spec: Json): readonly DataProblem[] {
  // The schema has accepted the specification, so it has the room's own type.
  const problems = (kind as unknown as CheckKind).problems?.(spec) ?? []
  return problems.map(({ path, message, hint }) => ({ path, at: 'value', code: 'wrong-value', message, hint }))
}

/** Whether a problem is there whatever the strings at `open` turn into. A key is wrong or missing whatever the values beside it are. */
function isIndependent({ code, path }: DataProblem, open: readonly DataPath[]): boolean {
  const isAboutKeys = code === 'unknown-key' || code === 'missing-key'
  const subject = code === 'unknown-key' ? path.slice(0, -1) : path
  return open.every((other) => !startsWith(subject, other) && (isAboutKeys || !startsWith(other, path)))
}

function startsWith(path: DataPath, beginning: DataPath): boolean {
  return beginning.every((step, index) => index < path.length && String(path[index]) === String(step))
}

/** Underlines the variable rather than the whole text, where the text is written as it reads. */
export function variableDiagnostic(document: LoadedDocument, base: DataPath, problem: FillProblem): Diagnostic {
  const range = document.rangeOf([...base, ...problem.path], 'value')
  const offset = document.source.text.slice(range.start, range.end).indexOf(problem.source)
  const start = range.start + offset
  const narrow = offset === -1 ? range : { start, end: start + problem.source.length }
  return diagnosticInText(document.file, document.source, narrow, problem)
}

function hintOf(problem: DataProblem, { touched, value }: Filled, host: string | null): Problem['hint'] {
  const from = touched.find((path) => startsWith(problem.path, path))
  if (from === undefined || problem.at === 'key') return problem.hint
  const meaning = `here stands ${describeValue(valueAt(value, from))}${host === null ? '' : ` on ${host}`}, from a variable`
  return problem.hint === undefined ? meaning : `${problem.hint}; ${meaning}`
}

function masked(diagnostic: Diagnostic, mask: (text: string) => string): Diagnostic {
  const { message, hint } = diagnostic
  return { ...diagnostic, message: mask(message), ...(hint === undefined ? {} : { hint: mask(hint) }) }
}
