import { join } from 'node:path'
import type { HostSpec, SshSpec, Topology } from './schema.js'

interface Interface {
  readonly lan: string
  readonly device: string
  /** With the length of the prefix. */
  readonly addresses: readonly string[]
}

export interface LabHost {
  readonly name: string
  readonly namespace: string
  /** The first address of the first interface; null for a machine without any. */
  readonly address: string | null
  readonly interfaces: readonly Interface[]
  readonly spec: HostSpec
  /** null: no login, and in inventories only when asked for by name. */
  readonly ssh: SshSpec | null
  readonly forwarding: boolean
  /** Its files: configuration, logs, home of the user who logs in. */
  readonly directory: string
}

export interface LabPlan {
  readonly id: string
  readonly directory: string
  /** Holds the bridges: a bridge in the machine's own namespace could be seen by its firewall. */
  readonly switchNamespace: string
  readonly lans: readonly string[]
  readonly hosts: readonly LabHost[]
}

function planHost(name: string, spec: HostSpec, id: string, directory: string, forwarding: boolean): LabHost {
  const interfaces = Object.entries(spec.lans ?? {}).map(([lan, { address = [], dev }], index) => ({
    lan,
    device: dev ?? `eth${index}`,
    addresses: typeof address === 'string' ? [address] : address,
  }))
  return {
    name,
    namespace: `${id}-${name}`,
    address: interfaces[0]?.addresses[0]?.split('/')[0] ?? null,
    interfaces,
    spec,
    ssh: spec.ssh === true ? {} : (spec.ssh ?? null),
    forwarding: spec.forwarding ?? forwarding,
    directory: join(directory, name),
  }
}

/** Everything about a lab that can be known before it is made. */
export function planLab(topology: Topology, id: string, directory: string): LabPlan {
  const hosts = [
    ...Object.entries(topology.hosts).map(([name, spec]) => planHost(name, spec, id, directory, false)),
    ...Object.entries(topology.routers ?? {}).map(([name, spec]) => planHost(name, spec, id, directory, true)),
  ]
  return {
    id,
    directory,
    // The dot keeps it apart from a host called switch.
    switchNamespace: `${id}-switch.`,
    lans: [...new Set(hosts.flatMap((host) => host.interfaces.map((port) => port.lan)))],
    hosts,
  }
}
