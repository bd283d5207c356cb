import type { RouteLookup } from '../../facts/route-lookup/index.js'
import type { Devices } from './devices.js'
import type { Ends } from './ends.js'
import type { Doubt } from './judge.js'
import type { Position } from './positions.js'
import type { Conversation } from './requests.js'
import { showAddress } from './table.js'

interface Scene {
  readonly ends: Ends
  readonly conversation: Conversation
  readonly devices: Devices
  readonly lookups: { readonly there: RouteLookup | null; readonly back: RouteLookup | null }
}

/** Where two ways part, from both sides: the routing of these two devices is what makes them differ. */
export function whereTheyPart(positions: readonly Position[], { ends, conversation, devices, lookups }: Scene): string {
  const isSame = ({ comparison }: Position): boolean => comparison.verdict === 'same'
  const head = positions.findIndex((position) => !isSame(position))
  const tail = positions.findLastIndex((position) => !isSame(position))
  const [before, after] = [positions[head - 1], positions[tail + 1]]
  const onFirst = before?.there?.address == null ? ends.first.name : showAddress(before.there.address, devices)
  const onSecond = after?.back?.address == null ? ends.second.name : showAddress(after.back.address, devices)
  const there = before === undefined ? sendsThrough(lookups.there, devices) : ''
  const back = after === undefined ? sendsThrough(lookups.back, devices) : ''
  return [
    `They part between ${onFirst} and ${onSecond}.`,
    `Look at the route to ${conversation.second} on ${onFirst}${there}, and at the route to ${conversation.first} on ${onSecond}${back}.`,
    'A stateful firewall on one of the two ways sees half of each connection, and drops it.',
  ].join(' ')
}

function sendsThrough(lookup: RouteLookup | null, devices: Devices): string {
  if (lookup === null || lookup.failure !== null || lookup.via === null) return ''
  return `, which sends through ${showAddress(lookup.via, devices)}${lookup.interface === null ? '' : ` on ${lookup.interface}`}`
}

/** What to write into the inventory so that the positions that are not known become known. */
export function whatToDeclare(positions: readonly Position[]): readonly string[] {
  const open = positions.filter(({ comparison }) => comparison.verdict === 'unknown')
  const pairs = open.flatMap(({ there, back }) =>
    there?.address != null && back?.address != null ? [[there.address, back.address] as const] : [],
  )
  const silent = open.flatMap(({ there, back, number }) =>
    (there?.address == null || back?.address == null) && number !== null ? [number] : [],
  )
  const shown = pairs.slice(0, 6).map(([there, back]) => `${there} and ${back}`)
  const [example] = pairs
  return [
    ...(example === undefined
      ? []
      : [
          `Declare which router owns ${shown.join(', ')}${pairs.length > shown.length ? `, and ${pairs.length - shown.length} pairs more` : ''}: with \`routers: { NAME: [${example.join(', ')}] }\` in the inventory if one router has both, otherwise each under its own name; or list the router as a host that can be asked.`,
        ]),
    ...(silent.length === 0
      ? []
      : [
          `Position ${silent.join(', ')} did not answer, at least one way: let that router send ICMP time exceeded, and answer in both directions.`,
        ]),
  ]
}

/** Why the confidence is not high. */
export const doubtWords: Readonly<Record<Doubt, string>> = {
  changing:
    'Packets of one flow took more than one path, or the path changed meanwhile. Where load is shared packet by packet, no two packets need take the same way.',
  'no-arrival': 'Neither trace arrived, so that positions cannot be compared.',
  half: 'One of the two traces did not arrive; what was seen does not contradict the other.',
  positions: '',
  unconfirmed: 'Only TCP arrived, and a firewall or a proxy on the way may answer that in the name of the target.',
  'silent-end': 'The longer way ends in routers that do not answer, so that the target may have answered late.',
  shifted: 'One address answered at two distances in a row: some router lets packets through whose time to live has run out.',
  once: 'The length of a way was seen in one round only.',
  list: 'A router is declared without the address that answered: if that is its own, too, add it to its list under `routers:`.',
  recorded: 'It rests on recorded routes that have no address in common, as they would also where routers have several links between them.',
  links: 'Some positions are known by point-to-point links only, which two routers side by side would match, too.',
  gateway: 'No router answered, though a host sends through one: a device on the way may answer in the name of the other end.',
}
