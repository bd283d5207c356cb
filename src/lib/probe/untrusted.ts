import { canonicalAddress } from '../address.js'
import type { IcmpSender } from './icmp-sender.js'

/** Readers of what a probe wrote, one JSON object a line: anything may be in it. */

export function readObjects(stdout: string): readonly Record<string, unknown>[] {
  return stdout.split('\n').flatMap((line) => {
    if (!line.startsWith('{')) return []
    try {
      return [JSON.parse(line) as Record<string, unknown>]
    } catch {
      return []
    }
  })
}

export const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
export const textIn = (value: unknown): string => (typeof value === 'string' ? value : '')
export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= 1_000_000
export const isByte = (value: unknown): value is number => isCount(value) && value <= 255
export const addressIn = (value: unknown): string | null => (typeof value === 'string' ? canonicalAddress(value) : null)

/** Reads `[type, code, sender, MTU]`. */
export function icmpIn(value: unknown): IcmpSender | null {
  const [type, code, from, mtu] = listIn(value)
  if (!isByte(type) || !isByte(code)) return null
  return { type, code, from: addressIn(from), mtu: isCount(mtu) && mtu > 0 ? mtu : null }
}
