import type { Random } from './random.js'

/** Hands out the networks of one topology from a /20 of its own, so that many topologies fit into one inventory. */
export interface AddressBlock {
  /** Room for so many devices: a network of the smallest or of a usual size. */
  lan(): { readonly network: string; readonly length: number }
  link(): { readonly network: string; readonly length: number }
  loopback(): string
}

export const maxIndex = 4_095

const dotted = (value: number): string => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.')

/** @param offset from the network's address. */
export function addressIn(network: string, offset: number): string {
  const value = network.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  return dotted(value + offset)
}

/** @param index of the topology, up to `maxIndex`. */
export function addressBlock(index: number, random: Random): AddressBlock {
  if (index > maxIndex) throw new RangeError(`there are addresses for topologies 0 to ${maxIndex}, not for ${index}`)
  const base = 10 * 2 ** 24 + index * 4_096
  // Links side by side in one /24 look alike to whoever compares only that much; many networks are built so.
  const packed = random.chance(0.5)
  let lans = 0
  let used = 0
  let loopbacks = 0
  const lan = (): { network: string; length: number } => {
    if (lans === 14) throw new RangeError(`topology ${index} has too many networks`)
    return { network: dotted(base + 256 * lans++), length: 24 }
  }
  return {
    lan,
    link() {
      const length = Number(random.weighted({ 31: 2, 30: 6, 29: 1, 24: 2 }))
      if (length === 24) return lan()
      if (!packed) return { network: lan().network, length }
      const size = 2 ** (32 - length)
      used = Math.ceil(used / size) * size
      const network = dotted(base + 14 * 256 + used)
      used += size
      return { network, length }
    },
    loopback: () => dotted(base + 15 * 256 + ++loopbacks),
  }
}
