import type { SocketExample, SocketState, SocketSummary } from '../../facts/sockets/index.js'
import { describeExpectation } from '../../lib/expectation.js'
import { processType } from '../../lib/sockets/holder.js'
import { namesOf, portsOf, prefixesOf, statesOf } from './meaning.js'
import type { Spec } from './schema.js'

const few = (words: readonly (string | number)[]): string =>
  words.length > 4 ? `${words.slice(0, 4).join(', ')} and ${words.length - 4} more` : words.join(', ')

/** `established from 10.0.0.0/8 to port 443`: which connections are meant. */
export function showMeaning(spec: Spec): string {
  const peers = prefixesOf(spec.peer)
  const peerPorts = portsOf(spec['peer-port'])
  const locals = prefixesOf(spec['local-address'])
  const localPorts = portsOf(spec['local-port'])
  return [
    spec.protocol === 'udp' ? 'udp' : namesOf(spec.state).join(', '),
    spec.family ?? '',
    localPorts === undefined ? '' : `on port ${few(localPorts)}`,
    locals === undefined ? '' : `of ${few(locals)}`,
    peers === undefined ? '' : `with ${few(peers)}`,
    peerPorts === undefined ? '' : `to port ${few(peerPorts)}`,
    spec.process === undefined ? '' : `held by ${describeExpectation(processType, spec.process)}`,
  ]
    .filter((words) => words !== '')
    .join(' ')
}

/** `443 (12)`, the most frequent first; empty where there is but one. */
function showTallies(what: string, tallies: readonly { readonly name: string | number; readonly count: number }[]): string {
  if (tallies.length < 2) return ''
  return `${what} ${few(tallies.map(({ name, count }) => `${name} (${count})`))}`
}

/** How the connections divide: `By peer 10.0.0.5 (812), 10.0.0.6 (3).` */
export function showShares({ states, peers, localPorts, peerPorts, count }: SocketSummary): string {
  // Ports of clients are all different and say nothing.
  const telling = <Name>(tallies: readonly { readonly name: Name; readonly count: number }[]) =>
    (tallies[0]?.count ?? 0) > Math.max(1, count / 10) ? tallies : []
  const shares = [
    showTallies('by state', states),
    showTallies('by peer', peers),
    showTallies('by own port', telling(localPorts)),
    showTallies('by port of the peer', telling(peerPorts)),
  ].filter((words) => words !== '')
  const text = shares.join('; ')
  return text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

export const showSocket = ({ local, peer, process }: SocketExample): string =>
  `${local} with ${peer}${process === null ? '' : ` (${process})`}`

const hints: Readonly<Partial<Record<SocketState, string>>> = {
  'syn-sent': 'Who waits in SYN-SENT is not answered: a tcp-port check to that peer tells by whom.',
  'syn-recv':
    'Handshakes in SYN-RECV are half open: clients whose packets get lost, or a SYN flood (nstat -az TcpExtListenDrops TcpExtSyncookiesSent).',
  'fin-wait-2': 'In FIN-WAIT-2 the peer has not closed its side yet.',
  'close-wait': 'In CLOSE-WAIT the peer has closed and the program here has not: it forgets to close its sockets.',
  'time-wait':
    'TIME-WAIT stays for a minute with the side that closes first: many mean many short connections, which keep-alive or a pool would spare.',
  'last-ack': 'In LAST-ACK the last answer of the peer is missing: it is gone, or packets get lost.',
}

/** What a crowd of connections in one state means. */
export const hintOf = ({ states }: SocketSummary): string => (states[0] === undefined ? '' : (hints[states[0].name] ?? ''))

/** The command with which a person sees them. */
export function showCommand(spec: Spec): string {
  const states = statesOf(spec.state)
  const words = states.length === 9 ? 'state connected' : states.map((state) => `state ${state}`).join(' ')
  const condition = (side: string, ports: readonly (number | string)[] | undefined): string =>
    ports?.length === 1 && /^\d+$/.test(String(ports[0])) ? `${side} = :${ports[0]}` : ''
  const filter = [condition('sport', portsOf(spec['local-port'])), condition('dport', portsOf(spec['peer-port']))].filter(
    (part) => part !== '',
  )
  return `ss -n${spec.protocol === 'udp' ? 'u' : 't'}p ${words}${filter.length === 0 ? '' : ` '${filter.join(' and ')}'`}`
}
