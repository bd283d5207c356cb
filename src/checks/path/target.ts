import type { TraceArgs, TraceProtocol } from '../../facts/trace/index.js'
import { canonicalAddress } from '../../lib/address.js'
import { hostNameOf, isAddressLiteral } from '../../lib/target-name.js'
import type { CheckContext } from '../../model/check.js'
import type { PathSpec } from './spec.js'

/** A target as it is written: an address or a name, and the port where one is written with it. */
export interface ParsedTarget {
  readonly host: string
  readonly port: number | null
}

/** Reads `db1`, `db1:5432`, `[2001:db8::5]:443` and `2001:db8::5`; null when it is none of these. */
export function parseTarget(text: string): ParsedTarget | null {
  const [, bracketed, bracketedPort] = /^\[([^\]]+)\](?::(\d+))?$/.exec(text) ?? []
  if (bracketed !== undefined) return isAddressLiteral(bracketed) ? withPort(bracketed, bracketedPort) : null
  if (text.split(':').length > 2) return isAddressLiteral(text) ? { host: text, port: null } : null
  const [, host = '', port] = /^([^:]+)(?::(\d+))?$/.exec(text) ?? []
  return withPort(host, port)
}

function withPort(text: string, portText: string | undefined): ParsedTarget | null {
  const host = isAddressLiteral(text) ? text : hostNameOf(text)
  const port = portText === undefined ? null : Number(portText)
  return host === null || (port !== null && (port < 1 || port > 65_535)) ? null : { host, port }
}

/** What is traced, as the runbook and the inventory say together. */
export interface Target {
  /** An address, or a name that the asking host resolves. */
  readonly host: string
  /** The inventory's name of the host, or the name that is resolved; null for a bare address. */
  readonly label: string | null
  readonly protocol: TraceProtocol
  /** null for ICMP. */
  readonly port: number | null
}

const defaultUdpPort = 33_434

export function targetOf(spec: PathSpec, { inventory }: Pick<CheckContext, 'inventory'>): Target {
  const parsed = parseTarget(spec.target) ?? { host: spec.target, port: null }
  const known = inventory.hosts.get(parsed.host)
  const protocol = protocolOf(spec)
  return {
    host: known?.address ?? parsed.host,
    label: known?.name ?? (canonicalAddress(parsed.host) === null ? parsed.host : null),
    protocol,
    port: protocol === 'icmp' ? null : (portOf(spec) ?? defaultUdpPort),
  }
}

export const portOf = (spec: PathSpec): number | undefined => spec.port ?? parseTarget(spec.target)?.port ?? undefined

export const protocolOf = (spec: PathSpec): TraceProtocol => spec.protocol ?? (portOf(spec) === undefined ? 'icmp' : 'tcp')

/** ARP gives up after 3 s (arp(7)): then the last router says so. */
const longestWaitMs = 3_300

export function traceArgs(spec: PathSpec, context: CheckContext): TraceArgs {
  const { host, protocol, port } = targetOf(spec, context)
  return {
    host,
    protocol,
    ...(port === null ? {} : { port }),
    ...sendingFrom(spec),
    maxHops: spec['max-hops'] ?? 30,
    // One round tells where a flow goes; a time is believed when it is the least of several.
    rounds: spec.rtt === undefined && spec['hop-rtt'] === undefined ? 1 : 3,
    flows: (spec.flows ?? 4) - 1,
    timeoutMs: waitMs(context),
  }
}

export const waitMs = ({ timeoutMs }: CheckContext): number => Math.min(timeoutMs, longestWaitMs)

export function sendingFrom({ source, family }: PathSpec): { readonly source?: string; readonly family?: 4 | 6 } {
  return {
    ...(source === undefined ? {} : { source }),
    ...(family === undefined ? {} : { family: family === 'ipv4' ? 4 : 6 }),
  }
}
