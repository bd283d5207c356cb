import { formatPrefix, parsePrefix } from '../../lib/address.js'
import { NotUnderstood } from '../../lib/errors.js'
import { nullEntryMetric, type Route, type RouteType } from '../../lib/iproute2/route.js'
import { ipv6RejectTypes, kernelRoute, oneNextHop, rtf, throughLoopback } from './kernel-flags.js'

const hex32 = '([0-9a-f]{32})'
const hex8 = '([0-9a-f]{8})'
const rowPattern = new RegExp(
  String.raw`^${hex32} ([0-9a-f]{2}) ${hex32} ([0-9a-f]{2}) ${hex32} ${hex8} ${hex8} ${hex8} ${hex8}\s+(\S+)\s*$`,
)

/**
 * Reads /proc/net/ipv6_route (`rt6_seq_show` in net/ipv6/route.c): every table, unnamed; of a multipath route a row per next hop.
 * @throws NotUnderstood
 */
export function readProcRoute6(text: string): readonly Route[] {
  const routes: Route[] = []
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const route = readRow(line)
    if (route !== null) routes.push(route)
  }
  return routes
}

function readRow(line: string): Route | null {
  const [, to, toLength, from, fromLength, gateway, metricText, , , flagText, device] = rowPattern.exec(line) ?? []
  if (!to || !toLength || !from || !fromLength || !gateway || !metricText || !flagText || !device)
    throw new NotUnderstood('a row of /proc/net/ipv6_route', line)
  const metric = Number.parseInt(metricText, 16)
  const flags = Number.parseInt(flagText, 16)
  if (metric === nullEntryMetric || (flags & rtf.cache) !== 0) return null
  const hasGateway = (flags & rtf.gateway) !== 0
  const rejects = (flags & rtf.reject) !== 0
  return kernelRoute({
    destination: readPrefix(to, toLength),
    types: rejects ? ipv6RejectTypes : ipv6Types(flags, to, device),
    nextHops: rejects ? [] : oneNextHop(hasGateway ? readPrefix(gateway, '80').replace('/128', '') : null, device),
    metric,
    table: !rejects && isOfTableLocal(flags, to) ? 'local' : null,
    from: fromLength === '00' ? null : readPrefix(from, fromLength),
  })
}

/** Host addresses, anycast and multicast are what the kernel itself puts into table local. */
function isOfTableLocal(flags: number, to: string): boolean {
  return (flags & (rtf.local | rtf.anycast)) !== 0 || to.startsWith('ff')
}

function ipv6Types(flags: number, to: string, device: string): readonly RouteType[] {
  if ((flags & rtf.local) !== 0) return ['local']
  if ((flags & rtf.anycast) !== 0) return ['anycast']
  return to.startsWith('ff') ? ['multicast'] : throughLoopback(device, (flags & rtf.gateway) !== 0)
}

function readPrefix(hex: string, length: string): string {
  const prefix = parsePrefix(`${hex.replace(/(....)(?=.)/g, '$1:')}/${Number.parseInt(length, 16)}`)
  if (prefix === null) throw new NotUnderstood('an IPv6 prefix', `${hex} ${length}`)
  return formatPrefix(prefix)
}
