import type { DnsQuery } from '../../facts/dns-query/index.js'
import { counted } from '../../lib/plural.js'
import { printableLine } from '../../lib/printable.js'
import type { Answer, Unanswered } from './answer.js'

type Silence = Extract<Answer, { kind: 'unanswered' }>

const wordsOf: Readonly<Record<Unanswered, (silence: Silence) => string>> = {
  timeout: ({ transport, tries, detail }) =>
    transport === 'tcp' ? `no answer over TCP${code(detail)}` : `no answer, asked ${counted(tries, 'time')}`,
  rejected: ({ detail }) => `rejected${code(detail)}`,
  malformed: ({ detail }) => `an answer that cannot be read${reason(detail)}`,
  mismatched: ({ detail }) => `only answers to something else${reason(detail)}`,
  'source-error': ({ detail }) => `not asked: the source could not be used${code(detail)}`,
  'local-error': ({ detail }) => `not asked: the host itself keeps the query back${code(detail)}`,
  unsupported: ({ detail }) => `not asked${reason(detail)}`,
  failed: ({ detail }) => `not known${reason(detail)}`,
  'no-recursion': () => 'no answer of its own',
  'no-authority': () => 'an answer without authority',
  'no-address': () => 'not asked: it has no address',
  'no-zone': () => 'not asked: the servers of the zone are not known',
  unrelated: () => 'records of other names only',
  contradictory: () => 'records together with NXDOMAIN',
  lookup: ({ detail }) => `the lookup failed${reason(detail)}`,
}

const reason = (detail: string | null): string => (detail === null ? '' : `: ${printableLine(detail, 200)}`)
const code = (detail: string | null): string => (detail === null ? '' : ` (${printableLine(detail, 200)})`)

/** What happened instead of an answer: `no answer, asked 3 times`. */
export const describeUnanswered = (silence: Silence): string => wordsOf[silence.why](silence)

/** The same of a query without a message. */
export const describeSilence = ({ status, detail, tries, transport }: DnsQuery): string =>
  describeUnanswered({ kind: 'unanswered', why: status === 'answered' ? 'malformed' : status, detail, tries, transport })
