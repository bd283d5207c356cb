import { canonicalAddress } from '../../lib/address.js'
import { flag, listOf, mapOf, oneOf, orNull, type Shape, text } from '../../lib/shape.js'
import { type Neighbor, type Neighbors, neighborStates } from './value.js'

const address: Shape<string> = (value): value is string => text(value) && canonicalAddress(value) === value

/** What a recording must hold to be judged. */
export const neighborsShape: Shape<Neighbors> = mapOf<Neighbors>({
  families: listOf(oneOf(['inet', 'inet6'])),
  complete: flag,
  entries: listOf(
    mapOf<Neighbor>({
      family: oneOf(['inet', 'inet6']),
      address,
      interface: text,
      mac: orNull(text),
      state: orNull(oneOf(neighborStates)),
      router: orNull(flag),
    }),
  ),
})
