import { canonicalAddress } from '../../lib/address.js'
import type { CheckContext } from '../../model/check.js'
import type { Inventory } from '../../model/inventory.js'
import type { PathSymmetrySpec } from './spec.js'

/** One end of the conversation. */
export interface End {
  /** As the inventory calls it. */
  readonly name: string
  /** What the other end traces: an address or a name; null when the inventory does not tell where others reach it. */
  readonly target: string | null
  /** The address that the runbook wants it to talk from; null leaves that to the host. */
  readonly source: string | null
}

export interface Ends {
  readonly first: End
  readonly second: End
}

export function endsOf(spec: PathSymmetrySpec, { inventory }: Pick<CheckContext, 'inventory'>): Ends {
  const [first = '', second = ''] = spec.between
  return { first: endOf(first, spec, inventory), second: endOf(second, spec, inventory) }
}

function endOf(name: string, spec: PathSymmetrySpec, inventory: Inventory): End {
  const wanted = Object.entries(spec.addresses ?? {}).find(([host]) => host === name)?.[1]
  const source = wanted === undefined ? null : (canonicalAddress(wanted) ?? wanted)
  const known = inventory.hosts.get(name)?.address ?? null
  return { name, target: source ?? (known === null || isLoopback(known) ? null : known), source }
}

/** What every machine calls itself: nobody else reaches it there. */
export function isLoopback(address: string): boolean {
  const canonical = canonicalAddress(address)
  return canonical === null ? /^localhost(\.|$)/i.test(address) : canonical.startsWith('127.') || canonical === '::1'
}
