import { type NeighborState, neighborStates } from '../../facts/neighbors/index.js'
import { addressFamily, parsePrefix, prefixContains } from '../../lib/address.js'
import { meets, textType } from '../../lib/expectation.js'
import { orderProblems, rawValues } from '../../lib/expectation-problems.js'
import { canonicalMac } from '../../lib/mac.js'
import type { SpecProblem } from '../../model/check.js'
import { unusable } from './entry.js'
import type { Spec } from './schema.js'

const expectations = ['resolved', 'state', 'mac', 'absent', 'duplicates'] as const

/** Faults that the schema cannot express. */
export function problems(spec: Spec): readonly SpecProblem[] {
  return [
    ...targetProblems(spec),
    ...contradictions(spec),
    ...rawValues(spec.mac, ['mac']).flatMap(({ path, raw }) =>
      canonicalMac(raw) === null
        ? [{ path, message: `expected a MAC address, found "${raw}"`, hint: 'write it like 52:54:00:12:34:56' }]
        : [],
    ),
    ...orderProblems(spec, ['mac', 'state']),
  ]
}

function targetProblems({ address, gateway, family }: Spec): readonly SpecProblem[] {
  if (address === undefined && gateway === undefined) {
    return [{ path: [], message: 'no neighbour is named', hint: 'add `address`, or `gateway: true`' }]
  }
  if (address === undefined) return []
  if (gateway !== undefined) return [{ path: ['gateway'], message: '`gateway` stands instead of `address`', hint: 'drop one of them' }]
  const found = [...addressProblems(address)]
  if (family !== undefined) {
    found.push({ path: ['family'], message: '`family` is about `gateway`: an address has its own', hint: 'drop it' })
  }
  return found
}

/** Multicast of both families, the unspecified and the limited broadcast address, and loopbacks. */
const nobodys = ['224.0.0.0/4', 'ff00::/8', '0.0.0.0/8', '::/128', '255.255.255.255/32', '127.0.0.0/8', '::1/128'].flatMap(
  (text) => parsePrefix(text) ?? [],
)

function addressProblems(address: string): readonly SpecProblem[] {
  if (addressFamily(address) === null) {
    return [{ path: ['address'], message: `expected an address, found "${address}"`, hint: 'write it like 203.0.113.1 or fe80::1' }]
  }
  if (address.includes('%')) {
    const [bare, zone] = address.split('%')
    const hint = `write \`address: "${bare}"\` and \`interface: ${zone}\``
    return [{ path: ['address'], message: `the interface stands beside the address, not in it: "${address}"`, hint }]
  }
  if (!nobodys.some((prefix) => prefixContains(prefix, address))) return []
  return [{ path: ['address'], message: `${address} is no address of a neighbour (multicast, broadcast, loopback or unspecified)` }]
}

function contradictions(spec: Spec): readonly SpecProblem[] {
  const used = expectations.filter((key) => spec[key] !== undefined)
  if (used.length === 0) {
    return [{ path: [], message: 'nothing is expected of the neighbour', hint: `add one of ${expectations.join(', ')}` }]
  }
  if (spec.absent !== undefined) {
    return used
      .filter((key) => key !== 'absent')
      .map((key) => ({
        path: [key],
        message: `\`${key}\` is about a neighbour that is there, and it is to be absent`,
        hint: 'drop one of them',
      }))
  }
  const { resolved, state } = spec
  if (state === undefined) return []
  const possible = neighborStates.filter((known) => meets(textType, state, known))
  if (possible.length === 0)
    return [{ path: ['state'], message: 'no state is as expected', hint: `states are ${neighborStates.join(', ')}` }]
  if (possible.length === neighborStates.length)
    return [{ path: ['state'], message: 'every state is as expected, so that this proves nothing' }]
  const without: readonly NeighborState[] = unusable
  if (resolved === undefined || possible.some((known) => !without.includes(known))) return []
  return [{ path: ['state'], message: `a neighbour that is resolved is not ${possible.join(' or ')}`, hint: 'drop one of them' }]
}
