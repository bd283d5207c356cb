import { canonicalAddress } from '../../lib/address.js'
import { filledListOf, flag, listOf, mapOf, oneOf, orNull, type Shape, text, whole } from '../../lib/shape.js'
import { hiddenOfLinks, type Link, type LinkAddress, type Links } from './value.js'

const address: Shape<string> = (value): value is string => text(value) && canonicalAddress(value) === value
const prefixLength: Shape<number> = (value): value is number => whole(value) && value <= 128
const vlanId: Shape<number> = (value): value is number => whole(value) && value <= 4_095
const mac: Shape<string> = (value): value is string => text(value) && /^[0-9a-f]{2}(:[0-9a-f]{2})*$/.test(value)

const link = mapOf<Link>({
  name: text,
  altNames: listOf(text),
  up: flag,
  carrier: orNull(flag),
  operState: orNull(text),
  mac: orNull(mac),
  mtu: whole,
  type: orNull(text),
  vlanId: orNull(vlanId),
  parent: orNull(text),
  master: orNull(text),
  addresses: listOf(mapOf<LinkAddress>({ address, prefixLength, peer: orNull(address), flags: orNull(listOf(text)) })),
})

/** What a recording must hold to be judged. */
export const linksShape: Shape<Links> = mapOf<Links>({ hides: listOf(oneOf(hiddenOfLinks)), links: filledListOf(link) })
