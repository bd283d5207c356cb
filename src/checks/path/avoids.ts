import type { Place } from './devices.js'
import { anywhere, isOn } from './on-way.js'
import { type Judgement, type Sight, showFlow, targetName } from './sight.js'
import { avoidsOf } from './spec.js'
import { compactPaths } from './table.js'
import { explainUnknown } from './via.js'

/** A finding for each place that must not be on the path: passed only when every router of every way is known to be another. */
export function judgeAvoids(sight: Sight): readonly Judgement[] {
  return avoidsOf(sight.spec).map((text) => judgePlace(sight, sight.devices.place(text)))
}

function judgePlace(sight: Sight, place: Place): Judgement {
  const { ways, trace } = sight
  const seen = anywhere(ways.map((way) => isOn(place, way)))
  // Seen on any packet's path is seen; unseen proves something of one path only.
  const proof = seen === 'no' && !trace.constantFlow ? 'unknown' : seen
  const telling = ways.filter((way) => isOn(place, way) === (proof === 'yes' ? 'yes' : 'unknown'))
  return {
    key: `avoids ${place.text}`,
    verdict: proof === 'no' ? 'pass' : proof === 'yes' ? 'fail' : 'error',
    expected: `not via ${place.text}`,
    actual: compactPaths(sight, telling.length === 0 ? ways : telling),
    message:
      proof === 'no'
        ? ''
        : proof === 'yes'
          ? explainPresence(sight, place)
          : explainUnknown(sight, [place], telling.length === 0 ? ways : telling),
  }
}

function explainPresence(sight: Sight, place: Place): string {
  const { ways, devices, trace } = sight
  const way = ways.find((each) => isOn(place, each) === 'yes')
  const index = way?.routers.findIndex((address) => address !== null && place.relation(address) === 'is') ?? -1
  const address = way?.routers[index]
  if (way === undefined || address == null) return ''
  const before = way.routers[index - 1]
  const decider =
    index === 0 ? sight.context.host.name : before == null ? `The router at hop ${index}, which is silent,` : devices.show(before)
  const others = ways.some((each) => isOn(place, each) !== 'yes') ? ` with ${showFlow(sight, way)}, not with every flow` : ''
  return `It is hop ${index + 1}, ${devices.show(address)}${others}. ${decider} sends it there: look at the route to ${trace.address ?? targetName(sight)} on it.`
}
