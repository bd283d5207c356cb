import { type DescribedHost, describeHosts } from '../engine/describe-plan.js'
import { maskTexts } from '../lib/mask.js'
import type { Location } from '../model/diagnostic.js'
import { permissions } from '../model/permission.js'
import type { PlannedRunbook } from '../model/plan.js'
import type { SelectOptions } from './options.js'
import { everything, permissionsOf } from './permissions.js'
import { prepare } from './prepare.js'
import { checkTable, factTable } from './tables.js'

export interface DescribedCheck {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly host: string
  readonly location: Location
  /** Why it will be skipped; null when it will be judged. */
  readonly skip: string | null
  /** Seeing what these commands answer, it may ask for more: that cannot be shown before. */
  readonly asksOn: boolean
  /** Options that a run needs for it, since it does more than read state and send probes: `--allow-commands`. */
  readonly needsOptions: readonly string[]
}

/** What a run would do, as data. Secrets are masked. */
export interface PlanDescription {
  readonly version: 1
  readonly runbooks: readonly PlannedRunbook[]
  readonly hosts: readonly DescribedHost[]
  readonly checks: readonly DescribedCheck[]
}

/** Which commands would run on which host. Nothing is contacted. @throws InputError */
export async function plan(options: SelectOptions): Promise<PlanDescription> {
  const prepared = await prepare(options, everything)
  const { runbooks, checks } = prepared.plan
  const description: PlanDescription = {
    version: 1,
    runbooks,
    hosts: describeHosts(prepared.plan, factTable),
    checks: checks.map((check) => {
      const { host, skip } = check
      const { id, name, kind, location } = check.entry
      const asksOn = skip === null && checkTable.get(kind)?.further !== undefined
      const needsOptions = permissionsOf(check, prepared.plan, factTable).map((permission) => permissions[permission].option)
      return { id, name, kind, host: host.name, location, skip, asksOn, needsOptions }
    }),
  }
  return maskTexts(description, prepared.mask)
}
