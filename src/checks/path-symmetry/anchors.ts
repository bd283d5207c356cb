import type { Devices } from './devices.js'
import type { Path } from './path.js'

/**
 * How many routers there are, if both ways cross the same, by each device that is seen on both: its distances from either end add up
 * to one more. Devices that are seen twice on one way tell nothing. In no order, each number once.
 */
export function anchoredLengths(there: Path, back: Path, devices: Devices): readonly number[] {
  const isSame = (one: string, other: string | null): boolean => other !== null && devices.compare(one, other).verdict === 'same'
  const lengths = there.hops.flatMap((address, index) => {
    if (address === null || there.hops.filter((other) => isSame(address, other)).length > 1) return []
    const partners = back.hops.flatMap((other, position) => (isSame(address, other) ? [position] : []))
    const [partner, ...more] = partners
    return partner === undefined || more.length > 0 ? [] : [index + partner + 1]
  })
  return [...new Set(lengths)]
}
