import { addressFamily, canonicalAddress } from '../../lib/address.js'
import type { Expectation } from '../../lib/expectation.js'
import type { Protocol } from '../../lib/sockets/listener.js'
import type { EntrySpec, Spec } from './schema.js'

/** One line of a list: some ports, and who may hold them where. */
export interface Entry {
  readonly from: number
  readonly to: number
  readonly protocol: Protocol
  /** Canonical; a wildcard stands for every address of its family, null for any of either. */
  readonly address: string | null
  readonly family: 4 | 6 | null
  readonly interface: string | null
  readonly process?: Expectation<string>
  readonly user?: Expectation<string | number>
}

/** `443`, `"9000-9010/tcp"`, `{ port: "53/udp", address: 10.0.0.1%mgmt }`. The room's `problems` has refused what cannot be read. */
export function readEntry(raw: EntrySpec, protocol: Spec['protocol']): Entry {
  const map = typeof raw === 'object' ? raw : { port: raw }
  const [, from, to = from, named] = /^(\d+)(?:-(\d+))?(?:\/(tcp|udp))?$/.exec(String(map.port)) ?? []
  const address = map.address === undefined ? null : canonicalAddress(map.address)
  return {
    from: Number(from),
    to: Number(to),
    protocol: map.protocol ?? (named === undefined ? undefined : named === 'udp' ? 'udp' : 'tcp') ?? (protocol === 'udp' ? 'udp' : 'tcp'),
    address,
    family: address === null ? null : addressFamily(address),
    interface: /%([^%]+)$/.exec(map.address ?? '')?.[1] ?? null,
    ...(map.process === undefined ? {} : { process: map.process }),
    ...(map.user === undefined ? {} : { user: map.user }),
  }
}

export const readEntries = (list: readonly EntrySpec[] | undefined, protocol: Spec['protocol']): readonly Entry[] =>
  (list ?? []).map((raw) => readEntry(raw, protocol))

/** The entries of all lists of a specification. */
export const allEntries = (spec: Spec): readonly Entry[] =>
  [spec.exactly, spec['at-most'], spec.ignore].flatMap((list) => readEntries(list, spec.protocol))
