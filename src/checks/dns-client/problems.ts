import { type ListExpectation, listProblem } from '../../lib/list-expectation.js'
import type { SpecProblem } from '../../model/check.js'
import { effectiveOption } from './options.js'
import type { Spec } from './schema.js'
import { isRoot } from './search.js'
import { readServer } from './server.js'

/** Faults that the schema cannot express. */
export function problems(spec: Spec): readonly SpecProblem[] {
  return [...serverProblems(spec), ...searchProblems(spec), ...optionProblems(spec), ...contradictions(spec), ...pointless(spec)]
}

interface Named {
  readonly path: readonly (string | number)[]
  readonly value: string
}

const places = (expected: ListExpectation | undefined, path: readonly string[]): readonly Named[] => {
  if (expected === undefined) return []
  if ('length' in expected) return expected.map((value, index) => ({ path: [...path, index], value }))
  return [...places(expected.contains, [...path, 'contains']), ...places(expected.not, [...path, 'not'])]
}

function serverProblems({ servers }: Spec): readonly SpecProblem[] {
  if (servers === undefined) return []
  if ('length' in servers && servers.length === 0)
    return [
      {
        path: ['servers'],
        message: 'there is always a server: without one in the file, programs ask 127.0.0.1',
        hint: 'write [127.0.0.1]',
      },
    ]
  return places(servers, ['servers'])
    .filter(({ value }) => readServer(value) === null)
    .map(({ path, value }) => ({ path, message: `expected an address of a DNS server, found "${value}"` }))
}

function searchProblems({ search }: Spec): readonly SpecProblem[] {
  return places(search, ['search'])
    .filter(({ value }) => isRoot(value))
    .map(({ path }) => ({
      path,
      message: '"." is the root, which completes no name',
      hint: 'write `search: []` for no search domain, which `search .` meets',
    }))
}

function optionProblems({ options }: Spec): readonly SpecProblem[] {
  return places(options, ['options'])
    .filter(({ value }) => effectiveOption(value) !== value)
    .map(({ path, value }) => ({ path, message: `the C library never takes ${value}`, hint: `${effectiveOption(value)} is the most` }))
}

function contradictions(spec: Spec): readonly SpecProblem[] {
  return (['servers', 'search', 'options', 'sources'] as const).flatMap((key) => {
    const expected = spec[key]
    const message = expected === undefined ? null : listProblem(expected)
    return message === null ? [] : [{ path: [key], message }]
  })
}

function pointless(spec: Spec): readonly SpecProblem[] {
  const lists = spec.servers !== undefined || spec.search !== undefined
  if (spec.interface !== undefined && !lists)
    return [{ path: ['interface'], message: '`interface` is about `servers` and `search`, and neither is expected' }]
  if (spec.ordered !== undefined && !lists)
    return [{ path: ['ordered'], message: '`ordered` is about `servers` and `search`, and neither is expected' }]
  return []
}
