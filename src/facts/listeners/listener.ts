import { addressFamily, canonicalAddress } from '../../lib/address.js'

export type Protocol = 'tcp' | 'udp'

export type ListenerProcess = {
  /** The kernel's name for it (`comm`, proc(5)): at most 15 bytes, settable by the process itself. White space is one space. */
  readonly name: string
  readonly pid: number
}

/** A TCP socket in state LISTEN, or a UDP socket that is bound and not connected. */
export type Listener = {
  readonly protocol: Protocol
  /** Of the traffic it takes: a socket bound to `::ffff:127.0.0.1` is of family 4. */
  readonly family: 4 | 6
  /** Canonical; `0.0.0.0` or `::` when it is bound to every address. */
  readonly address: string
  readonly port: number
  /** The interface (or VRF) it is bound to; null when to none, or when the source does not show it. */
  readonly interface: string | null
  /** For `::` alone: true refuses IPv4, false takes it too (ipv6(7), IPV6_V6ONLY). null: not known, or no such socket. */
  readonly v6only: boolean | null
  /** Every process that holds it, by pid; null when none was shown: not asked for, not permitted, or held by the kernel. */
  readonly processes: readonly ListenerProcess[] | null
  /** The socket's owner: who created it; null when not shown. */
  readonly uid: number | null
}

/** What a line of a tool says about a socket; `host` without brackets and zone. */
export interface Seen {
  readonly protocol: Protocol
  readonly host: string
  readonly port: number
  readonly interface?: string | undefined
  readonly v6only?: boolean | null
  readonly processes?: readonly ListenerProcess[] | null
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
    v6only: address === '::' ? (seen.v6only ?? null) : null,
    processes: seen.processes ?? null,
    uid: seen.uid ?? null,
  }
}

/** One spelling of a process's name, whatever it put into it. */
export const processName = (comm: string): string => comm.replace(/\s+/g, ' ').trim()

/** Each process once, however many descriptors it has for the socket. */
export function uniqueProcesses(processes: readonly ListenerProcess[]): readonly ListenerProcess[] {
  return [...new Map(processes.map((process) => [process.pid, process])).values()].sort((a, b) => a.pid - b.pid)
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
