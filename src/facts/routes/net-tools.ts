import { addressFamily, canonicalAddress, formatPrefix, parsePrefix } from '../../lib/address.js'
import { NotUnderstood } from '../../lib/errors.js'
import { nullEntryMetric, type Route } from '../../lib/iproute2/route.js'
import { ipv4Types, ipv6RejectTypes, kernelRoute, oneNextHop, throughLoopback } from './kernel-flags.js'

/**
 * Reads `route -n` of net-tools and BusyBox: what /proc/net/route holds, as a table.
 * @throws NotUnderstood
 */
export function readNetTools(text: string): readonly Route[] {
  return rowsBelow(text, /^Destination\s+Gateway\s+Genmask\s+Flags\s+Metric\s/m).map((line) => {
    const [destination = '', gateway = '', mask = '', flags = '', metric = '', , , device = '', ...rest] = line.split(/\s+/)
    const prefix = parsePrefix(`${destination}/${maskLength(mask) ?? ''}`)
    if (prefix?.family !== 4 || !/^\d+$/.test(metric) || device === '' || rest.length > 0)
      throw new NotUnderstood('a row of route -n', line)
    const hasDevice = device !== '*' && device !== '-'
    const hasGateway = flags.includes('G')
    // The gateway flag without a gateway: an IPv6 next hop, for which there is no column.
    const hops = hasGateway && gateway === '0.0.0.0' ? null : oneNextHop(hasGateway ? readAddress(gateway, 4) : null, device)
    return kernelRoute({
      destination: formatPrefix(prefix),
      types: ipv4Types(flags.includes('!'), hasDevice ? device : null, hasGateway),
      nextHops: hasDevice ? hops : [],
      metric: Number(metric),
      table: 'main',
      from: null,
    })
  })
}

/**
 * Reads `route -A inet6 -n` of net-tools and BusyBox: what /proc/net/ipv6_route holds, as a table. A row that is cut
 * to its column is not understood.
 * @throws NotUnderstood
 */
export function readNetTools6(text: string): readonly Route[] {
  return rowsBelow(text, /^Destination\s+Next Hop\s+Flags?\s+Met/m).flatMap((line) => {
    const [destination = '', gateway = '', flags = '', metricText = '', , , device = '', ...rest] = line.split(/\s+/)
    const prefix = parsePrefix(destination)
    if (prefix?.family !== 6 || !destination.includes('/') || !/^-?\d+$/.test(metricText) || device === '' || rest.length > 0)
      throw new NotUnderstood('a row of route -A inet6 -n', line)
    // Printed as a signed number.
    const metric = Number(metricText) >>> 0
    const rejects = flags.includes('!')
    if (metric === nullEntryMetric || flags.includes('C')) return []
    const address = readAddress(gateway, 6)
    // `Un`: up, and without a next hop of its own: an address of this host. Multicast belongs to table local as well.
    const local = !rejects && flags.includes('n') && prefix.length === 128
    const multicast = prefix.network.startsWith('ff')
    return kernelRoute({
      destination: formatPrefix(prefix),
      types: rejects
        ? ipv6RejectTypes
        : local
          ? ['local', 'anycast']
          : multicast
            ? ['multicast']
            : throughLoopback(device, flags.includes('G')),
      nextHops: rejects ? [] : oneNextHop(flags.includes('G') ? address : null, device),
      metric,
      table: local || (multicast && !rejects) ? 'local' : null,
      from: null,
    })
  })
}

function rowsBelow(text: string, header: RegExp): readonly string[] {
  const found = header.exec(text)
  if (found === null) throw new NotUnderstood('a routing table from route -n', text)
  return text
    .slice(found.index)
    .split('\n')
    .slice(1)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

function readAddress(text: string, family: 4 | 6): string {
  const address = canonicalAddress(text)
  if (address === null || addressFamily(text) !== family) throw new NotUnderstood(`an IPv${family} address`, text)
  return address
}

/** @returns 24 for 255.255.255.0; null when it is no network mask. */
function maskLength(mask: string): number | null {
  const bytes = (canonicalAddress(mask) ?? '').split('.').map(Number)
  if (bytes.length !== 4) return null
  const bits = bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return /^1*0*$/.test(bits) ? bits.lastIndexOf('1') + 1 : null
}
