import { addressFamily, canonicalAddress } from '../../../lib/address.js'
import { classLength, maskLength } from '../netmask.js'
import type { ConfiguredAddress, Note, Opaque } from '../value.js'
import type { Variables } from './variables.js'

export interface IfcfgAddresses {
  readonly addresses: readonly ConfiguredAddress[]
  readonly notes: readonly Note[]
  readonly opaque: readonly Opaque[]
}

/**
 * IPADDR, IPADDR0 … with PREFIX or NETMASK of the same number (PREFIX wins, as in `expand_config` of initscripts), and IPV6ADDR with
 * IPV6ADDR_SECONDARIES.
 */
export function readIfcfgAddresses(variables: Variables, device: string | null): IfcfgAddresses {
  const { file } = variables
  const notes: Note[] = []
  const opaque: Opaque[] = []
  const refuse = (key: string, why: string): readonly ConfiguredAddress[] => {
    opaque.push({
      file,
      line: variables.lineOf(key),
      text: `${key}=${variables.of(key) ?? ''}`,
      why,
      interface: device,
      topics: ['addresses', 'routes'],
    })
    return []
  }
  const numbered = variables.keys.filter((key) => /^IPADDR\d*$/.test(key)).sort((a, b) => Number(a.slice(6)) - Number(b.slice(6)))
  const four = numbered.flatMap((key): readonly ConfiguredAddress[] => {
    const text = variables.of(key)
    if (text === undefined) return []
    const address = canonicalAddress(text)
    if (address === null || addressFamily(address) !== 4) return refuse(key, 'not an IPv4 address')
    const number = key.slice('IPADDR'.length)
    const mask = variables.of(`PREFIX${number}`) ?? variables.of(`NETMASK${number}`)
    const length = mask === undefined ? classLength(address) : maskLength(mask)
    if (length === null || length > 32)
      return refuse(variables.of(`PREFIX${number}`) === undefined ? `NETMASK${number}` : `PREFIX${number}`, 'not a netmask')
    const line = variables.lineOf(key)
    if (mask === undefined)
      notes.push({ file, line, text: `${key} has no PREFIX${number} or NETMASK${number}: the class of the address says /${length}.` })
    return [{ file, line, address, prefixLength: length }]
  })
  const six = [
    ['IPV6ADDR', variables.of('IPV6ADDR')] as const,
    ...(variables.of('IPV6ADDR_SECONDARIES') ?? '').split(/\s+/).map((text) => ['IPV6ADDR_SECONDARIES', text] as const),
  ].flatMap(([key, text]): readonly ConfiguredAddress[] => {
    if (text === undefined || text === '') return []
    const [bare = '', length = '64'] = text.split('/')
    const address = canonicalAddress(bare)
    if (address === null || addressFamily(address) !== 6 || !/^\d{1,3}$/.test(length) || Number(length) > 128)
      return refuse(key, 'not an IPv6 address')
    return [{ file, line: variables.lineOf(key), address, prefixLength: Number(length) }]
  })
  return { addresses: [...four, ...six], notes, opaque }
}
