import type { Diagnostic } from '../model/diagnostic.js'
import type { FactKind } from '../model/fact.js'
import { type Permission, permissionNames, permissions } from '../model/permission.js'
import type { Plan, PlannedCheck } from '../model/plan.js'
import type { CheckEntry } from '../model/runbook.js'
import type { RunOptions } from './options.js'

/** For what contacts nobody: plans, and recordings that are judged. */
export const everything: ReadonlySet<Permission> = new Set(permissionNames)

/** What a run may do beside reading state and sending probes. */
export function allowedBy({ allowCommands = false, replay }: Pick<RunOptions, 'allowCommands' | 'replay'>): ReadonlySet<Permission> {
  if (replay !== undefined) return everything
  const given: Record<Permission, boolean> = { commands: allowCommands }
  return new Set(permissionNames.filter((name) => given[name]))
}

/** What this check needs to be allowed, by the facts that it asks for. */
export function permissionsOf(
  { requestKeys }: Pick<PlannedCheck, 'requestKeys'>,
  { requests }: Pick<Plan, 'requests'>,
  facts: ReadonlyMap<string, FactKind>,
): readonly Permission[] {
  const asked = requestKeys.flatMap((key) => facts.get(requests.get(key)?.request.fact ?? '')?.permission ?? [])
  return [...new Set(asked)]
}

/** A diagnostic for each entry that this run is not allowed to carry out. */
export function refusals(
  plan: Plan,
  facts: ReadonlyMap<string, FactKind>,
  allowed: ReadonlySet<Permission>,
  at: (entry: CheckEntry, problem: Pick<Diagnostic, 'code' | 'message' | 'hint'>) => Diagnostic,
): readonly Diagnostic[] {
  const refused = new Map<CheckEntry, Permission>()
  for (const check of plan.checks) {
    const missing = permissionsOf(check, plan, facts).find((name) => !allowed.has(name))
    if (missing !== undefined) refused.set(check.entry, missing)
  }
  return [...refused].map(([entry, name]) => {
    const { option, means } = permissions[name]
    return at(entry, { code: 'not-allowed', message: `this check ${means}`, hint: `add ${option} if you trust this runbook` })
  })
}
