import { addressFamily, canonicalAddress } from '../../lib/address.js'
import type { Listener, Protocol } from '../../lib/sockets/listener.js'
import type { SocketProcess } from '../../lib/sockets/process.js'

/** What a line of a tool says about a socket; `host` without brackets and zone. */
export interface Seen {
  readonly protocol: Protocol
  readonly host: string
  readonly port: number
  readonly interface?: string | undefined
  readonly interfaceShown: boolean
  readonly v6only?: boolean | null
  readonly processes?: readonly SocketProcess[] | null
  readonly uid?: number | null
}

/** @returns null when `host` is no address or `port` is none. */
export function toListener(seen: Seen): Listener | null {
  const address = canonicalAddress(seen.host)
  const family = addressFamily(seen.host)
  if (address === null || family === null || seen.port > 65_535) return null
  return {
    protocol: seen.protocol,
    family,
    address,
    port: seen.port,
    interface: seen.interface ?? null,
    interfaceShown: seen.interfaceShown,
    v6only: address === '::' ? (seen.v6only ?? null) : null,
    processes: seen.processes ?? null,
    uid: seen.uid ?? null,
  }
}

/** The same sockets give the same list, whichever source saw them. */
export function sortListeners(listeners: readonly Listener[]): readonly Listener[] {
  const key = ({ address, interface: device }: Listener): string => `${address}%${device ?? ''}`
  const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
  return [...listeners].sort(
    (a, b) =>
      compareText(a.protocol, b.protocol) ||
      a.port - b.port ||
      a.family - b.family ||
      compareText(key(a), key(b)) ||
      (a.processes?.[0]?.pid ?? 0) - (b.processes?.[0]?.pid ?? 0),
  )
}
