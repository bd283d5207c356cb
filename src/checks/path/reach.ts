import type { TcpStatus } from '../../facts/tcp-connect/index.js'
import { counted } from '../../lib/plural.js'
import { describeEnd, explainEnd } from './ends.js'
import { flowsOf, type Judgement, type Sight, showFlow, showTarget, targetName } from './sight.js'
import { differentPaths } from './table.js'
import type { Way } from './way.js'

/** Whether packets arrive: proven by an answer, disproven by a refusal, and undecided by silence alone. */
type Arrival = 'yes' | 'no' | 'target-down' | 'unknown'

/** What all flows together say. One that arrives proves that packets can; one that is lost while others arrive, that they need not. */
function arrivalsOf(sight: Sight): readonly Arrival[] {
  const flows = flowsOf(sight.ways)
  const someArrive = flows.some(({ outcome }) => outcome.kind === 'reached')
  return flows.map((way) => {
    if (way.outcome.kind !== 'silent' || !someArrive) return arrivalOf(sight, way)
    // The target does answer, and this flow was asked again slowly and alone.
    return 'no'
  })
}

function arrivalOf(sight: Sight, { outcome }: Way): Arrival {
  switch (outcome.kind) {
    case 'reached':
      return 'yes'
    case 'loop':
      return 'no'
    case 'stopped':
      return outcome.why === 'host-down' ? 'target-down' : 'no'
    case 'silent':
    case 'unfinished':
      return connectArrival(sight)
  }
}

/** What a connection proves where a trace is silent: the same as for the check tcp-port. */
const proven: Readonly<Record<TcpStatus, Arrival>> = {
  open: 'yes',
  'open-then-reset': 'yes',
  refused: 'yes',
  timeout: 'no',
  rejected: 'no',
  'no-route': 'no',
  'host-unreachable': 'target-down',
  'local-policy': 'unknown',
  'source-error': 'unknown',
  'name-error': 'unknown',
  unsupported: 'unknown',
}

function connectArrival({ connect, trace }: Sight): Arrival {
  const result = connect !== null && 'value' in connect ? connect.value.addresses[0] : undefined
  if (result === undefined) return 'unknown'
  // The target's own firewall says no: packets arrive there.
  if (result.status === 'rejected' && result.icmp?.from === trace.address) return 'yes'
  const arrivals = new Set(result.possible.map((status) => proven[status]))
  const [only = 'unknown'] = arrivals
  return arrivals.size === 1 ? only : 'unknown'
}

export function judgeReaches(sight: Sight): Judgement {
  const wanted = sight.spec.reaches ?? true
  const verdict = wanted ? wantsArrival(arrivalsOf(sight)) : wantsNone(arrivalsOf(sight))
  return {
    key: 'reaches',
    verdict,
    expected: wanted ? 'reaches the target' : 'does not reach the target',
    actual: describeEnds(sight),
    message: verdict === 'pass' ? '' : explain(sight, wanted),
  }
}

function wantsArrival(arrivals: readonly Arrival[]): Judgement['verdict'] {
  if (arrivals.some((arrival) => arrival === 'no' || arrival === 'target-down')) return 'fail'
  return arrivals.length > 0 && arrivals.every((arrival) => arrival === 'yes') ? 'pass' : 'error'
}

/** A target that is down proves nothing about what stands in front of it. */
function wantsNone(arrivals: readonly Arrival[]): Judgement['verdict'] {
  if (arrivals.includes('yes')) return 'fail'
  return arrivals.length > 0 && arrivals.every((arrival) => arrival === 'no') ? 'pass' : 'error'
}

/** How the flows end, each different end once. */
function describeEnds(sight: Sight): string {
  const ends = differentEnds(sight)
  const described = ends.map(([way]) => (way === undefined ? '' : describeEnd(sight, way)))
  if (ends.length < 2) return `${described.join('')}${describeConnect(sight)}`
  return ends.map((group, index) => `${described[index]} (${counted(group.length, 'flow')})`).join('; ')
}

/** By what becomes of them and where. */
function differentEnds(sight: Sight): readonly (readonly Way[])[] {
  const groups = new Map<string, Way[]>()
  for (const group of differentPaths(flowsOf(sight.ways))) {
    const [first] = group
    if (first === undefined) continue
    const end = JSON.stringify([first.outcome.kind, first.hops.length, first.hops.at(-1)?.from, first.hops.at(-1)?.answer])
    groups.set(end, [...(groups.get(end) ?? []), ...group])
  }
  return [...groups.values()]
}

function describeConnect({ connect, target }: Sight): string {
  if (connect === null) return ''
  if ('error' in connect) return `; a connection to port ${target.port} could not be tried`
  const result = connect.value.addresses[0]
  if (result === undefined) return ''
  const words = result.confirmed ? result.possible.join(' or ') : 'no answer, but that is not certain'
  return `; a connection to port ${target.port}: ${words}${result.status === 'timeout' ? `, asked ${counted(result.attempts, 'time')}` : ''}`
}

function explain(sight: Sight, wanted: boolean): string {
  const flows = flowsOf(sight.ways)
  const arrived = flows.find(({ outcome }) => outcome.kind === 'reached')
  const lost = flows.find(({ outcome }) => outcome.kind !== 'reached')
  if (!wanted && arrived !== undefined) {
    return `${targetName(sight)} answered, so nothing on the way keeps packets from it. Look at the firewall that should: at its rules, and whether the path crosses it at all.`
  }
  if (lost === undefined) return ''
  if (arrived !== undefined) {
    return `Packets with ${showFlow(sight, arrived)} arrive, those with ${showFlow(sight, lost)} do not: one of the paths among which load is shared is broken. ${explainEnd(sight, lost)}`
  }
  return [explainEnd(sight, lost), wanted ? '' : whyNotProven(sight, lost), explainSilence(sight, lost)]
    .filter((part) => part !== '')
    .join(' ')
}

function whyNotProven(sight: Sight, { outcome }: Way): string {
  if (outcome.kind !== 'stopped' || outcome.why !== 'host-down') return ''
  return `A target that is down does not prove that a living one would not be reached. Check \`tcp-port\` with \`expect: unreachable\` is for that; here ${showTarget(sight)} has to be up.`
}

/** Silence proves nothing unless the target would have answered. */
function explainSilence(sight: Sight, { outcome }: Way): string {
  const { connect, target } = sight
  if (outcome.kind !== 'silent') return ''
  if (target.protocol !== 'tcp') {
    const kind = target.protocol === 'icmp' ? 'echo requests' : 'datagrams to closed ports'
    return `Many hosts do not answer ${kind}, so this is no proof either way: trace with TCP to a port that is known to be open, such as \`target: ${targetName(sight)}:443\`.`
  }
  if (connect !== null && 'error' in connect) return `Whether the port can be reached is not known: ${connect.error.message}`
  if (connectArrival(sight) !== 'yes') return ''
  return `Yet a connection from another source port was answered: the path was not seen, but ${targetName(sight)} is reached.`
}
