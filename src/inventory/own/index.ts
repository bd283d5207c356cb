import { diagnosticAt, type LoadedDocument, schemaProblems } from '../../documents/index.js'
import * as generated from '../../generated/validators.js'
import { canonicalAddress } from '../../lib/address.js'
import { nearestHint } from '../../lib/nearest.js'
import type { Diagnostic } from '../../model/diagnostic.js'
import { controllerName, type Host, type Inventory } from '../../model/inventory.js'
import type { Platform } from '../../model/platform.js'
import { expandGroups } from './groups.js'
import { readHost } from './host.js'
import { resolverProblems } from './resolver-problems.js'
import { readResolvers } from './resolvers.js'
import { inventorySchema, type OwnInventory } from './schema.js'

/** Whether data looks like an inventory of netproof's own format, rather than one of Ansible's. */
export function isOwnInventory(data: unknown): boolean {
  return typeof data === 'object' && data !== null && Object.hasOwn(data, 'version') && Object.hasOwn(data, 'hosts')
}

/**
 * Reads an inventory of netproof's own format. With any diagnostic the inventory holds what could be understood and is not to be used.
 * @param platform of the machine netproof runs on, for the implicit `controller`.
 */
export function readOwnInventory(
  document: LoadedDocument,
  platform: Platform,
): { inventory: Inventory; diagnostics: readonly Diagnostic[] } {
  const problems = schemaProblems(generated.inventory, inventorySchema, document.data)
  const diagnostics = problems.map((problem) => diagnosticAt(document, problem.path, problem))
  if (diagnostics.length > 0) return { inventory: emptyInventory(platform), diagnostics }
  // The schema has accepted it.
  const data = document.data as unknown as OwnInventory
  return {
    inventory: toInventory(data, platform),
    diagnostics: [...unknownMembers(document, data), ...badRouters(document, data), ...resolverProblems(document, data)],
  }
}

function toInventory(data: OwnInventory, platform: Platform): Inventory {
  const hosts = new Map<string, Host>()
  const { members, groupsOf, varsOf } = expandGroups(data)
  for (const [name, own] of Object.entries(data.hosts)) {
    hosts.set(
      name,
      readHost({ name, own: own ?? {}, defaults: data.defaults ?? {}, groups: groupsOf(name), groupVars: varsOf(name), platform }),
    )
  }
  const groups = new Map([...members, ['all', [...hosts.keys()]] as const])
  if (!hosts.has(controllerName)) hosts.set(controllerName, implicitController(platform))
  return { hosts, groups, routers: data.routers ?? {}, resolvers: readResolvers(data) }
}

/** The machine netproof runs on. */
function implicitController(platform: Platform): Host {
  return readHost({ name: controllerName, own: {}, defaults: {}, groups: [], groupVars: {}, platform })
}

function emptyInventory(platform: Platform): Inventory {
  const hosts = new Map([[controllerName, implicitController(platform)]])
  return { hosts, groups: new Map([['all', []]]), routers: {}, resolvers: new Map() }
}

/** A group that lists a host or a child which is not there is a slip of the pen. */
function unknownMembers(document: LoadedDocument, { hosts, groups = {} }: OwnInventory): Diagnostic[] {
  const fromHosts = Object.values(hosts).flatMap((host) => [host?.groups ?? []].flat())
  const hostNames = Object.keys(hosts)
  const groupNames = [...new Set([...Object.keys(groups), ...fromHosts])]
  return Object.entries(groups).flatMap(([group, { hosts: listed = [], children = [] }]) => {
    const check = (key: string, values: readonly string[], known: readonly string[], what: string): Diagnostic[] =>
      values.flatMap((name, index) => {
        if (known.includes(name)) return []
        const hint = nearestHint(name, known)
        return [
          diagnosticAt(document, ['groups', group, key, index], {
            code: `unknown-${what}`,
            message: `no ${what} is called "${name}"`,
            hint,
          }),
        ]
      })
    return [...check('hosts', [listed].flat(), hostNames, 'host'), ...check('children', [children].flat(), groupNames, 'group')]
  })
}

function badRouters(document: LoadedDocument, { routers = {} }: OwnInventory): readonly Diagnostic[] {
  return Object.entries(routers).flatMap(([name, addresses]) =>
    addresses.flatMap((address, index) => {
      if (canonicalAddress(address) !== null) return []
      const message = `expected an IP address, found "${address}"`
      return [diagnosticAt(document, ['routers', name, index], { code: 'wrong-value', message })]
    }),
  )
}
