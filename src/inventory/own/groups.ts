import type { Json } from '../../model/json.js'
import type { OwnInventory } from './schema.js'

export interface Groups {
  /** Member hosts by group, those of its children included; in the order of the inventory. */
  readonly members: ReadonlyMap<string, readonly string[]>
  /** All groups of a host, parents included; sorted. */
  groupsOf(host: string): readonly string[]
  /** What groups give a host: children win over parents, among equals the later name in the alphabet wins, as in Ansible. */
  varsOf(host: string): Readonly<Record<string, Json>>
}

/** Follows `groups` of hosts, and `hosts` and `children` of groups. A circle of children is one big group. */
export function expandGroups({ hosts, groups = {} }: OwnInventory): Groups {
  const direct = new Map<string, Set<string>>(Object.keys(groups).map((name) => [name, new Set<string>()]))
  const join = (group: string, host: string): void => {
    const members = direct.get(group) ?? new Set<string>()
    direct.set(group, members.add(host))
  }
  for (const [name, host] of Object.entries(hosts)) for (const group of [host?.groups ?? []].flat()) join(group, name)
  for (const [name, group] of Object.entries(groups)) {
    for (const host of [group.hosts ?? []].flat()) if (Object.hasOwn(hosts, host)) join(name, host)
  }
  // `all` is every host, however little a group of that name lists.
  if (direct.has('all')) for (const name of Object.keys(hosts)) join('all', name)
  const descendants = new Map([...direct.keys()].map((name) => [name, withDescendants(name, groups)]))
  const order = Object.keys(hosts)
  const members = new Map(
    [...descendants].map(([name, inside]) => {
      const all = new Set([...inside].flatMap((child) => [...(direct.get(child) ?? [])]))
      return [name, order.filter((host) => all.has(host))] as const
    }),
  )
  const byHost = new Map<string, string[]>(order.map((host) => [host, []]))
  for (const name of [...members.keys()].sort()) for (const host of members.get(name) ?? []) byHost.get(host)?.push(name)
  const size = (name: string): number => (name === 'all' ? Number.POSITIVE_INFINITY : (descendants.get(name)?.size ?? 0))
  return {
    members,
    groupsOf: (host) => (byHost.get(host) ?? []).filter((name) => name !== 'all'),
    // A parent has more descendants than its child.
    varsOf: (host) =>
      Object.assign({}, ...[...(byHost.get(host) ?? [])].sort((a, b) => size(b) - size(a)).map((name) => groups[name]?.vars ?? {})),
  }
}

function withDescendants(name: string, groups: NonNullable<OwnInventory['groups']>): ReadonlySet<string> {
  const seen = new Set([name])
  for (const group of seen) for (const child of [groups[group]?.children ?? []].flat()) seen.add(child)
  return seen
}
