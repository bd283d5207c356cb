import { join } from 'node:path'
import { stringify } from 'yaml'
import { userOf } from './accounts.js'
import { entering } from './own-root.js'
import type { LabHost, LabPlan } from './plan.js'
import type { Topology } from './schema.js'
import { keysOf, portOf, sshConfigOf } from './sshd.js'

type Entry = Readonly<Record<string, unknown>>

export interface InventoryOptions {
  /** `ssh` to the hosts' addresses, for use inside the lab; `exec` through `ip netns exec`, for use from anywhere on the machine. */
  readonly transport: 'ssh' | 'exec'
  /** Names of hosts; default those with `ssh`, and for transport ssh the absent ones too. */
  readonly subset?: readonly string[]
  /** Further keys of single hosts, over those generated. */
  readonly extra?: Readonly<Record<string, Entry>>
}

function transportEntry(plan: LabPlan, host: LabHost, transport: InventoryOptions['transport']): Entry {
  if (transport === 'exec') return { transport: 'exec', command: entering(host) }
  return {
    user: userOf(host),
    port: portOf(host),
    'identity-file': keysOf(plan.directory).client,
    // A file rather than options, because a jump host's ssh is given the file but not the options.
    'ssh-args': ['-F', sshConfigOf(plan.directory)],
  }
}

function hostEntry(plan: LabPlan, host: LabHost, transport: InventoryOptions['transport']): Entry {
  const { groups, vars } = host.spec
  return {
    ...(host.address === null ? {} : { address: host.address }),
    platform: 'linux',
    ...(groups === undefined ? {} : { groups }),
    ...(vars === undefined ? {} : { vars }),
    ...transportEntry(plan, host, transport),
  }
}

/** Every address of every router, under the router's name. */
function routerEntries(plan: LabPlan, topology: Topology): Entry {
  const routers = plan.hosts.filter((host) => topology.routers?.[host.name] !== undefined)
  return Object.fromEntries(
    routers.map((router) => [router.name, router.interfaces.flatMap((port) => port.addresses.map((address) => address.split('/')[0]))]),
  )
}

/** @returns the text of a netproof inventory of this lab. @throws Error for a name in `subset` that the lab does not have. */
export function inventoryText(plan: LabPlan, topology: Topology, options: InventoryOptions): string {
  const { transport, subset, extra = {} } = options
  const present = plan.hosts.filter((host) => subset?.includes(host.name) ?? host.ssh !== null)
  const absent = Object.entries(topology.absent ?? {}).filter(([name]) => subset?.includes(name) ?? transport === 'ssh')
  const listed = [...present.map((host) => host.name), ...absent.map(([name]) => name)]
  const unknown = [...(subset ?? []), ...Object.keys(extra)].filter((name) => !listed.includes(name))
  if (unknown.length > 0) throw new Error(`the lab has no host ${unknown.join(', ')} to list in an inventory`)
  const login = { user: 'root', 'identity-file': keysOf(plan.directory).client, 'ssh-args': ['-F', sshConfigOf(plan.directory)] }
  const hosts: Record<string, Entry> = {
    ...Object.fromEntries(present.map((host) => [host.name, { ...hostEntry(plan, host, transport), ...extra[host.name] }])),
    ...Object.fromEntries(absent.map(([name, entry]) => [name, { ...entry, platform: 'linux', ...login, ...extra[name] }])),
  }
  const routers = routerEntries(plan, topology)
  return stringify({ version: 1, hosts, ...(Object.keys(routers).length === 0 ? {} : { routers }) })
}

/** Where the n-th inventory of a lab is written. */
export const inventoryPath = (plan: LabPlan, count: number): string => join(plan.directory, `inventory-${count}.yaml`)
