import { type DataPath, describeValue, diagnosticAt, type LoadedDocument, locationOf, valueAt } from '../documents/index.js'
import { printableLine } from '../lib/printable.js'
import type { AnyCheckKind } from '../model/check.js'
import type { Diagnostic } from '../model/diagnostic.js'
import type { Json, JsonObject } from '../model/json.js'
import { asList, asMap, asText, asTexts, isMap } from './data.js'
import { type FillProblem, fillIn } from './fill.js'
import type { Part } from './gather.js'
import { kindOf } from './kind-of.js'
import { nameOf } from './name.js'
import { Scope, type Sources } from './scope.js'
import { readSettings, type Settings, settingProblems } from './settings.js'
import { variableDiagnostic } from './spec.js'

/** An entry before it has an id. */
export interface Draft extends Omit<Settings, 'on'> {
  readonly part: Part
  readonly sources: Omit<Sources, 'host'>
  readonly document: LoadedDocument
  /** Of the entry in the document. */
  readonly path: DataPath
  /** Index of the runbook. */
  readonly runbook: number
  readonly kind: AnyCheckKind
  readonly spec: Json
  readonly declaredId: string | null
  readonly name: string
  readonly needs: readonly string[]
  /** Host patterns, filled in. */
  readonly on: readonly string[]
}

interface Place {
  readonly document: LoadedDocument
  readonly path: DataPath
}

export interface DraftContext {
  readonly runbook: number
  readonly checkKinds: ReadonlyMap<string, AnyCheckKind>
  readonly sources: Omit<Sources, 'host'>
  /** Receives the values that came from the environment. */
  readonly secrets: Set<string>
  readonly report: (diagnostic: Diagnostic) => void
}

/** The entries of one file. What cannot be an entry is reported and left out. */
export function readDrafts(part: Part, context: DraftContext): readonly Draft[] {
  const { document, data } = part
  for (const problem of settingProblems(asMap(data.defaults))) {
    context.report(diagnosticAt(document, ['defaults', ...problem.path], problem))
  }
  return asList(data.checks).flatMap((entry, index) => {
    const draft = isMap(entry) ? readDraft(part, entry, ['checks', index], context) : null
    return draft ?? []
  })
}

function readDraft(part: Part, entry: JsonObject, path: DataPath, context: DraftContext): Draft | null {
  const { document } = part
  const lineOf = (key: string): number => locationOf(document, [...path, key], 'key').line
  const { kind: key, problems } = kindOf(entry, [...context.checkKinds.keys()], lineOf)
  for (const problem of [...problems, ...settingProblems(entry)]) {
    context.report(diagnosticAt(document, [...path, ...problem.path], problem))
  }
  const kind = context.checkKinds.get(key ?? '')
  if (kind === undefined) return null
  const settings = readSettings([entry, ...defaultsOf(part)])
  const spec = entry[kind.kind] ?? null
  return {
    ...settings,
    part,
    sources: context.sources,
    document,
    path,
    runbook: context.runbook,
    kind,
    spec,
    on: readPatterns(settings.on, settingPlace({ part, path }, 'on'), context),
    declaredId: asText(entry.id) ?? null,
    name: readName(part, entry, path, context) ?? nameOf(kind.kind, spec),
    needs: asTexts(entry.needs),
  }
}

/** The `defaults` that hold for the entries of a file, the nearest first. */
function defaultsOf(part: Part): JsonObject[] {
  const own = asMap(part.data.defaults)
  return part.parent === null ? [own] : [own, ...defaultsOf(part.parent)]
}

/** Where a setting of an entry is written: in the entry, or in the nearest `defaults` that have it. */
export function settingPlace({ part, path }: Pick<Draft, 'part' | 'path'>, name: string): Place {
  const entry = asMap(valueAt(part.data, path) as Json)
  if (entry[name] !== undefined) return { document: part.document, path: [...path, name] }
  for (let file: Part | null = part; file !== null; file = file.parent) {
    if (asMap(file.data.defaults)[name] !== undefined) return { document: file.document, path: ['defaults', name] }
  }
  return { document: part.document, path }
}

function readPatterns(on: Json, { document, path }: Place, { sources, secrets, report }: DraftContext): readonly string[] {
  const scope = new Scope({ ...sources, host: {} })
  const { value, problems } = fillIn(on, scope)
  for (const secret of scope.secrets) secrets.add(secret)
  for (const problem of problems) report(variableDiagnostic(document, path, forAllHosts(problem)))
  const patterns = asTexts(asList(value).length > 0 ? (asList(value).flat() as Json) : value)
  if (patterns.length === 0 && problems.length === 0 && asTexts(on).length > 0) {
    report(
      diagnosticAt(document, path, { code: 'wrong-value', message: `expected names of hosts or groups, found ${describeValue(value)}` }),
    )
  }
  return patterns
}

function readName(part: Part, entry: JsonObject, path: DataPath, { sources, report }: DraftContext): string | null {
  const given = asText(entry.name)
  if (given === undefined) return null
  const scope = new Scope({ ...sources, host: {} })
  const at = [...path, 'name']
  const { value, problems } = fillIn(given, scope)
  for (const problem of problems) report(variableDiagnostic(part.document, at, forAllHosts(problem)))
  if (scope.secrets.size > 0) {
    const hint = 'what comes from the environment is kept out of reports, and a name is in all of them'
    report(diagnosticAt(part.document, at, { code: 'secret-name', message: 'a name cannot hold a value from the environment', hint }))
    return given
  }
  return printableLine(typeof value === 'object' ? JSON.stringify(value) : String(value))
}

/** Names and patterns are read before any host is known. */
function forAllHosts(problem: FillProblem): FillProblem {
  if (problem.code !== 'undefined-variable' || problem.hint?.startsWith('did you mean')) return problem
  return { ...problem, hint: 'names and "on" are the same for all hosts: only vars of the runbook and --var can stand here' }
}
