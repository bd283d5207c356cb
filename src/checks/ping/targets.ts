import type { PingArgs } from '../../facts/ping/index.js'
import { addressFamily } from '../../lib/address.js'
import { hostNameOf, isAddressLiteral } from '../../lib/target-name.js'
import type { CheckContext } from '../../model/check.js'
import type { Inventory } from '../../model/inventory.js'
import { asList, countOf, intervalOf, type PingSpec } from './spec.js'

/** One target, as the runbook names it. */
export interface Target {
  /** An address, or a name that the asking host resolves. */
  readonly host: string
  /** The inventory's name of the host, or the name that was resolved; null for a bare address. */
  readonly label: string | null
}

/** Reads `db1`, `10.0.0.5`, `2001:db8::5` and `[2001:db8::5]`; null when it is none of these. */
export function parseTarget(text: string): string | null {
  const bare = /^\[([^\]]+)\]$/.exec(text)?.[1] ?? text
  if (isAddressLiteral(bare)) return bare
  return text.includes(':') ? null : hostNameOf(text)
}

/** Every target, in the order of the runbook. */
export function targetsOf(spec: PingSpec, inventory: Inventory): readonly Target[] {
  return asList(spec.target).flatMap((text) => {
    const parsed = parseTarget(text)
    if (parsed === null) return []
    const known = inventory.hosts.get(parsed)
    return [{ host: known?.address ?? parsed, label: known?.name ?? (addressFamily(parsed) === null ? parsed : null) }]
  })
}

/**
 * How long a last reply is waited for at most. ARP gives up after 3 s (arp(7)), so that a dead neighbour is known before.
 * Where every request is answered nothing is waited for.
 */
const longestWaitMs = 3_300

export function pingArgs(spec: PingSpec, { host }: Target, { timeoutMs }: CheckContext): PingArgs {
  return {
    host,
    count: countOf(spec),
    intervalMs: intervalOf(spec),
    size: spec.size ?? 56,
    timeoutMs: Math.min(timeoutMs, longestWaitMs),
    ...(spec['dont-fragment'] === true ? { dontFragment: true } : {}),
    ...sendingFrom(spec),
  }
}

/** What a request says of where it is sent from. */
export function sendingFrom(spec: PingSpec): { readonly source?: string; readonly family?: 4 | 6 } {
  return {
    ...(spec.source === undefined ? {} : { source: spec.source }),
    ...(spec.family === undefined ? {} : { family: spec.family === 'ipv4' ? 4 : 6 }),
  }
}
