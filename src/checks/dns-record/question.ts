import { canonicalAddress } from '../../lib/address.js'
import { canonicalName } from '../../lib/dns/name.js'
import { reverseName } from '../../lib/dns/reverse-name.js'
import type { DnsType } from '../../lib/dns/types.js'
import type { DnsRecordSpec } from './spec.js'

/** What is asked. */
export interface Question {
  /** Canonical: lower case, A-labels, without the final dot. */
  readonly name: string
  readonly type: DnsType
  /** The address whose name is asked for; null where a name was written. */
  readonly address: string | null
}

/** The question of a specification whose `problems` found nothing. */
export function questionOf({ name, type = 'A' }: Pick<DnsRecordSpec, 'name' | 'type'>): Question {
  const address = type === 'PTR' ? canonicalAddress(name) : null
  const asked = address === null ? canonicalName(name) : reverseName(address)
  if (asked === null) throw new Error(`${JSON.stringify(name)} is not a domain name`)
  return { name: asked, type, address }
}
