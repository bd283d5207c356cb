import type { Listener, Protocol } from './listener.js'
import type { SocketProcess } from './process.js'

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

/** What no source but ss shows; what is judged by it may be otherwise. */
export const interfaceNotShown =
  'Only ss shows whether a socket is bound to one interface: without it, this one is taken to be bound to none.'

/** `nginx (pid 1, 2, 3)`. @param matters those that are named first, since of many only some are named. */
export function showProcesses(listeners: readonly Listener[], matters: (process: SocketProcess) => boolean = () => false): string {
  const processes = listeners.flatMap((listener) => listener.processes ?? [])
  return processes.length === 0 ? 'not shown' : namedProcesses(processes, matters)
}

export function namedProcesses(processes: readonly SocketProcess[], matters: (process: SocketProcess) => boolean): string {
  const pids = new Map<string, Set<number>>()
  for (const { name, pid } of [...processes.filter(matters), ...processes]) pids.set(name, (pids.get(name) ?? new Set()).add(pid))
  return few([...pids].map(([name, held]) => `${name} (pid ${few([...held].map(String))})`))
}

/** A TCP socket may be bound and not listen, which nobody sees. */
export const noSocket = (protocol: Protocol): string => (protocol === 'tcp' ? 'No socket listens there.' : 'No socket is bound there.')

export const otherProtocol: Readonly<Record<Protocol, Protocol>> = { tcp: 'udp', udp: 'tcp' }
