import { NotUnderstood } from '../errors.js'
import { finishRoute, type NextHopDraft, type RouteDraft, type Silence } from './draft.js'
import { type AddressFamily, isRouteType, type Route } from './route.js'

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] }
/** A route being read, line by line; its lists grow in place, so that hostile lengths cost no more than their bytes. */
type OpenRoute = Mutable<Omit<RouteDraft, 'nextHops'>> & { readonly nextHops: NextHopDraft[] }

/** Words that say something about the whole route, each followed by one value. */
const routeWords = new Map([
  ['table', 'table'],
  ['proto', 'protocol'],
  ['scope', 'scope'],
  ['src', 'source'],
  ['from', 'from'],
  ['tos', 'tos'],
  ['pref', 'pref'],
] as const)

/** Words followed by a value of no interest here, which must not be taken for a word itself. */
const passedOver: ReadonlySet<string> = new Set(
  'nhid uid mtu advmss hoplimit initcwnd initrwnd rtt rttvar rto_min cwnd window ssthresh reordering realm realms flow error expires iif mark age users used congctl quickack features fastopen_no_cookie as ttl ttl-propogate'.split(
    ' ',
  ),
)

const flagWords: ReadonlySet<string> = new Set(
  'dead onlink pervasive offload trap notify linkdown unresolved rt_offload rt_trap rt_offload_failed'.split(' '),
)

/**
 * Reads what `ip route show` prints, in every version of iproute2, with or without `-d`, and in BusyBox.
 * Next hops of a multipath route stand on lines of their own.
 * @throws NotUnderstood
 */
export function readTextRoutes(text: string, family: AddressFamily, silence: Silence): readonly Route[] {
  const routes: Route[] = []
  let open: OpenRoute | null = null
  const close = (): void => {
    const route = open === null ? null : finishRoute(open, family, silence)
    if (route !== null) routes.push(route)
  }
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    if (/^\s/.test(line)) {
      if (open === null) throw new NotUnderstood('a route from ip route', line)
      continueRoute(open, line)
      continue
    }
    close()
    open = startRoute(line)
  }
  close()
  return routes
}

function startRoute(line: string): OpenRoute {
  const words = line.trimEnd().split(/\s+/)
  const [first = ''] = words
  const typed = isRouteType(first)
  const draft: OpenRoute = { destination: words[typed ? 1 : 0] ?? '', nextHops: [], ...(typed ? { type: first } : {}) }
  const hop = readWords(draft, words, typed ? 2 : 1)
  if (hop.via !== undefined || hop.interface !== undefined) draft.nextHops.push(hop)
  return draft
}

function continueRoute(draft: OpenRoute, line: string): void {
  const words = line.trim().split(/\s+/)
  if (words[0] === 'nexthop') draft.nextHops.push(readWords(draft, words, 1))
  else if (words[0] === 'cache') draft.cached = true
  // `nh_info` repeats what the `nexthop` lines say.
}

/** Reads words into the route; what they say about a next hop is returned. */
function readWords(draft: OpenRoute, words: readonly string[], from: number): NextHopDraft {
  const flags: string[] = []
  const hop: Mutable<NextHopDraft> = { flags }
  let index = from
  const value = (): string => {
    index += 1
    return words[index] ?? ''
  }
  for (; index < words.length; index += 1) {
    const word = words[index] ?? ''
    const field = routeWords.get(word as 'table')
    if (field !== undefined) draft[field] = value()
    else if (word === 'via') hop.via = readGateway(value)
    else if (word === 'dev') hop.interface = value()
    else if (word === 'weight') hop.weight = readNumber(value())
    else if (word === 'metric') draft.metric = readNumber(value())
    else if (flagWords.has(word)) flags.push(word)
    else if (passedOver.has(word)) value()
    else if (word === 'encap') index = endOfEncapsulation(words, index)
  }
  return hop
}

/** `via 10.0.0.1`, or `via inet6 fe80::1` when the gateway is of the other family. */
function readGateway(next: () => string): string {
  const word = next()
  return word === 'inet' || word === 'inet6' ? next() : word
}

/** A tunnel's own words (`src`, `dst`, `tos` …) end before the route's `via` or `dev`. */
function endOfEncapsulation(words: readonly string[], from: number): number {
  let index = from + 1
  while (index < words.length && words[index] !== 'via' && words[index] !== 'dev') index += 1
  return index - 1
}

/** Old versions print large metrics as negative numbers. */
function readNumber(text: string): number {
  if (/^-?\d{1,10}$/.test(text)) return Number(text) >>> 0
  throw new NotUnderstood('a number', text)
}
