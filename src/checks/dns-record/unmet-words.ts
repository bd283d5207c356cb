import { describeExpectation } from '../../lib/expectation.js'
import { printableLine } from '../../lib/printable.js'
import { endOf, showAliases } from './aliases.js'
import type { Answer } from './answer.js'
import { anyOf, shorten } from './describe.js'
import { recordsOf, ttlsOf, type Unmet } from './judge.js'
import type { Question } from './question.js'
import { showData, shownType } from './record-data.js'
import type { DnsRecordSpec } from './spec.js'

/** What is not as expected, in a sentence; empty where expected and actual say it all. */
export function describeUnmet(spec: DnsRecordSpec, { name, type }: Question, answer: Answer, unmet: Unmet): string {
  if (answer.kind === 'unanswered') return ''
  switch (unmet.what) {
    case 'loop':
      return `The aliases lead in a circle: ${showAliases(name, answer.aliases)}. One of these CNAME records has to go.`
    case 'none':
      return answer.aliases.length === 0 ? '' : deadEnd(name, type, answer)
    case 'records': {
      // Where nothing is as expected, expected and actual are enough.
      if (unmet.unexpected.length === recordsOf(answer).length && !isNearlyTheSame(unmet)) return ''
      const missing = shorten(unmet.missing.map((each) => describeExpectation(shownType(type), each)))
      const unexpected = shorten(unmet.unexpected.map((data) => showData(type, data)))
      const sentences = [
        ...(missing === '' ? [] : [`Missing: ${missing}.`]),
        ...(unexpected === '' ? [] : [`Not expected: ${unexpected}.`]),
        ...(isNearlyTheSame(unmet) ? ['They differ only in case, white space or quotes.'] : []),
      ]
      return sentences.join(' ')
    }
    case 'present':
      return `There must be no ${type} record.`
    case 'count':
      return `The number of records is ${unmet.count}.`
    case 'rcode':
      return `The response code is ${answer.rcode}.`
    case 'ttl':
      return ttlSentence(spec, answer)
    case 'authenticated':
      return answer.authenticated
        ? 'The resolver validated the answer (AD): the zone is signed.'
        : 'The answer does not come validated (AD): the zone is not signed, or this resolver does not validate.'
    case 'differs':
      return "The zone's own servers answer otherwise."
  }
}

function deadEnd(name: string, type: string, answer: Answer & { kind: Exclude<Answer['kind'], 'unanswered'> }): string {
  const what = answer.rcode === 'NXDOMAIN' ? 'which does not exist' : `which has not ${anyOf(type)}`
  return `The alias leads nowhere: ${name} is another name for ${printableLine(endOf(name, answer.aliases))}, ${what}.`
}

function ttlSentence({ ttl }: DnsRecordSpec, answer: Answer & { kind: Exclude<Answer['kind'], 'unanswered'> }): string {
  const alias = answer.aliases.map((each) => `${each.ttl} s of the alias ${printableLine(each.name, 80)}`)
  const rest = ttlsOf({ ...answer, aliases: [] }).map((seconds) => `${seconds} s`)
  const low =
    typeof ttl === 'string' || ttl?.min !== undefined ? ' A resolver counts it down: only the servers of the zone show it whole.' : ''
  return `The TTLs are ${[...alias, ...new Set(rest)].join(', ')}.${low}`
}

/** One string is expected, another is there, and a person would hardly see the difference. */
function isNearlyTheSame({ missing, unexpected }: Unmet & { what: 'records' }): boolean {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[\s"]/g, '')
  return missing.some((each) => typeof each === 'string' && unexpected.some((data) => plain(data) === plain(each)))
}
