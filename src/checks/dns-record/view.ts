import type { CheckContext } from '../../model/check.js'
import type { Question } from './question.js'
import type { Reference } from './reference.js'
import type { Sight } from './sight.js'
import type { DnsRecordSpec } from './spec.js'

/** What all findings of one check are made from. */
export interface View {
  readonly spec: DnsRecordSpec
  readonly question: Question
  readonly context: CheckContext
  readonly reference: Reference | null
  /** What the host's DNS servers say, where its own programs say something unexpected. */
  readonly dnsServers: readonly Sight[]
  /** Addresses that the host cannot ask at for want of IPv6, by the first sight of their server, whose finding names them. */
  readonly aside: ReadonlyMap<Sight, readonly string[]>
  /** The sight whose finding tells how the servers of the zone were found; null where there is none. */
  readonly noted: Sight | null
}
