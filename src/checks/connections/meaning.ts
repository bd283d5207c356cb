import { type PortRange, type SocketState, type SocketsArgs, socketStates } from '../../facts/sockets/index.js'
import { formatPrefix, parsePrefix } from '../../lib/address.js'
import { expectedDetails } from './measures.js'
import type { Spec } from './schema.js'

type StateName = Exclude<NonNullable<Spec['state']>, readonly unknown[]>

const asList = <Value>(value: Value | readonly Value[] | undefined): readonly Value[] | undefined =>
  value === undefined ? undefined : Array.isArray(value) ? (value as readonly Value[]) : [value as Value]

/** What ss(8) means by its groups; `listening` and `closed` are in none of them. */
const groups: Readonly<Record<string, (state: SocketState) => boolean>> = {
  connected: () => true,
  synchronized: (state) => state !== 'syn-sent',
  bucket: (state) => state === 'time-wait' || state === 'syn-recv',
}

/** The states that are meant, each once, in the order of a connection's life. */
export function statesOf(state: Spec['state']): readonly SocketState[] {
  const names: readonly StateName[] = asList<StateName>(state as StateName) ?? ['established']
  return socketStates.filter((known) => names.some((name) => name === known || groups[name]?.(known) === true))
}

export const namesOf = (state: Spec['state']): readonly string[] => asList<StateName>(state as StateName) ?? ['established']

type Ports = Spec['peer-port']

export function rangeOf(port: number | string): PortRange {
  const [from = Number.NaN, to = from] = String(port).split('-').map(Number)
  return { from, to }
}

export const portsOf = (ports: Ports): readonly (number | string)[] | undefined => asList<number | string>(ports as number | string)

export const prefixesOf = (prefixes: Spec['peer']): readonly string[] | undefined => asList<string>(prefixes as string)

const canonical = (prefixes: Spec['peer']): readonly string[] | undefined =>
  prefixesOf(prefixes)
    ?.flatMap((text) => parsePrefix(text) ?? [])
    .map(formatPrefix)
    .sort()

const ranges = (ports: Ports): readonly PortRange[] | undefined =>
  portsOf(ports)
    ?.map(rangeOf)
    .sort((a, b) => a.from - b.from || a.to - b.to)

/** The connections that a check means, spelt in one way so that checks which mean the same ask the same. */
export function meaningOf(spec: Spec): SocketsArgs {
  const details = expectedDetails(spec)
  const { family, process } = spec
  const local = canonical(spec['local-address'])
  const peer = canonical(spec.peer)
  const localPorts = ranges(spec['local-port'])
  const peerPorts = ranges(spec['peer-port'])
  return {
    protocol: spec.protocol ?? 'tcp',
    states: statesOf(spec.state),
    ...(family === undefined ? {} : { family }),
    ...(local === undefined ? {} : { local }),
    ...(peer === undefined ? {} : { peer }),
    ...(localPorts === undefined ? {} : { localPorts }),
    ...(peerPorts === undefined ? {} : { peerPorts }),
    ...(process === undefined ? {} : { process }),
    ...(details.length === 0 ? {} : { details }),
  }
}
