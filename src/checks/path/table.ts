import { displayWidth } from '../../lib/display-width.js'
import { formatDuration } from '../../lib/duration.js'
import { describeIcmp } from '../../lib/icmp-names.js'
import { counted } from '../../lib/plural.js'
import { familyOf, hostName, type Sight, shortName, showFlow, showProtocol, showTarget } from './sight.js'
import type { Hop, Way } from './way.js'

/** So many different paths are shown; more are counted. */
const mostPaths = 4
const mostFlowNames = 4

/**
 * The path hop by hop, each different one once, as the lines of a table:
 *
 *     Path from ops to 10.20.0.5 (db1), TCP port 5432:
 *      1  198.51.100.1 (edge1)   0.31 ms
 *      2  *                      no answer, asked 3 times
 */
export function describePaths(sight: Sight): string {
  const groups = differentPaths(sight.ways)
  const title = `Path from ${hostName(sight)} to ${showTarget(sight)}, ${showProtocol(sight.target)}`
  const [first, ...others] = groups
  if (first === undefined) return ''
  if (others.length === 0) return `${title}:\n${tableOf(sight, first)}`
  const shown = groups.slice(0, mostPaths).map((group) => `${flowNames(sight, group)}:\n${tableOf(sight, group)}`)
  const more = groups.length > mostPaths ? [`and ${counted(groups.length - mostPaths, 'other path')}.`] : []
  return [`${title}: ${groups.length} different paths.`, ...shown, ...more].join('\n')
}

/** Ways that crossed the same routers and ended the same way, those of the first flow first. */
export function differentPaths(ways: readonly Way[]): readonly (readonly Way[])[] {
  const groups = new Map<string, Way[]>()
  for (const way of ways) {
    const end = way.outcome.kind === 'reached' || way.outcome.kind === 'stopped' ? [way.outcome.hop.ttl, way.outcome.hop.answer] : []
    const key = JSON.stringify([way.hops.map(({ ttl, from }) => [ttl, from]), way.outcome.kind, ...end])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [way])
    else group.push(way)
  }
  return [...groups.values()]
}

function flowNames(sight: Sight, group: readonly Way[]): string {
  const names = [...new Set(group.map((way) => showFlow(sight, way)))]
  const more = names.length > mostFlowNames ? ` and ${names.length - mostFlowNames} more` : ''
  return `With ${names.slice(0, mostFlowNames).join(', ')}${more}`
}

function tableOf(sight: Sight, group: readonly Way[]): string {
  const [first] = group
  if (first === undefined) return ''
  const rows = first.hops.map((hop) => rowOf(sight, hop, group))
  const tail = first.outcome.kind === 'silent' ? [{ ttl: '', device: '*', rest: 'nothing more answered' }] : []
  const all = [...rows, ...tail, ...(first.outcome.kind === 'unfinished' ? [{ ttl: '', device: '?', rest: 'the probe ended here' }] : [])]
  const width = Math.max(0, ...all.map(({ device }) => displayWidth(device)))
  return all
    .map(({ ttl, device, rest }) => `${ttl.padStart(3)}  ${device}${' '.repeat(width - displayWidth(device))}  ${rest}`.trimEnd())
    .join('\n')
}

function rowOf(sight: Sight, hop: Hop, group: readonly Way[]): { readonly ttl: string; readonly device: string; readonly rest: string } {
  const ttl = String(hop.ttl)
  if (hop.from === null) return { ttl, device: '*', rest: `no answer${hop.asks > 0 ? `, asked ${counted(hop.asks, 'time')}` : ''}` }
  const device = hop.from === sight.trace.address ? showTarget(sight) : sight.devices.show(hop.from)
  // The least of all traces of this path: what a path takes when nothing is in the way.
  const times = group.flatMap((way) => way.hops.flatMap(({ ttl: other, rttMs }) => (other === hop.ttl && rttMs !== null ? [rttMs] : [])))
  const time = times.length === 0 ? '' : formatDuration(Math.min(...times))
  return { ttl, device, rest: [time, markOf(hop, familyOf(sight))].filter((part) => part !== '').join('  ') }
}

function markOf({ answer, icmp }: Hop, family: 4 | 6): string {
  switch (answer) {
    case 'open':
      return 'open'
    case 'closed':
      return 'closed (RST)'
    case 'unreachable':
    case 'port-unreachable':
      return icmp === null ? answer : describeIcmp(icmp, family)
    case 'reply':
    case 'time-exceeded':
    case null:
      return ''
  }
}

/** In one line: `edge1 → * → core1 → the target`. */
function compactPath(sight: Sight, way: Way): string {
  const routers = way.routers.map((address) => (address === null ? '*' : shortName(sight, address)))
  const ends = {
    reached: 'the target',
    stopped: 'stopped',
    loop: 'a loop',
    silent: 'silence',
    unfinished: '(not finished)',
  } as const
  // A long path is in the table; here its ends tell enough.
  const shown = routers.length > 10 ? [...routers.slice(0, 5), `… ${routers.length - 9} more …`, ...routers.slice(-4)] : routers
  return [...shown, ends[way.outcome.kind]].join(' → ')
}

/** The compact form of every different path. */
export function compactPaths(sight: Sight, ways: readonly Way[]): string {
  const all = [...new Set(ways.map((way) => compactPath(sight, way)))]
  return all.length > mostPaths ? `${all.slice(0, mostPaths).join('; or ')}; and ${all.length - mostPaths} more` : all.join('; or ')
}
