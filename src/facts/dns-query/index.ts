import type { FactKind } from '../../model/fact.js'
import { dig } from './dig/index.js'
import { dnsQueryShape } from './shape.js'
import { perl, python } from './sources.js'
import type { DnsQuery, DnsQueryArgs } from './value.js'

export type { DnsMessage, DnsQuery, DnsQueryArgs, DnsRecord, DnsStatus } from './value.js'

/** What a DNS server answers: one process for all questions of a host. */
export const dnsQuery: FactKind<DnsQueryArgs, DnsQuery> = {
  name: 'dns-query',
  summary: 'What a DNS server answers to a question asked from a host',
  active: true,
  group: () => 'all',
  isValue: dnsQueryShape,
  sources: { linux: [python, perl, dig], darwin: [perl, python, dig] },
}
