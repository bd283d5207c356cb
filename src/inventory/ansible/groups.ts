import type { Problem } from '../../documents/index.js'
import { addGroup, type Draft, type DraftGroup, groupCircle, refuse } from './draft.js'

/** Which host is in which groups, after all sources are read. */
export interface Membership {
  /** Groups of each host, those above its own included, from the weakest to the strongest as far as variables go. `all` comes first. */
  readonly groupsOf: ReadonlyMap<string, readonly DraftGroup[]>
  /** Hosts of each group and of those below it, in Ansible's order. */
  readonly hostsOf: ReadonlyMap<string, readonly string[]>
}

/** Groups nested deeper are a mistake of a program. */
const deepestGroup = 64

/** Ansible's `reconcile_inventory`: every group ends up below `all`, and `ungrouped` holds exactly the hosts of no other group. */
export function settleGroups(draft: Draft): Membership {
  const parentsFirst = sortGroups(draft)
  const depths = measureDepths(draft, parentsFirst)
  const direct = new Map<string, DraftGroup[]>([...draft.hosts.keys()].map((host) => [host, []]))
  for (const group of draft.groups.values()) for (const host of group.hosts) direct.get(host)?.push(group)
  settleUngrouped(draft, direct)
  return { groupsOf: groupsOfHosts(parentsFirst, depths, direct), hostsOf: hostsOfGroups(draft) }
}

/** Breaks circles, and returns the groups so that parents come before their children; `all` is first. */
function sortGroups(draft: Draft): readonly DraftGroup[] {
  const finished: DraftGroup[] = []
  const state = new Map<DraftGroup, 'open' | 'done'>()
  const visit = (group: DraftGroup, depth: number): void => {
    state.set(group, 'open')
    for (const name of [...group.children.keys()]) {
      const child = draft.groups.get(name)
      if (child === undefined || state.get(child) === 'done') continue
      if (state.get(child) === 'open') cut(draft, group, child, groupCircle(group.name, name))
      else if (depth > deepestGroup) cut(draft, group, child, tooDeep(name))
      else visit(child, depth + 1)
    }
    state.set(group, 'done')
    finished.push(group)
  }
  const all = addGroup(draft, 'all')
  for (const group of draft.groups.values()) if (group !== all && state.get(group) === undefined) visit(group, 1)
  return [all, ...finished.reverse()]
}

/** Puts `all` above every group, and counts how far below it each one lies at most. */
function measureDepths(draft: Draft, parentsFirst: readonly DraftGroup[]): ReadonlyMap<string, number> {
  const depths = new Map([['all', 0]])
  const below = (group: DraftGroup): number => Math.max(0, ...[...group.parents].map((parent) => depths.get(parent) ?? 0)) + 1
  const all = addGroup(draft, 'all')
  for (const group of draft.groups.values()) {
    if (group === all || group.parents.size > 0) continue
    group.parents.add('all')
    all.children.set(group.name, null)
  }
  for (const group of parentsFirst.slice(1)) {
    if (below(group) > deepestGroup)
      for (const parent of [...group.parents]) cut(draft, addGroup(draft, parent), group, tooDeep(group.name))
    depths.set(group.name, below(group))
  }
  return depths
}

function tooDeep(group: string): Problem {
  return { code: 'group-depth', message: `group "${group}" lies more than ${deepestGroup} groups below another` }
}

function cut(draft: Draft, parent: DraftGroup, child: DraftGroup, problem: Problem): void {
  const origin = parent.children.get(child.name)
  parent.children.delete(child.name)
  child.parents.delete(parent.name)
  if (origin) refuse(draft, origin, problem)
}

function settleUngrouped(draft: Draft, direct: ReadonlyMap<string, DraftGroup[]>): void {
  const ungrouped = draft.groups.get('ungrouped')
  if (ungrouped === undefined) return
  for (const [host, groups] of direct) {
    const isMember = ungrouped.hosts.has(host)
    const hasGroup = groups.some(({ name }) => name !== 'all' && name !== 'ungrouped')
    if (hasGroup && isMember) {
      ungrouped.hosts.delete(host)
      groups.splice(groups.indexOf(ungrouped), 1)
    } else if (!hasGroup && !isMember) {
      ungrouped.hosts.add(host)
      groups.push(ungrouped)
    }
  }
}

function groupsOfHosts(
  parentsFirst: readonly DraftGroup[],
  depths: ReadonlyMap<string, number>,
  direct: ReadonlyMap<string, readonly DraftGroup[]>,
): ReadonlyMap<string, readonly DraftGroup[]> {
  const withAncestors = new Map<string, ReadonlySet<string>>()
  for (const { name, parents } of parentsFirst) {
    withAncestors.set(name, new Set([name, ...[...parents].flatMap((parent) => [...(withAncestors.get(parent) ?? [])])]))
  }
  const order = [...parentsFirst].sort(byStrength(depths))
  // Hosts of the same groups share one list, by which later steps share their work.
  const shared = new Map<string, readonly DraftGroup[]>()
  const groupsOf = new Map<string, readonly DraftGroup[]>()
  for (const [host, own] of direct) {
    const key = own.map(({ name }) => name).join('\n')
    const names = new Set(own.flatMap(({ name }) => [...(withAncestors.get(name) ?? [])]))
    const groups = shared.get(key) ?? order.filter(({ name }) => names.has(name))
    shared.set(key, groups)
    groupsOf.set(host, groups)
  }
  return groupsOf
}

/** `ansible.inventory.helpers.sort_groups`: the deeper below `all`, the stronger; then by priority, then by name. */
function byStrength(depths: ReadonlyMap<string, number>): (a: DraftGroup, b: DraftGroup) => number {
  const depth = ({ name }: DraftGroup): number => depths.get(name) ?? 0
  return (a, b) => depth(a) - depth(b) || a.priority - b.priority || (a.name < b.name ? -1 : 1)
}

/** The hosts of a group, then those of the groups below it, level by level. */
function hostsOfGroups(draft: Draft): ReadonlyMap<string, readonly string[]> {
  const withDescendants = (group: DraftGroup): ReadonlySet<DraftGroup> => {
    const seen = new Set([group])
    // A set grows while it is walked: the walk ends when nothing new comes.
    for (const { children } of seen) {
      for (const name of children.keys()) {
        const child = draft.groups.get(name)
        if (child !== undefined) seen.add(child)
      }
    }
    return seen
  }
  return new Map(
    [...draft.groups.values()].map((group) => [group.name, [...new Set([...withDescendants(group)].flatMap(({ hosts }) => [...hosts]))]]),
  )
}
