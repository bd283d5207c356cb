import { parsePrefix } from '../../lib/address.js'
import { type PortRange, type SocketState, type SocketsArgs, socketStates } from './value.js'

/** More conditions than that cost the kernel, which tries them on every socket, about as much as they spare. */
const mostConditions = 100

/**
 * The arguments of ss(8) that select what any of the requests may mean, and not much more: rows are told apart afterwards.
 * It is made of words of our own and of numbers; nothing of a runbook is pasted in.
 */
export function ssFilter(requests: readonly SocketsArgs[]): readonly string[] {
  const condition = anyOf(requests.map(conditionsOf)) ?? anyOf(requests.map(portConditions))
  return [...stateWords(requests), ...(condition === null ? [] : [`( ${condition} )`])]
}

/** With one state alone ss leaves out its column State: a second one, which sockets hardly ever are in, keeps it. */
function stateWords(requests: readonly SocketsArgs[]): readonly string[] {
  const wanted = new Set<SocketState>(requests.flatMap(({ states }) => states))
  if (wanted.size === 1) wanted.add(wanted.has('closing') ? 'last-ack' : 'closing')
  return socketStates.filter((state) => wanted.has(state)).flatMap((state) => ['state', state])
}

/** All of them hold; none: anything is meant. */
type Conditions = readonly string[]

const portConditions = ({ localPorts, peerPorts }: SocketsArgs): Conditions => [
  ...either(localPorts?.map((range) => portCondition('sport', range))),
  ...either(peerPorts?.map((range) => portCondition('dport', range))),
]

const conditionsOf = (request: SocketsArgs): Conditions => [
  ...portConditions(request),
  ...addressConditions('src', request.local),
  ...addressConditions('dst', request.peer),
]

function portCondition(side: 'sport' | 'dport', { from, to }: PortRange): string {
  return from === to ? `${side} = :${from}` : `( ${side} >= :${from} and ${side} <= :${to} )`
}

/**
 * Of IPv4 alone: such a condition is true of `::ffff:10.0.0.1`, too, whether the kernel tries it (`inet_diag_bc_run`) or ss
 * (`inet2_addr_match`). Versions of ss differ in how IPv6 is to be written.
 */
function addressConditions(side: 'src' | 'dst', prefixes: readonly string[] | undefined): Conditions {
  const read = prefixes?.map(parsePrefix)
  if (read?.some((prefix) => prefix?.family !== 4 || prefix.length === 0) === true) return []
  return either(read?.flatMap((prefix) => (prefix === null ? [] : [`${side} ${prefix.network}/${prefix.length}`])))
}

function either(alternatives: readonly string[] | undefined): Conditions {
  if (alternatives === undefined) return []
  const [only = '', ...others] = [...new Set(alternatives)].sort()
  return [others.length === 0 ? only : `( ${[only, ...others].join(' or ')} )`]
}

/** What some of the requests mean; null where one means anything, or where it becomes too long. */
function anyOf(requests: readonly Conditions[]): string | null {
  const words = alternatives(requests)
  return words === null || (words.match(/ort |src |dst /g) ?? []).length > mostConditions ? null : words
}

/** Conditions with which several requests begin are written, and tried, once. */
function alternatives(requests: readonly Conditions[]): string | null {
  const byFirst = new Map<string, Conditions[]>()
  for (const [first, ...rest] of requests) {
    if (first === undefined) return null
    byFirst.set(first, [...(byFirst.get(first) ?? []), rest])
  }
  const words = [...byFirst].map(([first, rests]) => {
    const further = alternatives(rests)
    return further === null ? first : `( ${first} and ( ${further} ) )`
  })
  return words.sort().join(' or ')
}
