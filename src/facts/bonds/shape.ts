import { listOf, mapOf, oneOf, orNull, type Shape, text, whole } from '../../lib/shape.js'
import { type Bond, type BondMember, bondModes } from './value.js'

const mac: Shape<string> = (value): value is string => text(value) && /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/.test(value)

/** What a recording must hold to be judged. */
export const bondsShape = listOf(
  mapOf<Bond>({
    name: text,
    mode: oneOf(bondModes),
    miiStatus: orNull(text),
    activeMember: orNull(text),
    aggregator: orNull(whole),
    partnerMac: orNull(mac),
    members: listOf(mapOf<BondMember>({ name: text, miiStatus: orNull(text), aggregator: orNull(whole), partnerMac: orNull(mac) })),
  }),
)
