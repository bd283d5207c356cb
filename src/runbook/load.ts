import { createHash } from 'node:crypto'
import { realpath } from 'node:fs/promises'
import { basename } from 'node:path'
import {
  type DataPath,
  diagnosticAt,
  diagnosticForFile,
  type Part as Half,
  locationOf,
  type Problem,
  type Validator,
} from '../documents/index.js'
import * as generated from '../generated/validators.js'
import type { AnyCheckKind } from '../model/check.js'
import type { Diagnostic } from '../model/diagnostic.js'
import type { Host } from '../model/inventory.js'
import type { Json, JsonObject } from '../model/json.js'
import type { CheckEntry, Runbook } from '../model/runbook.js'
import { asList, asMap, asText, isMap } from './data.js'
import { type Draft, readDrafts, settingPlace } from './draft.js'
import { beside, gather, type Part } from './gather.js'
import { assignIds } from './ids.js'
import { linkNeeds } from './needs.js'
import { type Resolution, Spec } from './spec.js'
import { uniqueDiagnostics } from './unique.js'

export interface LoadOptions {
  readonly checkKinds: readonly AnyCheckKind[]
  /** `--var`: they win over all others. Their values are data. */
  readonly vars?: JsonObject
  /** For `${env:NAME}`. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** By check kind; default those that `npm run generate` made. */
  readonly validators?: Readonly<Record<string, Validator>>
}

export interface LoadedRunbooks {
  /** Only complete, and only to be run, when there are no diagnostics. */
  readonly runbooks: readonly Runbook[]
  /** Every problem of every file that does not depend on a host's variables; in the order of the files. */
  readonly diagnostics: readonly Diagnostic[]
  /** What outputs must mask. Grows while specifications are resolved. */
  readonly secrets: ReadonlySet<string>
  /** The specification of an entry of these runbooks as one host sees it. Hosts without variables of their own share one. */
  resolveSpec(entry: CheckEntry, host: Pick<Host, 'name' | 'vars'>): Resolution
  /** A diagnostic at a part of an entry, or at the `defaults` it takes it from: `['on', 0]`. */
  diagnosticAt(entry: CheckEntry, path: DataPath, problem: Problem & { readonly at?: Half }): Diagnostic
}

/** Reads runbooks with everything they include. Never rejects for what is in a file. */
export async function loadRunbooks(paths: readonly string[], options: LoadOptions): Promise<LoadedRunbooks> {
  const diagnostics: Diagnostic[] = []
  const secrets = new Set<string>()
  const checkKinds = new Map(options.checkKinds.map((kind) => [kind.kind, kind]))
  const files = await gatherAll(paths, diagnostics)

  const drafts = files.flatMap(({ file, parts }, runbook) => {
    const sources = sourcesOf(parts, options)
    const report = (diagnostic: Diagnostic): void => void diagnostics.push(diagnostic)
    const found = parts.flatMap((part) => readDrafts(part, { runbook, checkKinds, sources, secrets, report }))
    if (parts.length > 0 && parts.every(({ document, data }) => isMap(document.data) && asList(data.checks).length === 0))
      report(noChecks(file, parts))
    return found
  })
  const { ids, diagnostics: duplicates } = assignIds(drafts)
  const identified = drafts.map((draft, index) => ({ ...draft, id: ids[index] ?? '' }))
  const { needs, diagnostics: unlinked } = linkNeeds(identified)
  diagnostics.push(...duplicates, ...unlinked)

  const specs = new Map<CheckEntry, Spec>()
  const origins = new Map<CheckEntry, Draft>()
  const entries = identified.map((draft, index) => {
    const entry = toEntry(draft, needs[index] ?? [])
    const spec = specOf(draft, options, secrets)
    diagnostics.push(...spec.certain)
    specs.set(entry, spec)
    origins.set(entry, draft)
    return { runbook: draft.runbook, entry }
  })
  return {
    runbooks: files.map(({ file, parts }, index) =>
      toRunbook(
        file,
        parts,
        entries.flatMap(({ runbook, entry }) => (runbook === index ? [entry] : [])),
      ),
    ),
    diagnostics: uniqueDiagnostics(diagnostics, paths),
    secrets,
    resolveSpec: (entry, host) => known(specs, entry).for(host),
    diagnosticAt: (entry, path, problem) => {
      const draft = known(origins, entry)
      const [name = '', ...rest] = path
      const place = settingPlace(draft, String(name))
      return diagnosticAt(place.document, [...place.path, ...rest], problem)
    },
  }
}

