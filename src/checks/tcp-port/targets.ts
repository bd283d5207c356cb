import { hostNameOf, isAddressLiteral } from '../../lib/target-name.js'
import type { Inventory } from '../../model/inventory.js'
import { asList, type TcpPortSpec } from './spec.js'

/** One port of one host, as the runbook names it. */
export interface Target {
  /** An address, or a name that the asking host resolves. */
  readonly host: string
  readonly port: number
  /** The inventory's name of the host, or the name that was resolved; null for a bare address. */
  readonly label: string | null
}

export interface PortRange {
  readonly first: number
  readonly last: number
}

/** A target as it is written: the host, and the ports where they are written with it. */
export interface ParsedTarget {
  readonly host: string
  readonly ports: PortRange | null
}

/** Reads `443` and `8000-8010`; null when it is neither or not within 1 to 65535. */
export function parsePorts(text: string | number): PortRange | null {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(String(text))
  if (match === null) return null
  const first = Number(match[1])
  const last = match[2] === undefined ? first : Number(match[2])
  return first >= 1 && first <= last && last <= 65_535 ? { first, last } : null
}

/** Reads `db1:5432`, `10.0.0.5:8000-8010`, `[2001:db8::5]:443`, and each without a port; null when it is none of these. */
export function parseTarget(text: string): ParsedTarget | null {
  const bracketed = /^\[([^\]]+)\](?::(.+))?$/.exec(text)
  if (bracketed !== null) return isAddressLiteral(bracketed[1] ?? '') ? withPorts(bracketed[1] ?? '', bracketed[2]) : null
  if (text.split(':').length > 2) return isAddressLiteral(text) ? withPorts(text, undefined) : null
  const [host = '', ports] = text.split(':')
  return withPorts(host, ports)
}

function withPorts(hostText: string, portsText: string | undefined): ParsedTarget | null {
  const host = isAddressLiteral(hostText) ? hostText : hostNameOf(hostText)
  const ports = portsText === undefined ? null : parsePorts(portsText)
  if (host === null || (portsText !== undefined && ports === null)) return null
  return { host, ports }
}

/** How many targets a specification means; parts that cannot be read count as none. */
export function countTargets(spec: TcpPortSpec): number {
  const size = (range: PortRange | null): number => (range === null ? 0 : range.last - range.first + 1)
  const shared = portsOf(spec).reduce((sum, range) => sum + size(range), 0)
  return asList(spec.target).reduce((sum, text) => sum + (size(parseTarget(text)?.ports ?? null) || shared), 0)
}

function portsOf(spec: TcpPortSpec): readonly PortRange[] {
  return asList(spec.port ?? []).flatMap((text) => parsePorts(text) ?? [])
}

/** Every target, in the order of the runbook. */
export function expandTargets(spec: TcpPortSpec, inventory: Inventory): readonly Target[] {
  const shared = portsOf(spec)
  return asList(spec.target).flatMap((text) => {
    const parsed = parseTarget(text)
    if (parsed === null) return []
    const known = inventory.hosts.get(parsed.host)
    const host = known?.address ?? parsed.host
    const label = known?.name ?? (isAddressLiteral(parsed.host) ? null : parsed.host)
    return (parsed.ports === null ? shared : [parsed.ports]).flatMap(({ first, last }) =>
      Array.from({ length: last - first + 1 }, (_, offset) => ({ host, port: first + offset, label })),
    )
  })
}
