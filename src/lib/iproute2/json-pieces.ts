import type { Route } from './route.js'
import { RouteIndex, rememberIndex } from './tables.js'

const first = '[{"type":"'
const between = '},{"type":"'
const destination = '"dst":"'

/** More kinds of routes than that are no few that many routes share. */
const mostKinds = 20_000

/** Characters of a route that is read here: what has no end would be searched for it again with each piece that comes. */
const longest = 1_000_000

/** What a route is but for its destination, from the object that JSON.parse makes of it; null when it is none. */
export type ReadRest = (object: unknown) => Route | null

/**
 * Reads the array of `ip -j -d route show` piece by piece. What routes say beside their destination is said by many of them in the
 * same words, and read once: of 100,000 routes with a few hundred gateways JSON.parse would make millions of objects.
 */
export class JsonPieces {
  readonly #kinds: Kinds
  readonly #routes: Route[] = []
  readonly #index = new RouteIndex()
  /** What has come and is not read yet: it begins with an object. */
  #rest = ''
  #begun = false
  #fits = true

  /** @param readRest gets a route with `placeholder` as its destination, and throws what is no route. */
  constructor(
    placeholder: string,
    readRest: ReadRest,
    readonly readDestination: (text: string) => string,
  ) {
    this.#kinds = new Kinds(placeholder, readRest)
  }

  take(text: string): void {
    if (!this.#fits) return
    this.#rest += text
    if (!this.#begun) {
      if (this.#rest.length < first.length) return
      this.#begun = true
      this.#fits = this.#rest.startsWith(first)
      this.#rest = this.#rest.slice(1)
    }
    // An encapsulation has a `dst` of its own: which one is the route's is for others to say.
    if (this.#rest.length > longest + text.length || this.#rest.includes('"encap":')) this.#fits = false
    let at = 0
    for (let next = this.#nextAfter(at); this.#fits && next !== -1; next = this.#nextAfter(at)) {
      this.#fits = this.#read(at, next + 1)
      at = next + 2
    }
    this.#rest = this.#rest.slice(at)
  }

  /** @returns null for what is not printed in that way, and for routes that have too little in common: JSON.parse reads those. */
  end(): readonly Route[] | null {
    const end = endOfArray(this.#rest)
    if (!this.#begun || !this.#fits || end === -1) return null
    if (!this.#read(0, end)) return null
    rememberIndex(this.#routes, this.#index)
    return this.#routes
  }

  #nextAfter(at: number): number {
    return this.#rest.indexOf(between, at)
  }

  /** The object from `at` to `stop`. @returns whether it is one of those that are read here. */
  #read(at: number, stop: number): boolean {
    const text = this.#rest
    const from = text.indexOf(destination, at)
    const value = from + destination.length
    const to = from === -1 ? -1 : text.indexOf('"', value)
    if (to === -1 || to >= stop) return false
    const word = text.slice(value, to)
    const kind = this.#kinds.find(text, at, value, to, stop)
    // A backslash would be an escape, and its end is not here.
    if (kind === undefined || word.includes('\\')) return false
    if (kind !== null) this.#add(withDestination(kind, this.readDestination(word)))
    return true
  }

  #add(route: Route): void {
    this.#routes.push(route)
    this.#index.add(route)
  }
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
  ...(kind.preference === undefined ? undefined : { preference: kind.preference }),
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
    this.#byTail.set(copyOf(tail), kind)
    this.#size += 1
    return kind
  }

  #turnTo(head: string): void {
    this.#head = head
    this.#byTail = this.#byHead.get(head) ?? new Map()
    this.#byHead.set(head, this.#byTail)
  }
}

/** A slice keeps all of the text that it was cut from. */
const copyOf = (text: string): string => Buffer.from(text).toString()

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
