import { describeData } from './describe.js'
import { judge } from './judge.js'
import { showSight } from './sight.js'
import type { View } from './view.js'

/** What the DNS servers of the host say, where its own programs do not find what is expected: that tells the hosts file from DNS. */
export function behindLookup({ spec, question, dnsServers, context }: Pick<View, 'spec' | 'question' | 'dnsServers' | 'context'>): string {
  const answering = dnsServers.filter(({ answer }) => answer.kind !== 'unanswered' && answer.kind !== 'failure')
  if (answering.length === 0) return ''
  const right = answering.filter(({ answer }) => judge(spec, answer, null).verdict === 'pass')
  if (right.length > 0) {
    return `Asked by DNS, ${right.map(showSight).join(', ')} answers as expected: the difference is made on ${context.host.name}, by /etc/hosts, /etc/nsswitch.conf or a cache.`
  }
  return `Asked by DNS, ${answering.map((sight) => `${showSight(sight)} answers ${describeData(question.type, sight.answer)}`).join(', ')}.`
}
