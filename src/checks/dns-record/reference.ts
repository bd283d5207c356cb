import type { DnsQuery } from '../../facts/dns-query/index.js'
import type { Alias } from './aliases.js'
import type { Outcome } from './answer.js'
import type { Authority } from './delegation/name-server.js'
import { allOf, type Inquiry, queryTo } from './inquiry.js'
import { recordsOf } from './judge.js'
import { showServer } from './resolver-words.js'
import type { Sight } from './sight.js'

/** What the servers of the zone say of the question. */
export interface Reference {
  /** null where the runbook names the servers, or where they were not found. */
  readonly zone: string | null
  readonly sights: readonly Sight[]
  /** How they were found, where a person should know; sentences. */
  readonly notes: readonly string[]
  /** The sets of records that count as what the zone says: one, but where servers differ and the serial does not tell which is newer. */
  readonly sets: readonly (readonly string[])[]
  /** The aliases that the first of them gives. */
  readonly aliases: readonly Alias[]
  /** The serial of the zone at each server (`showServer`), where they disagree; null where it was not told. Empty where they agree. */
  readonly serials: ReadonlyMap<string, number | null>
}

/** What the zone says, from what its servers say. @returns undefined while answers are missing. */
export function referenceOf(inquiry: Inquiry, authority: Authority, sights: readonly Sight[]): Reference | undefined {
  const telling = sights.filter(({ answer }) => answer.kind === 'records' || answer.kind === 'none')
  const { zone, notes } = authority.kind === 'found' ? authority : { zone: null, notes: [] }
  const sets = distinct(telling.map(({ answer }) => recordsOf(answer)))
  const [first] = telling
  const aliases = first === undefined || first.answer.kind === 'unanswered' ? [] : first.answer.aliases
  if (sets.length < 2 || authority.kind === 'broken') return { zone, sights, notes, sets, aliases, serials: new Map() }
  const serials = serialsOf(inquiry, zone ?? inquiry.question.name, telling)
  return serials && { zone, sights, notes, sets: newest(telling, serials), aliases, serials }
}

function distinct(sets: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const byText = new Map(sets.map((set) => [JSON.stringify([...set].sort()), set]))
  return [...byText.values()]
}

/** A SOA record comes with a negative answer too, so that the zone need not be known by its exact name. */
function serialsOf(inquiry: Inquiry, zone: string, sights: readonly Sight[]): ReadonlyMap<string, number | null> | undefined {
  const servers = sights.flatMap(({ server }) => server ?? [])
  const outcomes = allOf(
    inquiry,
    servers.map((server) => queryTo(inquiry, server, { name: zone, type: 'SOA' }, { recurse: false })),
  )
  return outcomes && new Map(servers.map((server, index) => [showServer(server), serialIn(outcomes[index])]))
}

function serialIn(outcome: Outcome<DnsQuery> | undefined): number | null {
  const message = outcome !== undefined && 'value' in outcome ? outcome.value.message : null
  const soa = message === null ? undefined : [...message.answers, ...message.authorities].find(({ type }) => type === 'SOA')
  const serial = Number(soa?.data.split(' ')[2] ?? Number.NaN)
  return Number.isSafeInteger(serial) ? serial : null
}

/** The sets of the servers with the newest serial; of all of them where a serial is missing. */
function newest(sights: readonly Sight[], serials: ReadonlyMap<string, number | null>): readonly (readonly string[])[] {
  const serialOf = ({ server }: Sight): number | null => (server === null ? null : (serials.get(showServer(server)) ?? null))
  const told = sights.flatMap((sight) => serialOf(sight) ?? [])
  const latest = told.length < sights.length ? null : told.reduce((last, serial) => (isNewer(serial, last) ? serial : last))
  return distinct(sights.filter((sight) => latest === null || serialOf(sight) === latest).map(({ answer }) => recordsOf(answer)))
}

/** Serials go round at 2^32 (RFC 1982). */
const isNewer = (serial: number, than: number): boolean => serial !== than && (serial - than) >>> 0 < 2 ** 31
