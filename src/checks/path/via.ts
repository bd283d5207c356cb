import type { Place } from './devices.js'
import { areInOrder, candidates, countInOrder, everywhere, isAnyOn, isOn, type Proof, silentHops } from './on-way.js'
import { type Judgement, type Sight, showFlow, targetName } from './sight.js'
import { viaOf } from './spec.js'
import { compactPaths } from './table.js'
import type { Way } from './way.js'

/** One demand of `via`: on every way it must hold. */
interface Demand {
  readonly expected: string
  readonly places: readonly Place[]
  holds(way: Way): Proof
  /** What a way lacks, in words. */
  lack(way: Way): string
}

/** A finding for each place of a list, and one for each `in-order` and `one-of`. */
export function judgeVia(sight: Sight): readonly Judgement[] {
  return demandsOf(sight).map((demand) => judgeDemand(sight, demand))
}

function demandsOf({ spec, devices }: Sight): readonly Demand[] {
  const { all, inOrder, oneOf } = viaOf(spec)
  const ordered = inOrder.map(devices.place)
  const either = oneOf.map(devices.place)
  return [
    ...all.map(devices.place).map((place) => single(place)),
    ...(ordered.length === 0 ? [] : [inOrderOf(ordered)]),
    ...(either.length === 0 ? [] : [oneOfThese(either)]),
  ]
}

const single = (place: Place): Demand => ({
  expected: `via ${place.text}`,
  places: [place],
  holds: (way) => isOn(place, way),
  lack: () => `${place.text} is not on the path`,
})

const oneOfThese = (places: readonly Place[]): Demand => ({
  expected: `via one of ${places.map(({ text }) => text).join(', ')}`,
  places,
  holds: (way) => isAnyOn(places, way),
  lack: () => `none of ${places.map(({ text }) => text).join(', ')} is on the path`,
})

const inOrderOf = (places: readonly Place[]): Demand => ({
  expected: `via ${places.map(({ text }) => text).join(', then ')}`,
  places,
  holds: (way) => areInOrder(places, way),
  lack: (way) => {
    const met = countInOrder(places, way, ['is'])
    const missing = places[met]?.text ?? ''
    const before = places[met - 1]?.text
    return before === undefined ? `${missing} is not on the path` : `${missing} is not on the path behind ${before}`
  },
})

function judgeDemand(sight: Sight, demand: Demand): Judgement {
  const { ways, trace } = sight
  const proofs = ways.map(demand.holds)
  const proof = trace.constantFlow ? everywhere(proofs) : 'unknown'
  const lacking = ways.filter((way) => demand.holds(way) !== 'yes')
  return {
    key: demand.expected,
    verdict: proof === 'yes' ? 'pass' : proof === 'no' ? 'fail' : 'error',
    expected: demand.expected,
    actual: compactPaths(sight, proof === 'yes' || lacking.length === 0 ? ways : lacking),
    message: proof === 'yes' ? '' : proof === 'no' ? explainLack(sight, demand) : explainUnknown(sight, demand.places, ways),
  }
}

function explainLack(sight: Sight, demand: Demand): string {
  const { ways, trace, devices } = sight
  const without = ways.find((way) => demand.holds(way) === 'no')
  const withIt = ways.find((way) => demand.holds(way) === 'yes')
  if (without === undefined) return ''
  const address = trace.address ?? targetName(sight)
  const first = without.routers.find((router) => router !== null)
  const route = `\`ip route get ${address}\` on ${sight.context.host.name}${first == null ? '' : `, and the route to ${address} on ${devices.show(first)} and what follows`}`
  if (withIt === undefined) return `Every router of the path is known, and ${demand.lack(without)}. Look at ${route}.`
  if (withIt.flow === without.flow)
    return `The path changed while it was traced: at first or at last ${demand.lack(without)}. Look at ${route}.`
  return (
    `Load is shared among several paths: with ${showFlow(sight, without)} ${demand.lack(without)}, with ${showFlow(sight, withIt)} it is as expected. ` +
    `Look at the routes with several next hops: ${route}.`
  )
}

/** Why neither is proven: silent hops, an end that was not seen, addresses that may be anybody's. */
export function explainUnknown(sight: Sight, places: readonly Place[], ways: readonly Way[]): string {
  const names = places.map(({ text }) => text).join(' or ')
  if (!sight.trace.constantFlow) {
    return `The probe on ${sight.context.host.name} (${sight.trace.probe}) cannot send all packets as one flow, so these routers need not be on one path; python3 there could.`
  }
  const silent = [...new Set(ways.flatMap(silentHops))].sort((a, b) => a - b)
  const doubts = new Set(
    places.flatMap((place) =>
      ways.flatMap((way) =>
        candidates(place, way).map((address) => `${sight.devices.show(address)} may be ${place.text}. ${place.doubtOf(address)}`),
      ),
    ),
  )
  const parts = [
    silent.length === 0
      ? ''
      : `${silent.length === 1 ? `Hop ${silent[0]} is` : `Hops ${silent.join(', ')} are`} not known, and may be ${names}: a router that does not answer is unknown, not absent. Let it answer (ICMP time exceeded), or trace with another \`protocol\`.`,
    ways.some(({ open }) => open) ? `The path was not seen to its end, and ${names} may lie behind.` : '',
    ...doubts,
  ]
  return parts.filter((part) => part !== '').join(' ')
}
