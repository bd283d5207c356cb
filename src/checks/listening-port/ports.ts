import type { SpecProblem } from '../../model/check.js'
import type { Spec } from './schema.js'

/** Both ends are in it. */
interface PortRange {
  readonly from: number
  readonly to: number
}

function readRange(port: number | string): PortRange {
  const [from, to = from] = String(port).split('-').map(Number)
  return { from: from ?? Number.NaN, to: to ?? Number.NaN }
}

const isList = (port: Spec['port']): port is Exclude<Spec['port'], number | string> => typeof port === 'object'

/** Every port that is meant, ascending and once. */
export function readPorts(port: Spec['port']): readonly number[] {
  const ranges = (isList(port) ? port : [port]).map(readRange)
  const ports = new Set(ranges.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, step) => from + step)))
  return [...ports].sort((a, b) => a - b)
}

/** What the schema cannot say: a range begins with the smaller port, and a port lies between 1 and 65535. */
export function portProblems(port: Spec['port']): readonly SpecProblem[] {
  const entries = isList(port) ? port.map((entry, index) => ({ entry, path: ['port', index] })) : [{ entry: port, path: ['port'] }]
  return entries.flatMap(({ entry, path }): SpecProblem[] => {
    const { from, to } = readRange(entry)
    if (from < 1 || to < 1 || from > 65_535 || to > 65_535) {
      return [{ path, message: `expected ports between 1 and 65535, found "${entry}"` }]
    }
    if (from > to)
      return [{ path, message: `expected a range from the smaller to the larger port, found "${entry}"`, hint: `"${to}-${from}"` }]
    return []
  })
}
