import type { FactKind } from '../../model/fact.js'
import type { DnsQuery, DnsQueryArgs } from './value.js'

export type * from './value.js'

/** What a DNS server answers to a question asked from a host. */
export const dnsQuery: FactKind<DnsQueryArgs, DnsQuery> = {
  name: 'dns-query',
  summary: 'What a DNS server answers to a question asked from a host',
  active: true,
  isValue: (_value): _value is DnsQuery => false,
  sources: {},
}
