import { type PortRange, type SocketState, type SocketsArgs, socketStates } from './value.js'

/** More conditions than that cost the kernel, which tries them on every socket, more than they spare. */
const mostConditions = 24

/**
 * The arguments of ss(8) that select what any of the requests may mean, and not much more: rows are told apart afterwards.
 * It is made of words of our own and of numbers; nothing of a runbook is pasted in.
 */
export function ssFilter(requests: readonly SocketsArgs[]): readonly string[] {
  const ports = portConditions(requests)
  return [...stateWords(requests), ...(ports === null ? [] : [`( ${ports} )`])]
}

/** With one state alone ss leaves out its column State: a second one, which sockets hardly ever are in, keeps it. */
function stateWords(requests: readonly SocketsArgs[]): readonly string[] {
  const wanted = new Set<SocketState>(requests.flatMap(({ states }) => states))
  if (wanted.size === 1) wanted.add(wanted.has('closing') ? 'last-ack' : 'closing')
  return socketStates.filter((state) => wanted.has(state)).flatMap((state) => ['state', state])
}

/** null where some request means any port, or where there are too many. */
function portConditions(requests: readonly SocketsArgs[]): string | null {
  const conditions = new Set<string>()
  for (const { localPorts, peerPorts } of requests) {
    const side = localPorts !== undefined ? 'sport' : 'dport'
    const ranges = localPorts ?? peerPorts
    if (ranges === undefined) return null
    for (const range of ranges) conditions.add(condition(side, range))
    if (conditions.size > mostConditions) return null
  }
  return [...conditions].sort().join(' or ')
}

function condition(side: 'sport' | 'dport', { from, to }: PortRange): string {
  return from === to ? `${side} = :${from}` : `( ${side} >= :${from} and ${side} <= :${to} )`
}
