import { type Prefix, parsePrefix, prefixContains } from '../../lib/address.js'
import { ipv4Number, kindOf, type SocketTable } from './table.js'
import type { PortRange, SocketsArgs } from './value.js'

/** Whether a row is one of those that a request means, but for its process. */
export function matcher(table: SocketTable, args: SocketsArgs): (row: number) => boolean {
  const kinds = new Uint8Array(256)
  for (const state of args.states) kinds[kindOf(args.protocol, state)] = 1
  const localPorts = portTest(args.localPorts)
  const peerPorts = portTest(args.peerPorts)
  const local = addressTest(table, args.local, args.family)
  const peer = addressTest(table, args.peer, undefined)
  return (row) =>
    kinds[table.kinds[row] ?? 0] === 1 &&
    (localPorts === null || localPorts(table.localPorts[row] ?? 0)) &&
    (peerPorts === null || peerPorts(table.peerPorts[row] ?? 0)) &&
    (local === null || local(table.locals[row] ?? 0)) &&
    (peer === null || peer(table.peers[row] ?? 0))
}

function portTest(ranges: readonly PortRange[] | undefined): ((port: number) => boolean) | null {
  if (ranges === undefined) return null
  const [only, ...others] = ranges
  if (only !== undefined && others.length === 0) return (port) => port >= only.from && port <= only.to
  const ports = new Uint8Array(65_536)
  for (const { from, to } of ranges) ports.fill(1, from, to + 1)
  return (port) => ports[port] === 1
}

/** Whether an address of the table, by its place there, lies in one of the prefixes; null where any will do. */
function addressTest(
  { addresses, ipv4 }: SocketTable,
  texts: readonly string[] | undefined,
  family: SocketsArgs['family'],
): ((id: number) => boolean) | null {
  if (texts === undefined && family === undefined) return null
  const prefixes = texts?.flatMap((text) => parsePrefix(text) ?? [])
  const ranges = prefixes?.flatMap(rangeOf)
  const wide = prefixes?.filter((prefix) => prefix.family === 6)
  /** Of IPv6 alone, whose prefixes are dear to compare. */
  const known = new Map<number, boolean>()
  return (id) => {
    const number = ipv4[id] ?? -1
    if (number >= 0) return family !== 'inet6' && (ranges === undefined || ranges.some(({ from, to }) => number >= from && number < to))
    if (family === 'inet') return false
    if (wide === undefined) return true
    const before = known.get(id)
    if (before !== undefined) return before
    const inside = wide.some((prefix) => prefixContains(prefix, addresses[id] ?? ''))
    known.set(id, inside)
    return inside
  }
}

/** The addresses of an IPv4 prefix as numbers; `to` is not in it. */
function rangeOf(prefix: Prefix): readonly { readonly from: number; readonly to: number }[] {
  if (prefix.family === 6) return []
  const from = ipv4Number(prefix.network) ?? 0
  return [{ from, to: from + 2 ** (32 - prefix.length) }]
}
