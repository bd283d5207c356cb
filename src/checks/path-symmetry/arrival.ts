import type { Trace } from '../../facts/trace/index.js'
import { addressFamily } from '../../lib/address.js'
import { describeIcmp } from '../../lib/icmp-names.js'
import { counted } from '../../lib/plural.js'
import { printableLine } from '../../lib/printable.js'
import type { Devices } from './devices.js'
import type { Ends } from './ends.js'
import { type Path, pathsOf } from './path.js'
import { type Direction, describeProtocol } from './requests.js'
import type { PathSymmetrySpec } from './spec.js'
import { showAddress } from './table.js'
import type { Trip } from './trips.js'

/** Which direction never arrived, and how its traces ended: `web1 -> db1 does not arrive: silent behind 10.0.0.1 with tcp 443, icmp.` */
export function missingArrivals(spec: PathSymmetrySpec, ends: Ends, trips: readonly Trip[], devices: Devices): readonly string[] {
  return (['there', 'back'] as const).flatMap((direction) => {
    const ended = new Map<string, string[]>()
    for (const trip of trips) {
      const how = endOf(trip[direction], devices)
      if (how !== null) ended.set(how, [...(ended.get(how) ?? []), describeProtocol(spec, trip.protocol)])
    }
    if (ended.size === 0 || trips.some((trip) => endOf(trip[direction], devices) === null)) return []
    return [
      `${nameOf(ends, direction)} does not arrive: ${[...ended].map(([how, protocols]) => `${how} with ${protocols.join(', ')}`).join('; ')}.`,
    ]
  })
}

function nameOf({ first, second }: Ends, direction: Direction): string {
  return direction === 'there' ? `${first.name} -> ${second.name}` : `${second.name} -> ${first.name}`
}

/** How a trace that did not arrive ended; null for one that did. */
function endOf(trace: Trace | null, devices: Devices): string | null {
  if (trace === null) return 'not traced'
  if (trace.problem !== null) return `not traced (${printableLine(trace.problem.detail)})`
  const [path] = pathsOf(trace, (one, other) => devices.compare(one, other).verdict === 'same')
  if (path?.arrived === true) return null
  const last = trace.flows[0]?.rounds.at(-1)?.hops.findLast(({ from }) => from !== null)
  const at = last?.from == null ? 'from the start' : `behind ${showAddress(last.from, devices)}`
  if (path?.end === 'loop') return 'going round in circles'
  if (path?.end === 'unfinished') return `not finished in time ${at}`
  if (path?.end === 'stopped' && last?.from != null && last.icmp !== null) {
    return `stopped by ${showAddress(last.from, devices)}: ${describeIcmp(last.icmp, addressFamily(last.from) ?? 4)}`
  }
  return `silent ${at}`
}

/** Where rounds of one flow contradict each other. */
export function whatChanged(paths: Readonly<Record<Direction, readonly Path[]>>, ends: Ends, devices: Devices): readonly string[] {
  return (['there', 'back'] as const).flatMap((direction) => {
    const [first] = paths[direction]
    return (first?.changes ?? []).slice(0, 3).map(({ distance, addresses }) => {
      const answered = addresses.slice(0, 4).map((address) => showAddress(address, devices))
      return `${nameOf(ends, direction)}, ${counted(distance, 'hop')} away: ${answered.join(' and ')} answered.`
    })
  })
}
