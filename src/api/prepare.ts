import { checkKinds, resolverCatalogue } from '../builtins.js'
import { formatDiagnostic, formatWarning } from '../documents/index.js'
import { type LoadedInventory, loadInventory, selectHosts } from '../inventory/index.js'
import { type Mask, makeMask } from '../lib/mask.js'
import type { Diagnostic } from '../model/diagnostic.js'
import type { Host, Inventory } from '../model/inventory.js'
import type { Permission } from '../model/permission.js'
import type { Plan } from '../model/plan.js'
import type { Platform } from '../model/platform.js'
import type { CheckEntry } from '../model/runbook.js'
import { makePlan } from '../plan/index.js'
import { type LoadedRunbooks, loadRunbooks, uniqueDiagnostics } from '../runbook/index.js'
import { InputError } from './input-error.js'
import type { SelectOptions } from './options.js'
import { refusals } from './permissions.js'
import { checkTable, factTable } from './tables.js'

/** Everything a run needs to know before it begins. */
export interface Prepared {
  readonly plan: Plan
  readonly mask: Mask
  /** What is left out of inventories and why, formatted for people. */
  readonly warnings: readonly string[]
}

/** What was found in the files: a plan only to be run when there are no diagnostics. */
export interface Examined {
  readonly plan: Plan
  readonly diagnostics: readonly Diagnostic[]
  readonly warnings: readonly Diagnostic[]
  readonly secrets: ReadonlySet<string>
  /** Problems of options, in sentences. */
  readonly complaints: readonly string[]
  /** false when no inventory was given, so that hosts could not be judged. */
  readonly hostsKnown: boolean
  /** What keeps the plan from being run where only so much is allowed. */
  refusals(allowed: ReadonlySet<Permission>): readonly Diagnostic[]
}

/**
 * Loads and plans.
 * @param allowed what may be done beside reading state and sending probes.
 * @throws InputError with every problem of every file.
 */
export async function prepare(options: SelectOptions, allowed: ReadonlySet<Permission>): Promise<Prepared> {
  const { plan, diagnostics: found, warnings, secrets, complaints, refusals: refuse } = await examine(options, 'demand')
  const diagnostics = [...found, ...refuse(allowed)]
  const mask = makeMask(secrets)
  if (diagnostics.length > 0 || complaints.length > 0) throw new InputError(problemText(diagnostics, complaints, mask), diagnostics)
  return { plan, mask, warnings: warnings.map((warning) => mask(formatWarning(warning))) }
}

/**
 * @param hosts `demand`: a host that no inventory has is a problem. `if-known`: it is none where no inventory was given.
 */
export async function examine(options: SelectOptions, hosts: 'demand' | 'if-known'): Promise<Examined> {
  const loaded = await loadRunbooks(options.runbooks, { checkKinds, vars: options.vars ?? {}, env: process.env })
  const paths = options.inventory ?? [...new Set(loaded.runbooks.flatMap(({ inventory }) => inventory ?? []))]
  const found = await loadInventory(paths, { controllerPlatform: controllerPlatform(), resolvers: resolverCatalogue })
  const hostsKnown = hosts === 'demand' || paths.length > 0
  const limit = limitOf(found.inventory, options.limit)
  const { plan, diagnostics } = makePlan({
    runbooks: loaded.runbooks,
    inventory: found.inventory,
    checkKinds: checkTable,
    select: selector(loaded, found, hostsKnown && found.diagnostics.length === 0),
    resolve: (entry, host) => loaded.resolveSpec(entry, host),
    locate:
      hostsKnown && found.diagnostics.length === 0
        ? (entry, { path, message, hint }) =>
            loaded.diagnosticAt(entry, [entry.kind, ...path], { code: 'wrong-value', message, ...(hint === undefined ? {} : { hint }) })
        : null,
    limit: limit.names,
    tags: options.tags ?? [],
  })
  const all = uniqueDiagnostics([...loaded.diagnostics, ...found.diagnostics, ...diagnostics], options.runbooks)
  const nothing = hostsKnown && all.length === 0 && limit.complaints.length === 0 && plan.checks.length === 0 && options.runbooks.length > 0
  return {
    plan,
    diagnostics: all,
    warnings: found.warnings,
    secrets: loaded.secrets,
    complaints: nothing ? ['netproof: no check is left after --limit and --tags: such a run would prove nothing'] : limit.complaints,
    hostsKnown,
    refusals: (allowed) =>
      refusals(plan, factTable, allowed, (entry, problem) => loaded.diagnosticAt(entry, [entry.kind], { ...problem, at: 'key' })),
  }
}

export function problemText(diagnostics: readonly Diagnostic[], complaints: readonly string[], mask: Mask): string {
  return mask([...diagnostics.map(formatDiagnostic), ...complaints].join('\n'))
}

/** @throws Error on a system that no fact could be learnt from. */
export function controllerPlatform(): Platform {
  const names: Partial<Record<NodeJS.Platform, Platform>> = { linux: 'linux', darwin: 'darwin', freebsd: 'freebsd', win32: 'windows' }
  const platform = names[process.platform]
  if (platform === undefined) throw new Error(`netproof does not know the platform ${process.platform}`)
  return platform
}

/** What is wrong with a part of `--limit`, in a sentence. */
export function limitComplaint({ pattern, message, hint }: ReturnType<typeof selectHosts>['problems'][number]): string {
  return `netproof: --limit ${pattern}: ${message}${hint === undefined ? '' : `; ${hint}`}`
}

function limitOf(
  inventory: Inventory,
  patterns: readonly string[] | undefined,
): { names: ReadonlySet<string> | null; complaints: readonly string[] } {
  if (patterns === undefined) return { names: null, complaints: [] }
  const { hosts, problems } = selectHosts(inventory, patterns)
  return { names: new Set(hosts.map(({ name }) => name)), complaints: problems.map(limitComplaint) }
}

type Selector = (patterns: readonly string[], entry: CheckEntry) => { hosts: readonly Host[]; diagnostics: readonly Diagnostic[] }

/** Many checks share one `on`, so each is looked up once. */
function selector(loaded: LoadedRunbooks, { inventory }: LoadedInventory, hostsKnown: boolean): Selector {
  const known = new Map<string, ReturnType<typeof selectHosts>>()
  return (patterns, entry) => {
    const key = JSON.stringify(patterns)
    const selection = known.get(key) ?? selectHosts(inventory, patterns)
    known.set(key, selection)
    if (!hostsKnown) return { hosts: selection.hosts, diagnostics: [] }
    const diagnostics = selection.problems.map(({ pattern, message, hint }) => {
      const index = patterns.indexOf(pattern)
      const path = patterns.length > 1 && index !== -1 ? ['on', index] : ['on']
      return loaded.diagnosticAt(entry, path, { code: 'unknown-host', message, ...(hint === undefined ? {} : { hint }) })
    })
    return { hosts: selection.hosts, diagnostics }
  }
}
