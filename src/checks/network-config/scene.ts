import {
  applying,
  type ConfiguredInterface,
  type ConfiguredRoute,
  type ConfiguredSystem,
  interfacesNamed,
  type NetworkConfig,
} from '../../facts/network-config/index.js'

/** One interface as the system has it that sets it up at the next boot. */
export interface Owner {
  readonly system: ConfiguredSystem
  readonly config: ConfiguredInterface
}

export type Found = { readonly owner: Owner } | { readonly unclear: string } | { readonly none: true }

/** Who configures an interface; two systems at once, or one that is found by hardware address, are not told apart here. */
export function findInterface(config: NetworkConfig, name: string): Found {
  const candidates = applying(config).map((system) => ({ system, ...interfacesNamed(system, name) }))
  const sure = candidates.flatMap(({ system, sure }) => sure.map((entry) => ({ system, config: entry })))
  const [owner, second] = sure
  if (owner !== undefined && second !== undefined) {
    const places = sure.map((each) => each.config.file).join(' and ')
    return { unclear: `${name} is configured more than once, in ${places}: which of them wins is not known. Leave one.` }
  }
  if (owner !== undefined) return { owner }
  const maybe = candidates.flatMap((candidate) => candidate.maybe)[0]
  if (maybe !== undefined)
    return { unclear: `${maybe.file} is about an interface found by ${maybe.match ?? 'its hardware'}, which may be ${name}.` }
  return { none: true }
}

export const isMainDefault = ({ destination, table }: ConfiguredRoute): boolean => destination.endsWith('/0') && table === 'main'
