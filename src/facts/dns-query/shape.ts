import { amount, either, flag, listOf, mapOf, nothing, oneOf, orNull, type Shape, text, whole } from '../../lib/shape.js'
import { type DnsMessage, type DnsQuery, type DnsRecord, dnsStatuses } from './value.js'

const record: Shape<DnsRecord> = mapOf<DnsRecord>({ name: text, type: text, ttl: whole, data: text })

const message: Shape<DnsMessage> = mapOf<DnsMessage>({
  rcode: text,
  authoritative: flag,
  recursionAvailable: flag,
  authenticData: flag,
  answers: listOf(record),
  authorities: listOf(record),
  additionals: listOf(record),
  extendedErrors: listOf(text),
})

const query = mapOf<DnsQuery>({
  probe: text,
  status: oneOf(dnsStatuses),
  message: either(nothing, message),
  transport: oneOf(['udp', 'tcp']),
  truncated: flag,
  rttMs: orNull(amount),
  tries: whole,
  strays: whole,
  detail: orNull(text),
})

/** A message is there exactly when there was an answer: a check may rely on it. */
export const dnsQueryShape: Shape<DnsQuery> = (value): value is DnsQuery =>
  query(value) && (value.message !== null) === (value.status === 'answered')
