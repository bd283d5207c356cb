import type { Listener, Protocol } from './listener.js'

/** The sockets of a host by what checks ask for. */
export interface ListenersByPort {
  on(protocol: Protocol, port: number): readonly Listener[]
  of(protocol: Protocol): readonly Listener[]
}

const known = new WeakMap<readonly Listener[], ListenersByPort>()

/** Made once for each list, as a hundred checks ask of the same; it is forgotten with the list. */
export function listenersByPort(listeners: readonly Listener[]): ListenersByPort {
  const before = known.get(listeners)
  if (before !== undefined) return before
  const made = group(listeners)
  known.set(listeners, made)
  return made
}

function group(listeners: readonly Listener[]): ListenersByPort {
  const ports: Record<Protocol, Map<number, Listener[]>> = { tcp: new Map(), udp: new Map() }
  const all: Record<Protocol, Listener[]> = { tcp: [], udp: [] }
  for (const listener of listeners) {
    const { protocol, port } = listener
    all[protocol].push(listener)
    const same = ports[protocol].get(port)
    if (same === undefined) ports[protocol].set(port, [listener])
    else same.push(listener)
  }
  return { on: (protocol, port) => ports[protocol].get(port) ?? [], of: (protocol) => all[protocol] }
}