interface RunbookFiles {
  readonly file: string
  readonly parts: readonly Part[]
}

async function gatherAll(paths: readonly string[], diagnostics: Diagnostic[]): Promise<readonly RunbookFiles[]> {
  const files: RunbookFiles[] = []
  const seen = new Map<string, string>()
  for (const file of paths) {
    const real = await realpath(file).catch(() => file)
    const before = seen.get(real)
    if (before !== undefined) {
      diagnostics.push(diagnosticForFile(file, { code: 'duplicate-runbook', message: `this runbook is given twice, first as ${before}` }))
      continue
    }
    seen.set(real, file)
    const gathered = await gather(file, generated.runbook)
    diagnostics.push(...gathered.diagnostics)
    files.push({ file, parts: gathered.parts })
  }
  return files
}

function noChecks(file: string, parts: readonly Part[]): Diagnostic {
  const document = parts.at(-1)?.document
  const problem = { code: 'no-checks', message: 'this runbook has no checks: it would prove nothing', hint: 'add some under "checks"' }
  return document === undefined ? diagnosticForFile(file, problem) : diagnosticAt(document, ['checks'], { ...problem, at: 'key' })
}

/** Variables of the file that includes win over those of the included. */
function sourcesOf(parts: readonly Part[], { vars = {}, env = {} }: LoadOptions): Draft['sources'] {
  return { overrides: vars, runbook: varsOf(parts), env }
}

function varsOf(parts: readonly Part[]): Readonly<Record<string, Json>> {
  return Object.fromEntries(parts.flatMap(({ data }) => Object.entries(asMap(data.vars)).map(([name, value]) => [name, value ?? null])))
}

function specOf(draft: Draft, options: LoadOptions, secrets: Set<string>): Spec {
  const { document, path, kind, spec, sources } = draft
  const validator = options.validators?.[kind.kind] ?? generated.checks[kind.kind]
  if (validator === undefined) throw new Error(`no validator was generated for check kind ${kind.kind}: run "npm run generate"`)
  return new Spec({ document, path: [...path, kind.kind], kind, validator, spec, sources, secrets })
}

function toEntry(draft: Draft & { readonly id: string }, needs: readonly string[]): CheckEntry {
  const { id, name, kind, spec, on, tags, severity, timeoutMs, retry, when, document, path } = draft
  return { id, name, kind: kind.kind, spec, on, tags, severity, timeoutMs, retry, needs, when, location: locationOf(document, path) }
}

function toRunbook(file: string, parts: readonly Part[], checks: readonly CheckEntry[]): Runbook {
  // The file itself comes last; without it nothing was read at all.
  const own = parts.at(-1)
  const withInventory = [...parts].reverse().find(({ data }) => asText(data.inventory) !== undefined)
  const inventory = asText(withInventory?.data.inventory)
  return {
    name: asText(own?.data.name) ?? basename(file).replace(/\.ya?ml$/, ''),
    file,
    digest: digestOf(parts),
    vars: varsOf(parts),
    inventory: withInventory === undefined || inventory === undefined ? null : beside(withInventory.document.file, inventory),
    checks,
  }
}

/** For a runbook of one file what `sha256sum` prints. */
function digestOf(parts: readonly Part[]): string {
  const hash = createHash('sha256')
  for (const { document } of [...parts].reverse()) hash.update(document.bytes)
  return hash.digest('hex')
}

function known<Value>(map: ReadonlyMap<CheckEntry, Value>, entry: CheckEntry): Value {
  const value = map.get(entry)
  if (value === undefined) throw new Error(`check ${entry.id} is none of the runbooks that were loaded together`)
  return value
}
