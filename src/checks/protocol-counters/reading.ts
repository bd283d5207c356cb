import type { ProtocolCounters } from '../../facts/protocol-counters/index.js'
import { nearest } from '../../lib/nearest.js'
import { appearsLater, meanings } from './names.js'

/** What a counter says; exact up to 2^53. */
export type Reading = { readonly name: string; readonly amount: number } | { readonly actual: string; readonly message: string }

const byName = new WeakMap<ProtocolCounters, ReadonlyMap<string, ProtocolCounters['counters'][number]>>()

/** Many checks look into the same counters. */
function index(seen: ProtocolCounters): ReadonlyMap<string, ProtocolCounters['counters'][number]> {
  const known = byName.get(seen)
  if (known !== undefined) return known
  const made = new Map(seen.counters.map((counter) => [counter.name.toLowerCase(), counter]))
  byName.set(seen, made)
  return made
}

/** What it has come to (one reading), or by how much it grew (two). */
export function read(wanted: string, seen: ProtocolCounters): Reading {
  const counters = index(seen)
  const counter = meanings(wanted).flatMap((name) => counters.get(name) ?? [])[0]
  if (counter === undefined) {
    return appearsLater(wanted) ? { name: wanted, amount: 0 } : { actual: 'no such counter', message: unknown(wanted, seen) }
  }
  const { name } = counter
  const before = counter.before ?? (appearsLater(name) ? '0' : null)
  if (seen.afterMs === null) return before === null ? gone(name) : { name, amount: Number(before) }
  if (before === null || counter.after === null) return gone(name)
  const growth = BigInt(counter.after) - BigInt(before)
  if (growth >= 0n) return { name, amount: Number(growth) }
  const message = `${name} went from ${before} back to ${counter.after}: it ran over, or the counters were set back. Count again.`
  return { actual: 'counted backwards', message }
}

const gone = (name: string): Reading => ({
  actual: 'not known',
  message: `${name} was not there at both readings: did IPv6 or a module come or go?`,
})

function unknown(wanted: string, { counters }: ProtocolCounters): string {
  const names = counters.map(({ name }) => name)
  if (/^\w+6|ipv6$/i.test(wanted) && !names.some((name) => name.startsWith('Ip6')))
    return 'IPv6 is switched off on this host: it has no /proc/net/snmp6.'
  const candidate = nearest(wanted, names)
  if (candidate !== null) return `This kernel counts ${candidate}: is that meant?`
  return 'This kernel does not count that: `nstat -asz` shows all names (without `-s` it writes a file). Older kernels have fewer.'
}
