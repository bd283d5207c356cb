import type { Listener, Protocol } from './listener.js'

const most = 5

/** At most five, and how many more there are. */
export function few(words: readonly string[]): string {
  const distinct = [...new Set(words)]
  const shown = distinct.slice(0, most).join(', ')
  return distinct.length > most ? `${shown} and ${distinct.length - most} more` : shown
}

const takesIpv4 = (v6only: boolean | null): string => (v6only === null ? 'IPv6, perhaps IPv4 too' : v6only ? 'IPv6 only' : 'IPv6 and IPv4')

/** `127.0.0.1`, `:: (IPv6 and IPv4)`, `0.0.0.0%mgmt`. */
export function showAddress({ address, interface: device, v6only }: Listener): string {
  const bound = device === null ? address : `${address}%${device}`
  return address === '::' ? `${bound} (${takesIpv4(v6only)})` : bound
}

/** `0.0.0.0:80`, `[::1]:80`. */
export function showSocket({ address, family, port }: Listener): string {
  return family === 4 ? `${address}:${port}` : `[${address}]:${port}`
}

/** `nginx (pid 1, 2, 3)`. */
export function showProcesses(listeners: readonly Listener[]): string {
  const pids = new Map<string, Set<number>>()
  for (const { name, pid } of listeners.flatMap(({ processes }) => processes ?? [])) {
    pids.set(name, (pids.get(name) ?? new Set()).add(pid))
  }
  return pids.size === 0 ? 'not shown' : few([...pids].map(([name, held]) => `${name} (pid ${few([...held].map(String))})`))
}

export const otherProtocol: Readonly<Record<Protocol, Protocol>> = { tcp: 'udp', udp: 'tcp' }
