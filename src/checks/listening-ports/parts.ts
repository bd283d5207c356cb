import { isLoopback, isWildcard } from '../../lib/sockets/bound.js'
import type { Listener } from '../../lib/sockets/listener.js'
import type { Entry } from './entry.js'
import type { Spec } from './schema.js'

/** What a socket takes: traffic to one address, or to every address of a family. */
export interface Part {
  readonly family: 4 | 6
  readonly address: string
  /** false: whether it takes this is not known (IPV6_V6ONLY is not shown). */
  readonly sure: boolean
}

/** A socket on `::` takes IPv6, and IPv4 too unless IPV6_V6ONLY is set (ipv6(7)). */
function partsOf({ family, address, v6only }: Listener): readonly Part[] {
  const own = { family, address, sure: true }
  if (address !== '::' || v6only === true) return [own]
  return [own, { family: 4, address: '0.0.0.0', sure: v6only !== null }]
}

/** Whether nothing but the host itself reaches it: the loopback's addresses, and its interface. */
const isLocal = ({ address, interface: device }: Listener): boolean => isLoopback(address) || device === 'lo'

const familyOf = ({ family }: Spec): 4 | 6 | null => (family === undefined ? null : family === 'inet' ? 4 : 6)

/** Whether a socket is the business of a check. */
export function isJudged(listener: Listener, spec: Spec): boolean {
  const { protocol = 'both', scope = 'any' } = spec
  if (protocol !== 'both' && listener.protocol !== protocol) return false
  if (scope !== 'any' && isLocal(listener) !== (scope === 'loopback')) return false
  return familyOf(spec) === null || judgedParts(listener, spec).length > 0
}

/** Those parts of a socket that a check judges. */
export function judgedParts(listener: Listener, spec: Spec): readonly Part[] {
  const wanted = familyOf(spec)
  return partsOf(listener).filter((part) => wanted === null || part.family === wanted)
}

export const isOfPort = (entry: Entry, { protocol, port }: Pick<Listener, 'protocol' | 'port'>): boolean =>
  entry.protocol === protocol && entry.from <= port && port <= entry.to

/** Whether an entry permits all of a part: a wildcard covers the addresses of its family, an address no wildcard. */
export function covers(entry: Entry, listener: Listener, part: Part): boolean {
  if (entry.interface !== null && entry.interface !== listener.interface) return false
  if (entry.address === null) return true
  return isWildcard(entry.address) ? entry.family === part.family : entry.address === part.address
}
