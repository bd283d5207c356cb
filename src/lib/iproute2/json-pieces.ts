import type { Route } from './route.js'

const first = '[{"type":"'
const between = '},{"type":"'
const destination = '"dst":"'

/** More kinds of routes than that are no few that many routes share. */
const mostKinds = 20_000

/** What a route is but for its destination, from the object that JSON.parse makes of it; null when it is none. */
export type ReadRest = (object: unknown) => Route | null

/**
 * Reads the array of `ip -j -d route show` piece by piece. What routes say beside their destination is said by many of them in the
 * same words, and read once: of 100,000 routes with a few hundred gateways JSON.parse would make millions of objects.
 * @param readRest gets a route with `placeholder` as its destination, and throws what is no route.
 * @returns null for what is not printed in that way, and for routes that have too little in common: JSON.parse reads those.
 */
export function readJsonPieces(
  text: string,
  placeholder: string,
  readRest: ReadRest,
  readDestination: (text: string) => string,
): readonly Route[] | null {
  const end = endOfArray(text)
  // An encapsulation has a `dst` of its own: which one is the route's is for others to say.
  if (!text.startsWith(first) || end === -1 || text.includes('"encap":')) return null
  const routes: Route[] = []
  const kinds = new Kinds(placeholder, readRest)
  for (let at = 1; at < end; ) {
    const next = text.indexOf(between, at)
    const stop = next === -1 ? end : next + 1
    const from = text.indexOf(destination, at)
    const value = from + destination.length
    const to = from === -1 ? -1 : text.indexOf('"', value)
    if (to === -1 || to >= stop) return null
    const word = text.slice(value, to)
    const kind = kinds.find(text, at, value, to, stop)
    // A backslash would be an escape, and its end is not here.
    if (kind === undefined || word.includes('\\')) return null
    if (kind !== null) routes.push(withDestination(kind, readDestination(word)))
    at = stop + 1
  }
  return routes
}

/** Written out, as this is done 100,000 times and a spread takes twice as long. */
const withDestination = (kind: Route, destination: string): Route => ({
  destination,
  types: kind.types,
  nextHops: kind.nextHops,
  metric: kind.metric,
  table: kind.table,
  protocol: kind.protocol,
  scope: kind.scope,
  source: kind.source,
  from: kind.from,
  tos: kind.tos,
})

/** What has been read already, by what stands before the destination and behind it. */
class Kinds {
  readonly #byHead = new Map<string, Map<string, Route | null>>()
  #head = ''
  #byTail = new Map<string, Route | null>()
  #size = 0

  constructor(
    readonly placeholder: string,
    readonly readRest: ReadRest,
  ) {}

  /** @returns undefined for what is no JSON, or when there are too many kinds. */
  find(text: string, at: number, value: number, to: number, stop: number): Route | null | undefined {
    if (this.#head.length !== value - at || !text.startsWith(this.#head, at)) this.#turnTo(text.slice(at, value))
    const tail = text.slice(to, stop)
    const known = this.#byTail.get(tail)
    if (known !== undefined || this.#size >= mostKinds) return known
    const object = parseObject(this.#head + this.placeholder + tail)
    if (object === undefined) return undefined
    const kind = this.readRest(object)
    this.#byTail.set(tail, kind)
    this.#size += 1
    return kind
  }

  #turnTo(head: string): void {
    this.#head = head
    this.#byTail = this.#byHead.get(head) ?? new Map()
    this.#byHead.set(head, this.#byTail)
  }
}

function parseObject(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

/** Behind the last object; -1 when the text does not end as an array of objects does. */
function endOfArray(text: string): number {
  const bracket = text.trimEnd().length - 1
  return text.charAt(bracket) === ']' && text.charAt(bracket - 1) === '}' ? bracket : -1
}
