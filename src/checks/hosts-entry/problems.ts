import { addressFamily, canonicalAddress } from '../../lib/address.js'
import { nameProblem } from '../../lib/dns/name.js'
import { listProblem, namedValues } from '../../lib/list-expectation.js'
import type { SpecProblem } from '../../model/check.js'
import type { Spec } from './schema.js'

/** Faults that the schema cannot express. */
export function problems(spec: Spec): readonly SpecProblem[] {
  return [...nameProblems(spec), ...dnsProblems(spec), ...addressProblems(spec), ...absentProblems(spec)]
}

function nameProblems({ name }: Spec): readonly SpecProblem[] {
  const path = ['name']
  if (addressFamily(name) !== null)
    return [{ path, message: `${name} is an address`, hint: 'write the name, and the address in `addresses`' }]
  if (name.includes('*')) return [{ path, message: '/etc/hosts knows no wildcards', hint: 'write a check for each name' }]
  if (/[/:@?]/.test(name)) return [{ path, message: `"${name}" is no name of a host` }]
  if (name.endsWith('.'))
    return [{ path, message: 'names in /etc/hosts have no dot at their end', hint: `write ${name.replace(/\.+$/, '')}` }]
  return []
}

/** What DNS cannot be asked for. */
function dnsProblems(spec: Spec): readonly SpecProblem[] {
  const problem = spec['matches-dns'] === undefined ? null : nameProblem(spec.name)
  return problem === null ? [] : [{ path: ['name'], ...problem }]
}

function addressProblems({ addresses }: Spec): readonly SpecProblem[] {
  if (addresses === undefined) return []
  if ('length' in addresses && addresses.length === 0)
    return [{ path: ['addresses'], message: 'no address at all is what `absent: true` means' }]
  const wrong = namedValues(addresses).find((address) => canonicalAddress(address) === null || address.includes('%'))
  if (wrong !== undefined) return [{ path: ['addresses'], message: `expected addresses, found "${wrong}"` }]
  const contradiction = listProblem(addresses)
  return contradiction === null ? [] : [{ path: ['addresses'], message: contradiction }]
}

function absentProblems(spec: Spec): readonly SpecProblem[] {
  if (spec.absent === undefined) return []
  if (spec.addresses !== undefined)
    return [
      {
        path: ['addresses'],
        message: '`absent` and `addresses` exclude each other',
        hint: 'addresses that may not be there: `addresses: { not: […] }`',
      },
    ]
  return spec['matches-dns'] === undefined ? [] : [{ path: ['matches-dns'], message: '`absent` and `matches-dns` exclude each other' }]
}
