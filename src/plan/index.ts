import { factKey } from '../lib/fact-key.js'
import type { AnyCheckKind, CheckContext, CheckKind, FactNeeds, SpecProblem } from '../model/check.js'
import type { Diagnostic } from '../model/diagnostic.js'
import type { FactRequest } from '../model/fact.js'
import type { Host, Inventory } from '../model/inventory.js'
import type { Json } from '../model/json.js'
import type { KeyedNeeds, Plan, PlannedCheck, PlannedRequest } from '../model/plan.js'
import type { CheckEntry, Runbook } from '../model/runbook.js'

export interface PlanInput {
  readonly runbooks: readonly Runbook[]
  readonly inventory: Inventory
  readonly checkKinds: ReadonlyMap<string, AnyCheckKind>
  /** The hosts that these patterns mean, with a diagnostic for each pattern that means none. */
  select(patterns: readonly string[], entry: CheckEntry): { readonly hosts: readonly Host[]; readonly diagnostics: readonly Diagnostic[] }
  /** The specification with a host's variables filled in. */
  resolve(entry: CheckEntry, host: Host, runbook: Runbook): { readonly spec: Json } | { readonly diagnostics: readonly Diagnostic[] }
  /** A problem of a specification that the inventory shows, where the runbook has it; null where hosts are not to be judged. */
  readonly locate: ((entry: CheckEntry, problem: SpecProblem) => Diagnostic) | null
  /** Names of hosts to keep (`--limit`); null keeps all. */
  readonly limit: ReadonlySet<string> | null
  /** Only checks with one of these tags; empty keeps all. */
  readonly tags: readonly string[]
}

/** Who does what where, from runbooks and hosts; pure. With any diagnostic the plan is not to be run. */
export function makePlan(input: PlanInput): { readonly plan: Plan; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = []
  const planned: PlannedCheck[] = []
  const contextOf = contexts(input.inventory)
  const requests = new Map<string, PlannedRequest>()
  const hosts = new Map<string, Host>()

  input.runbooks.forEach((runbook, index) => {
    for (const entry of runbook.checks.filter((check) => hasTag(check, input.tags))) {
      const selected = input.select(entry.on, entry)
      diagnostics.push(...selected.diagnostics)
      for (const host of selected.hosts) {
        const outcome = planCheck(input, runbook, index, entry, host, contextOf)
        if (outcome === null) continue
        if ('diagnostics' in outcome) {
          diagnostics.push(...outcome.diagnostics)
          continue
        }
        const { check, asked, isOnce } = outcome
        if (isOnce && planned.some((other) => isSame(other, check))) continue
        planned.push(check)
        hosts.set(check.host.name, check.host)
        addRequests(requests, check, asked, input.inventory, hosts)
      }
    }
  })

  const plan: Plan = {
    runbooks: input.runbooks.map(({ name, file, digest }) => ({ name, file, digest })),
    hosts: [...hosts.values()],
    checks: linkNeeds(planned),
    requests,
  }
  return { plan, diagnostics }
}

const nothing: readonly number[] = []

/** Checks on one host with the same patience share one context: a large run has a hundred thousand of them. */
function contexts(inventory: Inventory): (host: Host, timeoutMs: number) => CheckContext {
  const known = new Map<Host, CheckContext[]>()
  return (host, timeoutMs) => {
    const ofHost = known.get(host) ?? []
    known.set(host, ofHost)
    const before = ofHost.find((context) => context.timeoutMs === timeoutMs)
    if (before !== undefined) return before
    const context = { host, inventory, timeoutMs }
    ofHost.push(context)
    return context
  }
}

const hasTag = (entry: CheckEntry, tags: readonly string[]): boolean => tags.length === 0 || tags.some((tag) => entry.tags.includes(tag))

interface PlannedOutcome {
  readonly check: PlannedCheck
  readonly asked: ReadonlyMap<string, FactRequest>
  /** Its kind names its hosts itself, so that several hosts of `on` mean one check. */
  readonly isOnce: boolean
}

