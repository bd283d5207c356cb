import type { DnsRecord } from '../../facts/dns-query/index.js'
import { printableLine } from '../../lib/printable.js'

/** A CNAME record: `name` is another name for `target`. */
export interface Alias {
  readonly name: string
  readonly target: string
  /** Seconds. */
  readonly ttl: number
}

/** Follows the aliases from `name` on, whatever the order of the records and however long. `loops`: they never end. */
export function walkAliases(name: string, records: readonly DnsRecord[]): { readonly aliases: readonly Alias[]; readonly loops: boolean } {
  const aliasOf = new Map<string, Alias>()
  for (const record of records) {
    if (record.type !== 'CNAME' || aliasOf.has(record.name)) continue
    aliasOf.set(record.name, { name: record.name, target: record.data, ttl: record.ttl })
  }
  const aliases: Alias[] = []
  const seen = new Set([name])
  for (let next = aliasOf.get(name); next !== undefined; next = aliasOf.get(next.target)) {
    aliases.push(next)
    if (seen.has(next.target)) return { aliases, loops: true }
    seen.add(next.target)
  }
  return { aliases, loops: false }
}

/** The name that the aliases lead to. */
export const endOf = (name: string, aliases: readonly Alias[]): string => aliases.at(-1)?.target ?? name

/** Whether `name` is `zone` or below it. */
export const isWithin = (name: string, zone: string): boolean => zone === '.' || name === zone || name.endsWith(`.${zone}`)

/** `www.example.com → cdn.example.net → edge.example.net`. */
export const showAliases = (name: string, aliases: readonly Alias[]): string =>
  [name, ...aliases.map(({ target }) => printableLine(target))].join(' → ')
