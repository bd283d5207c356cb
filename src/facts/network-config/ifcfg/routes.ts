import { readRoute } from '../command-words.js'
import type { ConfigFile } from '../files.js'
import { readRouteWords, routeOf } from '../ip-words.js'
import { maskLength } from '../netmask.js'
import { ruleOfWords } from '../rule-words.js'
import type { ConfiguredRoute, ConfiguredRule, Note, Opaque } from '../value.js'
import { readVariables } from './variables.js'

export interface RouteFile {
  readonly routes: readonly ConfiguredRoute[]
  readonly rules: readonly ConfiguredRule[]
  readonly notes: readonly Note[]
  readonly opaque: readonly Opaque[]
}

const nothing: RouteFile = { routes: [], rules: [], notes: [], opaque: [] }

/**
 * route-IF and route6-IF, in either syntax. A file with one `ADDRESS0=` line is read as assignments, any other as the arguments of
 * `ip route add`, a line each (`ifup-routes` of initscripts, `utils_has_route_file_new_syntax` of NetworkManager).
 */
export function readRouteFile(file: ConfigFile, device: string): RouteFile {
  if (file.lines.some((line) => /^\s*ADDRESS\d+=/.test(line))) return readNumbered(file, device)
  const family = /\/route6-[^/]*$/.test(file.path) ? 'inet6' : null
  return byLine(file, device, (words, place) => {
    const route = readRouteWords(words, family)
    return route === null
      ? null
      : { ...nothing, routes: [{ ...place, ...route, interface: route.interface ?? (route.type === 'unicast' ? device : null) }] }
  })
}

/** rule-IF and rule6-IF: the arguments of `ip rule add`, a line each. */
export function readRuleFile(file: ConfigFile, device: string): RouteFile {
  const family = /\/rule6-[^/]*$/.test(file.path) ? 'inet6' : 'inet'
  return byLine(file, device, (words, place) => {
    const rule = ruleOfWords(words.join(' '), place, family)
    return rule === null ? null : { ...nothing, rules: [rule] }
  })
}

/** /etc/sysconfig/static-routes: `any net 10.0.0.0 netmask 255.0.0.0 gw 10.1.0.1`, given to route(8) behind `add -`. */
export function readStaticRoutes(file: ConfigFile): RouteFile {
  return byLine(file, null, ([device = '', ...words], place) => {
    const effects = readRoute(['add', ...words.map((word, at) => (at === 0 ? `-${word}` : word)), ...(device === 'any' ? [] : [device])])
    return effects === null ? null : { ...nothing, routes: effects.routes.map((route) => ({ ...place, ...route })) }
  })
}

function byLine(
  { path, lines }: ConfigFile,
  device: string | null,
  read: (words: readonly string[], place: { readonly file: string; readonly line: number }) => RouteFile | null,
): RouteFile {
  return joinRouteFiles(
    lines.map((raw, index): RouteFile => {
      const text = raw.trim()
      const place = { file: path, line: index + 1 }
      if (text === '' || text.startsWith('#')) return nothing
      const why = 'not the arguments of ip that are known here'
      return read(text.split(/\s+/), place) ?? { ...nothing, opaque: [{ ...place, text, why, interface: device, topics: ['routes'] }] }
    }),
  )
}

export function joinRouteFiles(files: readonly RouteFile[]): RouteFile {
  return {
    routes: files.flatMap(({ routes }) => routes),
    rules: files.flatMap(({ rules }) => rules),
    notes: files.flatMap(({ notes }) => notes),
    opaque: files.flatMap(({ opaque }) => opaque),
  }
}

/**
 * ADDRESS0, NETMASK0, GATEWAY0, METRIC0 and so on. The loop of ifup-routes (initscripts) ends at the first number that is missing,
 * NetworkManager reads on: what stands behind a gap may be made or not.
 */
function readNumbered(file: ConfigFile, device: string): RouteFile {
  const variables = readVariables(file, device)
  const numbers = variables.keys
    .filter((key) => /^ADDRESS\d+$/.test(key))
    .map((key) => Number(key.slice('ADDRESS'.length)))
    .sort((a, b) => a - b)
  const gap = numbers.find((number, index) => number !== index)
  const routes: ConfiguredRoute[] = []
  const opaque: Opaque[] = [...variables.opaque]
  for (const number of numbers) {
    const value = (key: string): string | undefined => variables.of(`${key}${number}`)
    const place = { file: file.path, line: variables.lineOf(`ADDRESS${number}`) }
    const mask = value('NETMASK') ?? value('PREFIX')
    const length = mask === undefined ? null : maskLength(mask)
    const via = value('GATEWAY')
    const metric = value('METRIC')
    const route = routeOf(
      {
        destination: `${value('ADDRESS')}/${length}`,
        interface: device,
        ...(via === undefined ? {} : { via }),
        ...(metric === undefined ? {} : { metric }),
      },
      'inet',
    )
    const isBehindGap = gap !== undefined && number >= gap
    if (route !== null && !isBehindGap) {
      routes.push({ ...place, ...route })
      continue
    }
    const text = ['ADDRESS', 'NETMASK', 'GATEWAY', 'METRIC'].map((key) => `${key}${number}=${value(key) ?? ''}`).join(' ')
    const unsaid = mask === undefined ? `no NETMASK${number}: what is taken depends on who reads it` : 'not a route'
    const why = isBehindGap ? `the numbers skip before ADDRESS${gap}: count them from 0 without a gap` : unsaid
    opaque.push({ ...place, text, why, interface: device, topics: ['routes'] })
  }
  return { ...nothing, routes, opaque }
}
