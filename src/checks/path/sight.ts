import type { TcpConnect } from '../../facts/tcp-connect/index.js'
import type { Trace } from '../../facts/trace/index.js'
import { addressFamily } from '../../lib/address.js'
import type { CheckContext, Finding } from '../../model/check.js'
import type { FactError } from '../../model/fact.js'
import type { Devices } from './devices.js'
import type { PathSpec } from './spec.js'
import type { Target } from './target.js'
import type { Way } from './way.js'

/** All that is known of the path, and all that words about it need. */
export interface Sight {
  readonly spec: PathSpec
  readonly target: Target
  readonly trace: Trace
  /** At least one. */
  readonly ways: readonly Way[]
  readonly devices: Devices
  readonly context: CheckContext
  /** Of a TCP path whose end is silent: what a connection to the port came to. null: not asked. */
  readonly connect: { readonly value: TcpConnect } | { readonly error: FactError } | null
}

/** A finding but for its subject. */
export type Judgement = Pick<Finding, 'verdict' | 'expected' | 'actual' | 'message'> & { readonly key: string }

/** `10.20.0.5 (db1)`. */
export function showTarget({ target, trace, devices }: Pick<Sight, 'target' | 'trace' | 'devices'>): string {
  const address = trace.address ?? target.host
  if (target.label === null) return devices.show(address)
  return address === target.label ? address : `${address} (${target.label})`
}

/** The name by which a person calls the target. */
export const targetName = ({ target, trace }: Pick<Sight, 'target' | 'trace'>): string => target.label ?? trace.address ?? target.host

export function showProtocol({ protocol, port }: Target): string {
  return protocol === 'icmp' ? 'ICMP' : `${protocol.toUpperCase()} port ${port ?? '?'}`
}

export const familyOf = ({ trace, target }: Sight): 4 | 6 => addressFamily(trace.address ?? target.host) ?? 4

export const hostName = ({ context }: Sight): string => context.host.name

/** `source port 61001`, `id 4711`: how a flow is told from another. */
export function showFlow({ trace }: Sight, { flow }: Way): string {
  if (flow === null) return 'a flow whose ports changed'
  return trace.protocol === 'icmp' ? `id ${flow}` : `source port ${flow}`
}

/** The name of a device where the inventory has one, otherwise its address. */
export function shortName({ devices }: Sight, address: string): string {
  const shown = devices.show(address)
  return shown === address ? address : shown.slice(address.length + 2, -1)
}

/** Each flow's outcome once: of a flow traced several times the trace that came furthest. */
export function flowsOf(ways: readonly Way[]): readonly Way[] {
  const flows = new Map<number | null, Way>()
  for (const way of ways) {
    if (flows.get(way.flow)?.outcome.kind !== 'reached') flows.set(way.flow, way)
  }
  return [...flows.values()]
}
