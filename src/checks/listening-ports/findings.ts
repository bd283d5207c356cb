import type { Protocol } from '../../lib/sockets/listener.js'
import { mayBeBound } from '../../lib/sockets/reach.js'
import { interfaceNotShown } from '../../lib/sockets/words.js'
import type { Finding } from '../../model/check.js'
import { absent } from './absent.js'
import { faulty } from './faulty.js'
import type { Judged, Seen } from './judge.js'
import type { OfPort, Scene } from './scene.js'
import { many, manyWords } from './words.js'

/** More findings than a person reads; the others are counted. */
const mostFindings = 50

export function findings(scene: Scene, expected: string, { seen, missing }: Judged): readonly Finding[] {
  const bad = [...faultsByPort(seen).map((sockets) => faulty(scene, sockets)), ...missing.map((each) => absent(scene, each))]
  const joined = joinNeighbours(bad)
  const subject = 'listening-ports'
  if (joined.length === 0) {
    return [{ verdict: 'pass', subject, expected, actual: showPorts(seen), message: caveat(scene, seen) }]
  }
  const told = joined.slice(0, mostFindings)
  const rest = joined.slice(mostFindings)
  if (rest.length === 0) return told
  const verdict = rest.some((finding) => finding.verdict === 'fail') ? 'fail' : 'error'
  const others = manyWords(rest.map((finding) => finding.subject.replace(/^listening-ports /, '')))
  return [...told, { verdict, subject, expected, actual: others, message: `So it is with these, too: look at ss -lntup as root.` }]
}

const compare = (a: { protocol: Protocol; port: number }, b: { protocol: Protocol; port: number }): number =>
  a.protocol === b.protocol ? a.port - b.port : a.protocol < b.protocol ? -1 : 1

const sorted = (seen: readonly Seen[]): readonly Seen[] => [...seen].sort((a, b) => compare(a.listener, b.listener))

/** Put into words are only those that are told: there may be ten thousand. */
function showPorts(seen: readonly Seen[]): string {
  const listeners = sorted(seen).map(({ listener }) => listener)
  const ports = listeners.filter((listener, index) => index === 0 || compare(listener, listeners[index - 1] ?? listener) !== 0)
  return ports.length === 0 ? 'nothing listening' : many(ports, ({ port, protocol }) => `${port}/${protocol}`)
}

/** That a port is served on every address is not seen of a socket that may be bound to an interface. */
const caveat = ({ spec }: Scene, seen: readonly Seen[]): string =>
  spec.exactly !== undefined &&
  seen.some(({ listener, entries }) => mayBeBound(listener) && entries.some(({ address }) => address !== null))
    ? interfaceNotShown
    : ''

/** Sockets with a fault that share a port, a protocol and that fault. */
function faultsByPort(seen: readonly Seen[]): readonly (readonly [Seen, ...Seen[]])[] {
  const groups = new Map<string, [Seen, ...Seen[]]>()
  for (const each of sorted(seen.filter(({ fault }) => fault !== null))) {
    const key = `${each.fault} ${each.listener.protocol} ${each.listener.port}`
    const same = groups.get(key)
    if (same === undefined) groups.set(key, [each])
    else same.push(each)
  }
  return [...groups.values()]
}

/** Neighbouring ports of which the same is to be said share a finding, so that a range is not a hundred lines. */
function joinNeighbours(all: readonly OfPort[]): readonly Finding[] {
  const runs: { readonly first: OfPort; to: number }[] = []
  const last = new Map<string, (typeof runs)[number]>()
  for (const each of all) {
    const { port, ...rest } = each
    const key = JSON.stringify(rest)
    const run = last.get(key)
    if (run !== undefined && run.to === port - 1) {
      run.to = port
      continue
    }
    const started = { first: each, to: port }
    runs.push(started)
    last.set(key, started)
  }
  return runs.map(({ first: { port, protocol, property, ...finding }, to }) => ({
    subject: `listening-ports ${port === to ? port : `${port}-${to}`}/${protocol}${property === '' ? '' : `: ${property}`}`,
    ...finding,
  }))
}
