import { NotUnderstood } from '../../lib/errors.js'
import type { Route } from '../../lib/iproute2/route.js'
import { ipv4Types, kernelRoute, oneNextHop, rtf } from './kernel-flags.js'

/** Turns 8 hexadecimal digits, printed as a number of the host, into the address's four bytes as one number. */
type ByteOrder = (hex: string) => number

const bigEndian: ByteOrder = (hex) => Number.parseInt(hex, 16)
const littleEndian: ByteOrder = (hex) => bigEndian(hex.replace(/(..)(..)(..)(..)/, '$4$3$2$1'))

const rowPattern = /^(\S+)\s+([0-9A-F]{8})\s+([0-9A-F]{8})\s+([0-9A-F]{4,8})\s+-?\d+\s+\d+\s+(\d+)\s+([0-9A-F]{8})\s+\d+\s+\d+\s+\d+\s*$/i

/**
 * Reads /proc/net/route (`fib_route_seq_show` in net/ipv4/fib_trie.c): table main alone, the first next hop alone.
 * @throws NotUnderstood
 */
export function readProcRoute(text: string): readonly Route[] {
  // Before the first route the kernel has no table main, and then the file has no header either.
  if (text === '') return []
  const [header = '', ...lines] = text.split('\n')
  if (!/^Iface\s+Destination\s+Gateway\s+Flags\s/.test(header)) throw new NotUnderstood('the header of /proc/net/route', header)
  const rows = lines.filter((line) => line.trim() !== '').map(readRow)
  const order = byteOrder(rows.map((row) => row.mask))
  return rows.map((row) => rowRoute(row, order))
}

interface Row {
  readonly device: string
  readonly destination: string
  readonly gateway: string
  readonly flags: number
  readonly metric: number
  readonly mask: string
}

function readRow(line: string): Row {
  const [, device, destination, gateway, flags, metric, mask] = rowPattern.exec(line) ?? []
  if (!device || !destination || !gateway || !flags || !metric || !mask) throw new NotUnderstood('a row of /proc/net/route', line)
  return { device, destination, gateway, flags: Number.parseInt(flags, 16), metric: Number(metric), mask }
}

/** The masks tell the byte order of the machine: 00FFFFFF is a /24 only when its bytes are swapped. Few machines are big-endian. */
function byteOrder(masks: readonly string[]): ByteOrder {
  const order = [littleEndian, bigEndian].find((candidate) => masks.every((mask) => maskLength(candidate(mask)) !== null))
  if (order === undefined) throw new NotUnderstood('network masks in /proc/net/route', masks.join(' '))
  return order
}

/** @returns the number of leading ones, or null when a zero stands before a one. */
function maskLength(mask: number): number | null {
  const length = Math.clz32(~mask)
  return mask >>> 0 === (length === 0 ? 0 : (0xffffffff << (32 - length)) >>> 0) ? length : null
}

const dotted = (value: number): string => [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff).join('.')

function rowRoute(row: Row, order: ByteOrder): Route {
  const hasDevice = row.device !== '*'
  const hasGateway = (row.flags & rtf.gateway) !== 0
  const gateway = order(row.gateway)
  // The gateway flag without a gateway: an IPv6 next hop, for which the list has no column.
  const known = !hasGateway || gateway !== 0
  const hops = known ? oneNextHop(hasGateway ? dotted(gateway) : null, row.device) : null
  return kernelRoute({
    destination: `${dotted(order(row.destination))}/${maskLength(order(row.mask)) ?? 0}`,
    types: ipv4Types((row.flags & rtf.reject) !== 0, hasDevice ? row.device : null, hasGateway),
    nextHops: hasDevice ? hops : [],
    metric: row.metric,
    table: 'main',
    from: null,
  })
}
