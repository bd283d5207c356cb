import { addressFamily } from '../../lib/address.js'
import type { DnsRecordSpec } from './spec.js'

/** The family whose addresses are asked: what the runbook says, or that of the source; null for both. */
export function familyOf({ family, source }: Pick<DnsRecordSpec, 'family' | 'source'>): 4 | 6 | null {
  if (family !== undefined) return family === 'ipv4' ? 4 : 6
  return source === undefined ? null : addressFamily(source)
}

/** Whether `address` may be asked. */
export function isAsked(spec: Pick<DnsRecordSpec, 'family' | 'source'>, address: string): boolean {
  const family = familyOf(spec)
  return family === null || addressFamily(address) === family
}
