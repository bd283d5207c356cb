import { amount, listOf, mapOf, oneOf, orNull, type Shape, text, whole } from '../../lib/shape.js'
import {
  type DetailSummary,
  type Measured,
  type SocketExample,
  type SocketSummary,
  socketDetails,
  socketStates,
  type Tally,
} from './value.js'

const example = mapOf<SocketExample>({ state: oneOf(socketStates), local: text, peer: text, process: orNull(text) })
const measured = listOf(mapOf<Measured>({ value: amount, socket: example }))
const tallies = <Name>(name: Shape<Name>): Shape<readonly Tally<Name>[]> => listOf(mapOf<Tally<Name>>({ name, count: whole }))

/** What a recording must hold to be judged. */
export const socketsShape = mapOf<SocketSummary>({
  count: whole,
  hidden: whole,
  states: tallies(oneOf(socketStates)),
  peers: tallies(text),
  localPorts: tallies(whole),
  peerPorts: tallies(whole),
  examples: listOf(example),
  details: listOf(
    mapOf<DetailSummary>({
      name: oneOf(socketDetails),
      shown: whole,
      hidden: whole,
      median: orNull(amount),
      lowest: measured,
      highest: measured,
    }),
  ),
})
