import { canonicalAddress } from '../../lib/address.js'
import { flag, listOf, mapOf, orNull, type Shape, text, whole } from '../../lib/shape.js'
import type { InterfaceAddress, Interfaces, NetworkInterface } from './value.js'

const address: Shape<string> = (value): value is string => text(value) && canonicalAddress(value) === value
const prefixLength: Shape<number> = (value): value is number => whole(value) && value <= 128

/** What a recording must hold to be judged. */
export const interfacesShape: Shape<Interfaces> = listOf(
  mapOf<NetworkInterface>({
    name: orNull(text),
    addresses: listOf(
      mapOf<InterfaceAddress>({ address, prefixLength: orNull(prefixLength), peer: orNull(address), dynamic: orNull(flag) }),
    ),
  }),
)
