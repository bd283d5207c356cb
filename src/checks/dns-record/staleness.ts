import type { Alias } from './aliases.js'
import type { Answer } from './answer.js'

/**
 * How many seconds more a cache may give this answer, where the zone says something else: the TTL of the first alias that differs from
 * the zone's, else that of the records, or of the negative answer.
 * @returns null where the answer does not tell.
 */
export function staleFor(answer: Answer, zoneAliases: readonly Alias[]): number | null {
  if (answer.kind === 'unanswered' || answer.kind === 'failure') return null
  const differing = answer.aliases.find(
    ({ name, target }, index) => zoneAliases[index]?.name !== name || zoneAliases[index]?.target !== target,
  )
  if (differing !== undefined) return differing.ttl
  if (answer.kind === 'none') return answer.ttl
  const ttls = answer.kind === 'records' ? answer.records.flatMap(({ ttl }) => ttl ?? []) : answer.aliases.map(({ ttl }) => ttl)
  return ttls.length === 0 ? null : Math.max(...ttls)
}
