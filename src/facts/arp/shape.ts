import { canonicalMac } from '../../lib/mac.js'
import { listOf, mapOf, orNull, type Shape, text, whole } from '../../lib/shape.js'
import type { Arp } from './value.js'

const mac: Shape<string> = (value): value is string => typeof value === 'string' && canonicalMac(value) === value

const answers: Shape<Arp['answers']> = listOf(mapOf<Arp['answers'][number]>({ mac }))

/** What a recording must hold to be judged. */
export const arpShape: Shape<Arp> = mapOf<Arp>({ interface: orNull(text), asked: whole, answers, problem: orNull(text) })
