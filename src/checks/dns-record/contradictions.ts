import { meets, textType } from '../../lib/expectation.js'
import type { SpecProblem } from '../../model/check.js'
import { type DnsRecordSpec, resolversOf } from './spec.js'

/** Expectations that cannot be met together, and words without a meaning beside others. */
export function contradictions(spec: DnsRecordSpec): readonly SpecProblem[] {
  return [...ofAbsence(spec), ...ofCode(spec), ...ofServers(spec)]
}

const aboutRecords = ['answers', 'contains', 'count'] as const

function ofAbsence(spec: DnsRecordSpec): readonly SpecProblem[] {
  if (spec.absent !== true) return []
  return aboutRecords
    .filter((key) => spec[key] !== undefined)
    .map((key) => ({ path: [key], message: `\`${key}\` has no meaning with \`absent\``, hint: 'leave one of the two out' }))
}

/** Only NOERROR comes with records. */
function ofCode(spec: DnsRecordSpec): readonly SpecProblem[] {
  const { rcode } = spec
  if (rcode === undefined || meets(textType, rcode, 'NOERROR')) return []
  return aboutRecords
    .filter((key) => spec[key] !== undefined)
    .map((key) => ({
      path: [key],
      message: `no records come with the response code that \`rcode\` asks for`,
      hint: `leave out \`${key}\``,
    }))
}

function ofServers(spec: DnsRecordSpec): readonly SpecProblem[] {
  const entries = resolversOf(spec)
  const found: SpecProblem[] = []
  if (spec.authoritative !== undefined && !entries.includes('authoritative') && spec.propagated !== true) {
    found.push({
      path: ['authoritative'],
      message: 'these servers are named, but nothing asks them',
      hint: 'add authoritative to `resolvers`, or write `propagated: true`',
    })
  }
  if (spec.authenticated !== undefined && entries.every((entry) => entry === 'authoritative')) {
    found.push({
      path: ['authenticated'],
      message: 'the servers of a zone do not validate what they say',
      hint: 'ask a resolver that validates, such as quad9 or google',
    })
  }
  return found
}
