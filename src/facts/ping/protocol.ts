import { addressFamily } from '../../lib/address.js'
import type { PingArgs } from './value.js'

/** Whether a target can be written on a line of its own; anything else is never sent to a host. */
export function isAskable({ host, source, count, intervalMs, size, timeoutMs }: PingArgs): boolean {
  const words = [host, ...(source === undefined ? [] : [source])]
  const numbers = [count, intervalMs, timeoutMs]
  return (
    words.every((word) => /^[A-Za-z0-9_.:%-]{1,253}$/.test(word) && !word.startsWith('-')) &&
    numbers.every((number) => Number.isFinite(number) && number >= 1) &&
    Number.isInteger(count) &&
    Number.isInteger(size) &&
    size >= 0 &&
    size <= 65_507
  )
}

/**
 * Standard input of a probe, one target a line: `index host family count intervalMs size df source waitMs`. Family is 0, 4 or 6,
 * df 0 or 1, source an address, `%interface` or `-`.
 */
export function encodeTargets(requests: readonly PingArgs[]): string {
  return requests.map((request, index) => (isAskable(request) ? `${index} ${targetLine(request)}\n` : '')).join('')
}

function targetLine({ host, family, count, intervalMs, size, dontFragment, source, timeoutMs }: PingArgs): string {
  const sourceFamily = source === undefined ? null : addressFamily(source)
  const from = source === undefined ? '-' : sourceFamily === null ? `%${source}` : source
  const times = { interval: Math.round(intervalMs), wait: Math.round(timeoutMs) }
  return [host, family ?? sourceFamily ?? 0, count, times.interval, size, dontFragment === true ? 1 : 0, from, times.wait].join(' ')
}
