import type { RecordRoute } from '../../facts/record-route/index.js'
import type { Alias } from './devices.js'
import type { Path } from './path.js'

/** The address that each router of a path sent on from, where packets recorded all of them; null where they did not. */
export type Recorded = readonly string[] | null

/**
 * Reads what came back: perhaps the sender itself, then every router on the way there, then the target. Only where there are as many
 * as were traced is it known which is which: a device that ignores the option leaves no gap.
 */
export function recordedRouters(record: RecordRoute | null, own: string, target: string, path: Path): Recorded {
  const [first, ...others] = record?.routes ?? []
  if (first === undefined || !path.arrived || others.some((route) => route.join(' ') !== first.join(' '))) return null
  const end = first.indexOf(target)
  if (end === -1) return null
  const routers = first.slice(first[0] === own ? 1 : 0, end)
  return routers.length === path.hops.length ? routers : null
}

/** Where a router answered and where it sent on from: two addresses of one device. */
export function aliasesOf(path: Path, recorded: Recorded): readonly Alias[] {
  return (recorded ?? []).flatMap((address, index) => {
    const answered = path.hops[index] ?? null
    return answered === null ? [] : [[answered, address] as const]
  })
}

/** A path with the places of silent routers filled, as far as something else than an answer tells who stands there. */
export function filled(path: Path, recorded: Recorded, gateway: string | null): Path {
  const address = (index: number): string | null => recorded?.[index] ?? (index === 0 ? gateway : null)
  const inferred = path.hops.flatMap((answered, index) => (answered === null && address(index) !== null ? [index] : []))
  return { ...path, hops: path.hops.map((answered, index) => answered ?? address(index)), inferred: new Set(inferred) }
}

/** Whether two traces of one direction may well be of one path: equally long, and no two answers of different devices. */
export function agree(one: Path, other: Path, same: (one: string, other: string) => boolean): boolean {
  return (
    one.arrived &&
    other.arrived &&
    one.hops.length === other.hops.length &&
    one.hops.every((address, index) => {
      const beside = other.hops[index] ?? null
      return address === null || beside === null || same(address, beside)
    })
  )
}
