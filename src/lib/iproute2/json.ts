import { NotUnderstood } from '../errors.js'
import { finishRoute, iproute2Silence, type NextHopDraft, type RouteDraft, type Silence } from './draft.js'
import { JsonPieces } from './json-pieces.js'
import { type AddressFamily, type Route, readDestination } from './route.js'

type Fields = Readonly<Record<string, unknown>>

/**
 * Reads what `ip -j -d route show` prints, cut anywhere (iproute2 from 5.1; before, with `-d` or any blackhole, it is no JSON).
 * Throws NotUnderstood also for the text that 4.14 to 4.16 print although they accept `-j`, and for the broken JSON
 * of multipath routes (before 5.5) and of metrics (before 5.3).
 */
export function jsonRoutesReader(family: AddressFamily): { take(text: string): void; end(): readonly Route[] } {
  const readRest = (object: unknown): Route | null => readJsonRoute(readFields(object), family, iproute2Silence)
  const zero = family === 'inet' ? '0.0.0.0/0' : '::/0'
  const pieces = new JsonPieces(zero, readRest, (destination) => readDestination(destination, family))
  const all: string[] = []
  return {
    take: (text) => {
      all.push(text)
      pieces.take(text)
    },
    end: () => pieces.end() ?? readWhole(all.join(''), family),
  }
}

function readWhole(text: string, family: AddressFamily): readonly Route[] {
  const routes: Route[] = []
  for (const entry of readJsonArray(text)) {
    const fields = readFields(entry)
    // iproute2 prints `{}` for entries that its own filter dropped.
    if (Object.keys(fields).length === 0) continue
    const route = readJsonRoute(fields, family, iproute2Silence)
    if (route !== null) routes.push(route)
  }
  return routes
}

/** @throws NotUnderstood unless `text` is one JSON array. */
export function readJsonArray(text: string): readonly unknown[] {
  // The first byte decides: parsing megabytes of text to find that out would be slow.
  if (/^\s*\[/.test(text)) {
    try {
      const parsed: unknown = JSON.parse(text)
      if (Array.isArray(parsed)) return parsed
    } catch {
      // Said below.
    }
  }
  throw new NotUnderstood('a JSON array from ip -j', text)
}

/** @throws NotUnderstood */
export function readFields(value: unknown): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
  throw new NotUnderstood('a JSON object from ip -j', JSON.stringify(value))
}

/** One object of `ip -j -d route`; null when it is no route (see `finishRoute`). */
export function readJsonRoute(fields: Fields, family: AddressFamily, silence: Silence): Route | null {
  // An encapsulation prints its own `dst`, `src` and `tos` into the same object: JSON.parse keeps the tunnel's,
  // and the route's destination is lost. The text shows both.
  if (fields.encap !== undefined) throw new NotUnderstood('a route without encapsulation', JSON.stringify(fields))
  const nexthops = fields.nexthops
  const draft: RouteDraft = {
    destination: readText(fields, 'dst') ?? '',
    nextHops: Array.isArray(nexthops) ? nexthops.map((hop) => readNextHop(readFields(hop))) : [readNextHop(fields)],
    cached: fields.cache !== undefined,
    ...optional('type', readText(fields, 'type')),
    ...optional('metric', readNumber(fields, 'metric')),
    ...optional('table', readText(fields, 'table')),
    ...optional('protocol', readText(fields, 'protocol')),
    ...optional('scope', readText(fields, 'scope')),
    ...optional('source', readText(fields, 'prefsrc')),
    ...optional('from', readText(fields, 'from')),
    ...optional('tos', readText(fields, 'tos')),
    ...optional('pref', readText(fields, 'pref')),
  }
  return finishRoute(draft, family, silence)
}

function readNextHop(fields: Fields): NextHopDraft {
  const via = fields.via === undefined ? readText(fields, 'gateway') : readText(readFields(fields.via), 'host')
  const flags = Array.isArray(fields.flags) ? fields.flags.filter((flag) => typeof flag === 'string') : []
  return {
    flags,
    ...optional('via', via),
    ...optional('interface', readText(fields, 'dev')),
    ...optional('weight', readNumber(fields, 'weight')),
  }
}

function optional<Name extends string, Value>(name: Name, value: Value | undefined): { readonly [key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [key in Name]?: Value })
}

function readText(fields: Fields, name: string): string | undefined {
  const value = fields[name]
  if (value === undefined || typeof value === 'string') return value
  throw new NotUnderstood(`text as ${name}`, JSON.stringify(value))
}

function readNumber(fields: Fields, name: string): number | undefined {
  const value = fields[name]
  if (value === undefined || (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0)) return value
  throw new NotUnderstood(`a number as ${name}`, JSON.stringify(value))
}
