import { canonicalAddress } from '../address.js'
import { NotUnderstood } from '../errors.js'
import { type AddressFamily, isRouteType, leadsNowhere, type NextHop, nullEntryMetric, type Route, readDestination } from './route.js'

/** A route as a tool words it, before it is checked. What is missing was not printed. */
export interface RouteDraft {
  readonly destination: string
  readonly type?: string
  readonly nextHops: readonly NextHopDraft[]
  readonly metric?: number
  readonly table?: string
  readonly protocol?: string
  readonly scope?: string
  readonly source?: string
  readonly from?: string
  readonly tos?: string
  readonly pref?: string
  /** An entry of the routing cache, which old kernels list among the routes. */
  readonly cached?: boolean
}

export interface NextHopDraft {
  readonly via?: string
  readonly interface?: string
  readonly weight?: number
  readonly flags: readonly string[]
}

/** What a tool's silence about a field means. */
export interface Silence {
  /** iproute2 leaves out what is usual; BusyBox never prints the protocol. */
  readonly protocol: 'boot' | null
  readonly table: 'main' | null
  /** true: an IPv6 next hop of an IPv4 route is not printed (BusyBox). */
  readonly hidesForeignNextHop: boolean
}

export const iproute2Silence: Silence = { protocol: 'boot', table: 'main', hidesForeignNextHop: false }
export const busyBoxSilence: Silence = { protocol: null, table: 'main', hidesForeignNextHop: true }

/**
 * @returns the route, or null for entries that are none: cached clones and the kernel's own "no route" entry.
 * @throws NotUnderstood when a field is not what its name promises.
 */
export function finishRoute(draft: RouteDraft, family: AddressFamily, silence: Silence): Route | null {
  if (draft.cached === true || (family === 'inet6' && draft.metric === nullEntryMetric)) return null
  const type = draft.type ?? 'unicast'
  if (!isRouteType(type)) throw new NotUnderstood('a type of route', type)
  const scope = draft.scope ?? 'global'
  return {
    destination: readDestination(draft.destination, family),
    types: [type],
    nextHops: leadsNowhere(type)
      ? []
      : finishNextHops(draft.nextHops, silence.hidesForeignNextHop && family === 'inet' && scope === 'global'),
    metric: draft.metric ?? 0,
    table: draft.table ?? silence.table,
    protocol: draft.protocol ?? silence.protocol,
    scope,
    source: draft.source === undefined ? null : readAddress(draft.source),
    from: readFrom(draft.from, family),
    tos: draft.tos ?? null,
    ...(draft.pref === 'high' || draft.pref === 'low' ? { preference: draft.pref } : {}),
  }
}

/** `from all` and `from ::` are what some versions print for "from anywhere". */
function readFrom(text: string | undefined, family: AddressFamily): string | null {
  if (text === undefined || text === 'all' || text === 'default') return null
  const prefix = readDestination(text, family)
  return prefix.endsWith('/0') || prefix === '::/128' ? null : prefix
}

/**
 * Of a multipath route BusyBox prints no next hop: then there is no interface. Of an IPv4 route with an IPv6 next hop it
 * prints the interface alone, and only the scope, which is the one of routes with a gateway, gives it away.
 */
function finishNextHops(drafts: readonly NextHopDraft[], gatewayExpected: boolean): readonly NextHop[] | null {
  const shown = drafts.length > 0 && drafts.every((hop) => hop.interface !== undefined && (hop.via !== undefined || !gatewayExpected))
  return shown ? drafts.map(finishNextHop) : null
}

function finishNextHop(draft: NextHopDraft): NextHop {
  const via = draft.via === undefined ? null : readAddress(draft.via)
  return {
    // Old versions print `via ::` for a destination on the link itself.
    via: via === '::' || via === '0.0.0.0' ? null : via,
    interface: draft.interface ?? null,
    weight: draft.weight ?? 1,
    flags: draft.flags,
  }
}

function readAddress(text: string): string {
  const address = canonicalAddress(text)
  if (address === null) throw new NotUnderstood('an address', text)
  return address
}
