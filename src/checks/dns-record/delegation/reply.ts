import type { DnsMessage, DnsQuery } from '../../../facts/dns-query/index.js'
import { isWithin } from '../aliases.js'
import type { Outcome } from '../answer.js'
import type { DnsRecordSpec } from '../spec.js'
import { readMessage } from './ask-few.js'
import { type NameServer, nameServersIn } from './name-server.js'

/**
 * What a server says when asked, without recursion, for the SOA record of a name. `authority`: it serves the name's zone itself.
 * `referral`: another zone below has it.
 */
export type Reply =
  | { readonly kind: 'authority'; readonly zone: string }
  | { readonly kind: 'referral'; readonly zone: string; readonly nameServers: readonly NameServer[] }

/**
 * Reads what a server of `zone` says of `name`; `poor`: neither of these (lame).
 * A referral must lead down, towards `name`: anything else would go in circles (RFC 1034 section 5.3.3).
 */
export function readReply(
  outcome: Outcome<DnsQuery>,
  name: string,
  zone: string,
  spec: DnsRecordSpec,
): { readonly good: Reply } | { readonly poor: string } {
  const read = (message: DnsMessage): Reply | null => {
    if (message.rcode !== 'NOERROR' && message.rcode !== 'NXDOMAIN') return null
    if (message.authoritative) return { kind: 'authority', zone: apexOf(message, name, zone) }
    const below = message.authorities.find((record) => record.type === 'NS' && isDeeper(record.name, zone) && isWithin(name, record.name))
    if (below === undefined) return null
    return { kind: 'referral', zone: below.name, nameServers: nameServersIn(below.name, message.authorities, message.additionals, spec) }
  }
  return readMessage(read, 'neither authority nor a referral')(outcome)
}

const isDeeper = (name: string, zone: string): boolean => name !== zone && isWithin(name, zone)

/** The zone of the SOA record: the server may have the parent zone and this one, and then no referral is seen between them. */
function apexOf({ answers, authorities }: DnsMessage, name: string, zone: string): string {
  const soa = [...answers, ...authorities].find((record) => record.type === 'SOA' && isWithin(name, record.name))
  return soa !== undefined && isWithin(soa.name, zone) ? soa.name : zone
}