/** @param on one of the hosts that `on` means. @returns null when `--limit` leaves the check out. */
function planCheck(
  input: PlanInput,
  runbook: Runbook,
  index: number,
  entry: CheckEntry,
  on: Host,
  contextOf: (host: Host, timeoutMs: number) => CheckContext,
): PlannedOutcome | { readonly diagnostics: readonly Diagnostic[] } | null {
  // The schema will have accepted a specification before the room sees it.
  const kind = input.checkKinds.get(entry.kind) as unknown as CheckKind | undefined
  if (kind === undefined) throw new Error(`no check kind is called ${entry.kind}`)
  const isOnce = kind.hostOf !== undefined
  const isLeftOut = (host: Host): boolean => input.limit?.has(host.name) === false
  const skipped = (host: Host, skip: string): PlannedOutcome => {
    const context = contextOf(host, entry.timeoutMs)
    const check = { runbook: index, entry, host, spec: null, context, needs: {}, requestKeys: [], skip, after: nothing }
    return { check, asked: new Map(), isOnce }
  }
  if (!isOnce) {
    if (isLeftOut(on)) return null
    // A specification is filled in only where it applies: elsewhere its variables may be missing.
    const skip = whyNot(entry, on)
    if (skip !== null) return skipped(on, skip)
  }
  const resolved = input.resolve(entry, on, runbook)
  if ('diagnostics' in resolved) return resolved
  const { spec } = resolved
  const host = input.inventory.hosts.get(kind.hostOf?.(spec) ?? on.name) ?? on
  const context = contextOf(host, entry.timeoutMs)
  const problems = kind.problemsOn?.(spec, context) ?? []
  if (problems.length > 0) return { diagnostics: problems.flatMap((problem) => input.locate?.(entry, problem) ?? []) }
  if (isOnce) {
    if (isLeftOut(host)) return null
    const skip = whyNot(entry, host)
    if (skip !== null) return skipped(host, skip)
  }
  const { needs, asked } = keyNeeds(kind.needs(spec, context))
  const check = { runbook: index, entry, host, spec, context, needs, requestKeys: [...asked.keys()], skip: null, after: nothing }
  return { check, asked, isOnce }
}

function isSame(one: PlannedCheck, other: PlannedCheck): boolean {
  return one.entry === other.entry && one.host === other.host && JSON.stringify(one.spec) === JSON.stringify(other.spec)
}

/** Wishes with their requests taken out and put beside them by key. */
function keyNeeds(needs: FactNeeds): { needs: KeyedNeeds; asked: ReadonlyMap<string, FactRequest> } {
  const asked = new Map<string, FactRequest>()
  const keyOf = (request: FactRequest): string => {
    const key = factKey(request)
    // What it is asked during is asked with it, also by a check that names only the one.
    if (request.during !== undefined) keyOf(request.during)
    asked.set(key, request)
    return key
  }
  const keyed: Record<string, string | readonly string[]> = {}
  for (const [name, wish] of Object.entries(needs)) {
    keyed[name] = Array.isArray(wish) ? (wish as readonly FactRequest[]).map(keyOf) : keyOf(wish as FactRequest)
  }
  return { needs: keyed, asked }
}

/** Why `when` leaves this host out; null when it does not. */
function whyNot({ when }: CheckEntry, host: Host): string | null {
  const { platforms, groups } = when ?? {}
  if (platforms !== undefined && !platforms.includes(host.platform)) {
    return `applies to platform ${platforms.join(', ')}; ${host.name} is ${host.platform}`
  }
  if (groups !== undefined && !groups.some((group) => host.groups.includes(group))) {
    return `applies to group ${groups.join(', ')}; ${host.name} is in ${host.groups.join(', ') || 'none'}`
  }
  return null
}

function addRequests(
  requests: Map<string, PlannedRequest>,
  check: PlannedCheck,
  asked: ReadonlyMap<string, FactRequest>,
  inventory: Inventory,
  hosts: Map<string, Host>,
): void {
  for (const [key, request] of asked) {
    const before = requests.get(key)
    const { timeoutMs } = check.entry
    if (before !== undefined && before.timeoutMs >= timeoutMs) continue
    requests.set(key, { key, request, timeoutMs })
    const host = inventory.hosts.get(request.host)
    if (host === undefined) throw new Error(`check ${check.entry.id} asks host ${request.host}, which no inventory has`)
    hosts.set(host.name, host)
  }
}

/** `needs: [id]` means that check on the same host; where it does not run there, that check on every host. */
function linkNeeds(planned: readonly PlannedCheck[]): readonly PlannedCheck[] {
  if (planned.every(({ entry }) => entry.needs.length === 0)) return planned
  const byId = new Map<string, number[]>()
  planned.forEach((check, index) => {
    const same = byId.get(check.entry.id)
    if (same === undefined) byId.set(check.entry.id, [index])
    else same.push(index)
  })
  return planned.map((check) => ({
    ...check,
    after: check.entry.needs.flatMap((id) => {
      const all = byId.get(id) ?? []
      const here = all.filter((index) => planned[index]?.host.name === check.host.name)
      return here.length > 0 ? here : all
    }),
  }))
}
