import { canonicalAddress } from '../../lib/address.js'
import { listOf, mapOf, orNull, type Shape, text } from '../../lib/shape.js'
import type { RecordRoute } from './value.js'

const address: Shape<string> = (value): value is string => text(value) && canonicalAddress(value) === value

/** What a recording must hold to be judged. */
export const recordRouteShape: Shape<RecordRoute> = mapOf<RecordRoute>({ routes: listOf(listOf(address)), problem: orNull(text) })
