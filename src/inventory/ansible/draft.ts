import type { Problem } from '../../documents/index.js'
import type { Diagnostic } from '../../model/diagnostic.js'
import type { Json } from '../../model/json.js'
import type { Findings } from '../findings.js'

/** Where something is written: locates a problem with it. The place is looked for only when there is a problem. */
export type Origin = (problem: Problem) => Diagnostic

export interface Variable {
  readonly value: Json
  readonly origin: Origin
  /** Encrypted with ansible-vault: the value is not known. */
  readonly vaulted?: true
}

export type Variables = Map<string, Variable>

/** A host while sources are read: only what is written about it directly. */
export interface DraftHost {
  readonly name: string
  readonly vars: Variables
  /** The file that named it first; null for a list on the command line. */
  readonly file: string | null
  readonly origin: Origin
}

export interface DraftGroup {
  readonly name: string
  readonly vars: Variables
  /** Direct members, in the order in which they were added. */
  readonly hosts: Set<string>
  /** Child groups, and where they are said to be; null for those that `all` has by nature. */
  readonly children: Map<string, Origin | null>
  readonly parents: Set<string>
  /** `ansible_group_priority`. */
  priority: number
}

/** Everything that Ansible sources say, merged in the order in which they are read (`ansible.inventory.data.InventoryData`). */
export interface Draft {
  readonly hosts: Map<string, DraftHost>
  readonly groups: Map<string, DraftGroup>
  readonly findings: Findings
}

/** More than Ansible itself handles well; a limit, so that one range cannot fill the memory. */
export const maxHosts = 100_000

export function createDraft(findings: Findings): Draft {
  const draft: Draft = { hosts: new Map(), groups: new Map(), findings }
  addGroup(draft, 'all')
  addGroup(draft, 'ungrouped')
  return draft
}

export function refuse(draft: Draft, origin: Origin, problem: Problem): void {
  draft.findings.diagnostics.push(origin(problem))
}

export function warn(draft: Draft, origin: Origin, problem: Problem): void {
  draft.findings.warnings.push(origin(problem))
}

export function addGroup(draft: Draft, name: string): DraftGroup {
  const known = draft.groups.get(name)
  if (known !== undefined) return known
  const group: DraftGroup = { name, vars: new Map(), hosts: new Set(), children: new Map(), parents: new Set(), priority: 1 }
  draft.groups.set(name, group)
  return group
}

/** @param group must exist. Adds the host where it is new, with its port; a later port is ignored, as Ansible does. */
export function addHost(
  draft: Draft,
  group: DraftGroup,
  name: string,
  at: { file: string | null; origin: Origin; port: number | null },
): void {
  const known = draft.hosts.get(name)
  if (known === undefined) {
    const vars: Variables = new Map()
    if (at.port !== null) vars.set('ansible_port', { value: at.port, origin: at.origin })
    draft.hosts.set(name, { name, vars, file: at.file, origin: at.origin })
  } else if (at.port !== null && known.vars.get('ansible_port')?.value !== at.port) {
    warn(draft, at.origin, {
      code: 'port-ignored',
      message: `port ${at.port} of ${name} is ignored: the host was already named above, and only the first mention may give a port in its name`,
      hint: `set ansible_port=${at.port}`,
    })
  }
  group.hosts.add(name)
}

/** A variable of a host or, as in Ansible, of the group when both carry the name. */
export function setVariable(draft: Draft, entity: string, name: string, variable: Variable): void {
  const group = draft.groups.get(entity)
  if (group === undefined) {
    draft.hosts.get(entity)?.vars.set(name, variable)
    return
  }
  if (name !== 'ansible_group_priority') {
    group.vars.set(name, variable)
    return
  }
  const priority = typeof variable.value === 'string' && /^\s*[+-]?\d+\s*$/.test(variable.value) ? Number(variable.value) : variable.value
  if (typeof priority === 'number') group.priority = Math.trunc(priority)
  else {
    refuse(draft, variable.origin, {
      code: 'group-priority',
      message: `expected a whole number for ansible_group_priority, found ${JSON.stringify(variable.value)}`,
    })
  }
}

/** Makes `child` a child group of `parent`. Circles of more than one group are found when all sources are read. */
export function link(draft: Draft, parent: string, child: string, origin: Origin): void {
  if (parent === child || child === 'all') {
    refuse(draft, origin, groupCircle(parent, child))
    return
  }
  const { children } = addGroup(draft, parent)
  if (children.has(child)) return
  children.set(child, origin)
  addGroup(draft, child).parents.add(parent)
}

export function groupCircle(parent: string, child: string): Problem {
  return { code: 'group-circle', message: `group "${child}" cannot be a child of "${parent}": that would make it its own ancestor` }
}
