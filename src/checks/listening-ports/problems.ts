import { addressFamily, canonicalAddress } from '../../lib/address.js'
import { isLoopback } from '../../lib/sockets/bound.js'
import type { SpecProblem } from '../../model/check.js'
import { readEntries, readEntry } from './entry.js'
import type { EntrySpec, Spec } from './schema.js'

const lists = ['exactly', 'at-most', 'ignore'] as const

/** Faults that the schema cannot express. */
export function problems(spec: Spec): readonly SpecProblem[] {
  return [
    ...listProblems(spec),
    ...lists.flatMap((list) => (spec[list] ?? []).flatMap((entry, index) => entryProblems(spec, entry, list, index))),
  ]
}

function listProblems(spec: Spec): readonly SpecProblem[] {
  if (spec.exactly !== undefined && spec['at-most'] !== undefined) {
    return [
      {
        path: ['at-most'],
        message: 'expected one of `exactly` and `at-most`, found both',
        hint: 'what may listen beside exactly these goes into `ignore`',
      },
    ]
  }
  if (spec.exactly === undefined && spec['at-most'] !== undefined && permitsAll(spec))
    return [{ path: ['at-most'], message: 'whatever listens is permitted or ignored: that proves nothing' }]
  if (spec.exactly !== undefined || spec['at-most'] !== undefined) return []
  return [{ path: [], message: 'expected `exactly` or `at-most`, found neither', hint: 'exactly: [] means that nothing may listen' }]
}

/** Every port of every protocol that is judged, whoever holds it and wherever it is bound. */
function permitsAll(spec: Spec): boolean {
  const entries = readEntries([...(spec['at-most'] ?? []), ...(spec.ignore ?? [])], spec.protocol).filter(
    ({ address, process, user }) => address === null && process === undefined && user === undefined,
  )
  return (['tcp', 'udp'] as const)
    .filter((protocol) => spec.protocol === undefined || spec.protocol === 'both' || spec.protocol === protocol)
    .every((protocol) => entries.some((entry) => entry.protocol === protocol && entry.from <= 1 && entry.to >= 65_535))
}

function entryProblems(spec: Spec, raw: EntrySpec, list: (typeof lists)[number], index: number): readonly SpecProblem[] {
  const path = [list, index]
  const map = typeof raw === 'object' ? raw : { port: raw }
  const entry = readEntry(raw, spec.protocol)
  const { from, to } = entry
  const inMap = (key: string): readonly (string | number)[] => (typeof raw === 'object' ? [...path, key] : path)
  if (from < 1 || to > 65_535 || to < 1 || from > 65_535) {
    return [{ path: inMap('port'), message: `expected ports between 1 and 65535, found "${map.port}"` }]
  }
  if (from > to) {
    return [
      {
        path: inMap('port'),
        message: `expected a range from the smaller to the larger port, found "${map.port}"`,
        hint: `"${to}-${from}"`,
      },
    ]
  }
  const suffix = /\/(tcp|udp)$/.exec(String(map.port))?.[1]
  if (suffix !== undefined && map.protocol !== undefined && map.protocol !== suffix) {
    return [{ path: inMap('protocol'), message: `expected ${suffix}, as the port says, found ${map.protocol}` }]
  }
  if (spec.protocol !== undefined && spec.protocol !== 'both' && entry.protocol !== spec.protocol) {
    return [
      {
        path: inMap('port'),
        message: `only ${spec.protocol} is judged, found a port of ${entry.protocol}`,
        hint: 'leave out `protocol` to judge both',
      },
    ]
  }
  return [...addressProblems(spec, map.address, inMap('address')), ...orderProblems(map, path)]
}

function addressProblems(spec: Spec, address: string | undefined, path: readonly (string | number)[]): readonly SpecProblem[] {
  if (address === undefined) return []
  const canonical = canonicalAddress(address)
  if (canonical === null) {
    return [{ path, message: `expected an IP address, found "${address}"`, hint: '0.0.0.0 means any IPv4 address, :: any IPv6 address' }]
  }
  const family = addressFamily(canonical) === 4 ? 'inet' : 'inet6'
  if (spec.family !== undefined && spec.family !== family) {
    return [{ path, message: `only ${spec.family} is judged, found ${address}` }]
  }
  const local = isLoopback(canonical)
  if ((spec.scope === 'external' && local) || (spec.scope === 'loopback' && !local)) {
    return [
      {
        path,
        message: `${address} is never in scope: only ${spec.scope === 'external' ? 'what is not' : 'what is'} bound to the loopback is judged`,
      },
    ]
  }
  return []
}

function orderProblems(
  map: Exclude<EntrySpec, number | string> | { readonly port: number | string },
  path: readonly (string | number)[],
): readonly SpecProblem[] {
  return (['process', 'user'] as const).flatMap((key): SpecProblem[] => {
    const expected = key in map ? (map as Exclude<EntrySpec, number | string>)[key] : undefined
    const bound = typeof expected === 'object' ? (['min', 'max'] as const).find((operator) => expected[operator] !== undefined) : undefined
    return bound === undefined
      ? []
      : [{ path: [...path, key, bound], message: `expected not, one-of, matches or contains, found ${bound}: a ${key} has no order` }]
  })
}
