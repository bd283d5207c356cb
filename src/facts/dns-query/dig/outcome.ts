import { printableLine } from '../../../lib/printable.js'
import type { DnsQuery } from '../value.js'

/** What dig says became of a question, beside how it was asked. */
export type Outcome = Pick<DnsQuery, 'status' | 'message' | 'rttMs' | 'detail'>

export const unanswered = (status: Outcome['status'], detail: string | null): Outcome => ({
  status,
  message: null,
  rttMs: null,
  detail: detail === null ? null : printableLine(detail),
})
