import { controllerName, type Host, type Inventory } from '../model/inventory.js'
import type { Platform } from '../model/platform.js'
import { mergeResolvers } from './resolvers.js'
import type { SshConfigHost } from './ssh-config/index.js'

export const emptyInventory: Inventory = { hosts: new Map(), groups: new Map([['all', []]]), routers: {}, resolvers: new Map() }

/**
 * One inventory of several. A host in more than one has the connection of the first that names it, the groups of all, and every
 * variable from the first that has it.
 */
export function mergeInventories(strongestFirst: readonly Inventory[]): Inventory {
  const hosts = new Map<string, Host>()
  const groups = new Map<string, Set<string>>([
    ['all', new Set()],
    ['ungrouped', new Set()],
  ])
  for (const inventory of strongestFirst.map(withoutImplicitController)) {
    for (const [name, host] of inventory.hosts) {
      const known = hosts.get(name)
      hosts.set(name, known === undefined ? host : mergeHosts(known, host))
    }
    for (const [name, members] of inventory.groups) {
      const all = groups.get(name) ?? new Set()
      for (const member of members) all.add(member)
      groups.set(name, all)
    }
  }
  return settleUngrouped({
    hosts,
    groups: new Map([...groups].map(([name, members]) => [name, [...members]])),
    routers: Object.assign({}, ...strongestFirst.map(({ routers }) => routers).reverse()),
    resolvers: mergeResolvers(strongestFirst.map(({ resolvers }) => resolvers)),
  })
}

/** It is added once, after the merge. */
function withoutImplicitController(inventory: Inventory): Inventory {
  if (inventory.groups.get('all')?.includes(controllerName) !== false) return inventory
  return { ...inventory, hosts: new Map([...inventory.hosts].filter(([name]) => name !== controllerName)) }
}

function mergeHosts(stronger: Host, weaker: Host): Host {
  const groups = [...new Set([...stronger.groups, ...weaker.groups])].sort()
  return { ...stronger, groups, vars: { ...weaker.vars, ...stronger.vars } }
}

/** Who is in no group of any inventory is `ungrouped`, and nobody else. */
function settleUngrouped(inventory: Inventory): Inventory {
  const hosts = new Map<string, Host>()
  const ungrouped: string[] = []
  for (const [name, host] of inventory.hosts) {
    const named = host.groups.filter((group) => group !== 'ungrouped')
    if (named.length === 0) ungrouped.push(name)
    hosts.set(name, { ...host, groups: named.length === 0 ? ['ungrouped'] : named })
  }
  return { ...inventory, hosts, groups: new Map([...inventory.groups, ['ungrouped', ungrouped]]) }
}

/** Hosts from an ssh_config that was named as an inventory. */
export function sshConfigInventory(hosts: readonly SshConfigHost[]): Inventory {
  const members = hosts.map(sshConfigHost).map((host) => ({ ...host, groups: ['ungrouped'] }))
  const names = members.map(({ name }) => name)
  return {
    ...emptyInventory,
    hosts: new Map(members.map((host) => [host.name, host])),
    groups: new Map([
      ['all', names],
      ['ungrouped', names],
    ]),
  }
}

/**
 * Adds what the user's ssh_config knows: hosts that no inventory has, in no group, to be selected by name only; and for hosts whose
 * address is a name from there, the address behind it, so that probes find them. ssh is then still called with that name.
 */
export function addSshConfig(inventory: Inventory, known: readonly SshConfigHost[]): Inventory {
  const byAlias = new Map(known.map((host) => [host.alias, host]))
  const hosts = new Map([...inventory.hosts].map(([name, host]) => [name, resolveAlias(host, byAlias)]))
  for (const host of known) if (!hosts.has(host.alias)) hosts.set(host.alias, sshConfigHost(host))
  return { ...inventory, hosts }
}

function sshConfigHost({ alias, hostName }: SshConfigHost): Host {
  const address = hostName ?? alias
  return { name: alias, address, platform: 'linux', transport: 'ssh', ssh: { alias }, become: 'none', groups: [], vars: {} }
}

function resolveAlias(host: Host, byAlias: ReadonlyMap<string, SshConfigHost>): Host {
  const hostName = byAlias.get(host.address)?.hostName
  // With another configuration file (-F) the name may mean another host.
  const otherFile = host.ssh.args?.some((word) => word.startsWith('-F')) === true
  if (host.transport !== 'ssh' || hostName == null || host.ssh.alias !== undefined || otherFile) return host
  return { ...host, address: hostName, ssh: { ...host.ssh, alias: host.address } }
}

/** The machine netproof runs on, unless the inventory has a host of that name. */
export function addController(inventory: Inventory, platform: Platform): Inventory {
  if (inventory.hosts.has(controllerName)) return inventory
  const controller: Host = {
    name: controllerName,
    // Other hosts know no address of it: a probe towards it fails rather than aiming at themselves.
    address: controllerName,
    platform,
    transport: 'local',
    ssh: {},
    become: 'none',
    groups: [],
    vars: {},
  }
  return { ...inventory, hosts: new Map([...inventory.hosts, [controllerName, controller]]) }
}
