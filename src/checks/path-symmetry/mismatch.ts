import type { Trace } from '../../facts/trace/index.js'
import { printableLine } from '../../lib/printable.js'
import type { Ends } from './ends.js'
import { describeProtocol } from './requests.js'
import type { PathSymmetrySpec } from './spec.js'
import { addressesOf, type Trip } from './trips.js'

/** Why the two traces are not those of one conversation, and what to write so that they are. */
export function notOneConversation(spec: PathSymmetrySpec, ends: Ends, trips: readonly Trip[]): readonly string[] {
  return trips.flatMap((trip) => {
    const { there, back, protocol } = trip
    const problem = problemOf(ends.first.name, there) ?? problemOf(ends.second.name, back)
    if (problem !== null) return [`${describeProtocol(spec, protocol)}: ${problem}`]
    const [one, other] = [addressesOf(there, 'there'), addressesOf(back, 'back')]
    if (one === null || other === null) {
      const [name, trace] = one === null ? [ends.first.name, there] : [ends.second.name, back]
      if (trace === null) return []
      const example = `addresses: { ${ends.first.name}: …, ${ends.second.name}: … }`
      return [`The probe on ${name} (${printableLine(trace.probe, 60)}) does not tell which address it sent from. Write \`${example}\`.`]
    }
    return [
      `${ends.first.name} talks from ${one.first} to ${one.second}, but ${ends.second.name} from ${other.second} to ${other.first}: ` +
        `these are two conversations. Write the addresses that talk: \`addresses: { ${ends.first.name}: …, ${ends.second.name}: … }\`. ` +
        'Where addresses are translated on the way, no trace from inside can show the whole of it.',
    ]
  })
}

function problemOf(name: string, trace: Trace | null): string | null {
  if (trace?.problem == null) return null
  const detail = printableLine(trace.problem.detail)
  switch (trace.problem.kind) {
    case 'source-error':
      return `${name} cannot send from ${trace.source ?? 'the address that the other end traces'} (${detail}). Is it translated on the way? Write its own under \`addresses\`.`
    default:
      return `${name} could not trace ${trace.address ?? 'the other end'}: ${detail}.`
  }
}
