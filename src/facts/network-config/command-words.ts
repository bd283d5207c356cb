import { canonicalAddress, parsePrefix } from '../../lib/address.js'
import type { AddressFamily } from '../../lib/iproute2/route.js'
import { type RouteWords, readRouteWords, routeOf } from './ip-words.js'
import { maskLength } from './netmask.js'
import { ruleOfWords } from './rule-words.js'
import type { ConfiguredRule } from './value.js'

/** What a command line of a configuration file does, as far as it is about addresses and routes. */
export interface Effects {
  readonly routes: readonly RouteWords[]
  readonly rules: readonly Omit<ConfiguredRule, 'file' | 'line'>[]
  /** With the interface named in the command; null: the one it stands at. */
  readonly addresses: readonly { readonly address: string; readonly prefixLength: number; readonly interface: string | null }[]
}

const nothing: Effects = { routes: [], rules: [], addresses: [] }

/** Commands that change neither addresses nor routes, whatever their arguments. */
const harmless = new Set(
  ': true echo logger sleep iptables ip6tables iptables-restore ip6tables-restore iptables-nft-restore nft ethtool tc modprobe arping ndisc6 iwconfig wpa_cli'.split(
    ' ',
  ),
)

/**
 * Reads a shell command, or several with `;`, `&&` or `|| true` between them, each of them `ip`, `route` or one that does not
 * matter here.
 * @param interface stands for `$IFACE`, which ifupdown sets (interfaces(5)).
 * @returns null when any part is not understood in full: what it does is then not known.
 */
export function readCommandLine(line: string, device: string): Effects | null {
  const plain = line
    .replaceAll(/\$(?:IFACE\b|\{IFACE\})/g, device)
    .replaceAll(/(?:\d|&)?>\s*(?:\/dev\/null|&[12])/g, ' ')
    .trim()
  const parts = plain
    .replace(/\|\|\s*(?:true|:|exit 0)\s*;?\s*$/, '')
    .split(/;|&&/)
    .map((part) => part.replace(/\|\|\s*(?:true|:)\s*$/, '').trim())
  const effects = parts.filter((part) => part !== '').map(readCommand)
  if (effects.some((effect) => effect === null)) return null
  return {
    routes: effects.flatMap((effect) => effect?.routes ?? []),
    rules: effects.flatMap((effect) => effect?.rules ?? []),
    addresses: effects.flatMap((effect) => effect?.addresses ?? []),
  }
}

function readCommand(command: string): Effects | null {
  const [tool = '', ...args] = command.split(/\s+/)
  const name = tool.replace(/^\/(?:usr\/)?s?bin\//, '')
  // Quotes, substitutions and redirections: only the shell knows what becomes of them.
  if (/[$`"'\\|&<>(){}*?~#]/.test(command)) return harmless.has(name) && !/[$`|&>(]/.test(command) ? nothing : null
  if (harmless.has(name)) return nothing
  if (name === 'ip') return readIp(args)
  if (name === 'route') return readRoute(args)
  if (name === 'ifconfig') return readIfconfig(args)
  return null
}

function readIp(args: readonly string[]): Effects | null {
  const options = args.findIndex((arg) => !arg.startsWith('-'))
  if (options === -1) return null
  const given = args.slice(0, options)
  if (given.some((option) => !['-4', '-6'].includes(option))) return null
  const family: AddressFamily | null = given.includes('-6') ? 'inet6' : given.includes('-4') ? 'inet' : null
  const [object = '', verb = '', ...words] = args.slice(options)
  if (isShort(object, 'link')) return nothing
  if (isShort(object, 'neighbour') || isShort(object, 'neighbor')) return nothing
  // Not `change`, which is refused where nothing is there yet.
  if (!['a', 'ad', 'add', 'replace', 'append', 'prepend'].includes(verb)) return null
  if (isShort(object, 'route')) {
    const route = readRouteWords(words, family)
    return route === null ? null : { ...nothing, routes: [route] }
  }
  if (isShort(object, 'address')) return readAddress(words)
  if (object === 'rule' || object === 'ru') {
    const rule = ruleOfWords(words.join(' '), { file: '', line: 0 }, family ?? 'inet')
    return rule === null ? null : { ...nothing, rules: [rule] }
  }
  return null
}

const isShort = (word: string, whole: string): boolean => word.length > 0 && whole.startsWith(word)

/** `10.0.0.5/24 dev eth0 label eth0:1`. */
function readAddress(words: readonly string[]): Effects | null {
  const [first = '', ...others] = words[0] === 'local' ? words.slice(1) : words
  const prefix = parsePrefix(first)
  const address = canonicalAddress(first.split('/')[0] ?? '')
  if (prefix === null || address === null) return null
  const at = others.indexOf('dev')
  return { ...nothing, addresses: [{ address, prefixLength: prefix.length, interface: at === -1 ? null : (others[at + 1] ?? null) }] }
}

/** `eth0 mtu 9000` and `eth0 up` change nothing here; what gives an address is left alone. */
function readIfconfig([, ...words]: readonly string[]): Effects | null {
  return words.every(
    (word, at) => ['up', 'promisc', 'mtu', 'txqueuelen'].includes(word) || ['mtu', 'txqueuelen'].includes(words[at - 1] ?? ''),
  )
    ? nothing
    : null
}

/** route(8): `add [-net|-host] TARGET [netmask MASK] [gw GW] [metric N] [reject] [[dev] IF]`, with `-A inet6` or `--inet6` before. */
export function readRoute(args: readonly string[]): Effects | null {
  const words = [...args]
  let family: AddressFamily = 'inet'
  while (/^(-A|-6|-4|--inet6?|-n)$/.test(words[0] ?? '')) {
    const option = words.shift()
    if (option === '-A') family = words.shift() === 'inet6' ? 'inet6' : 'inet'
    else if (option === '-6' || option === '--inet6') family = 'inet6'
  }
  if (words.shift() !== 'add') return null
  const isHost = words[0] === '-host'
  if (isHost || words[0] === '-net') words.shift()
  const target = words.shift() ?? ''
  return readRouteArgs(target, isHost, words, family)
}

function readRouteArgs(target: string, isHost: boolean, words: readonly string[], family: AddressFamily): Effects | null {
  const found: { via?: string; metric?: string; interface?: string; type?: string } = {}
  let mask: number | null = null
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    if (word === 'reject') found.type = 'unreachable'
    else if (['gw', 'metric', 'dev', 'netmask', 'mss', 'window', 'irtt'].includes(word)) {
      at += 1
      const value = words[at] ?? ''
      if (word === 'gw') found.via = value
      else if (word === 'metric') found.metric = value
      else if (word === 'dev') found.interface = value
      else if (word === 'netmask') {
        mask = maskLength(value)
        if (mask === null) return null
      }
    } else if (at === words.length - 1) found.interface = word
    else return null
  }
  const zero = family === 'inet' ? '0.0.0.0/0' : '::/0'
  const isDefault = target === 'default' || (target === '0.0.0.0' && (mask === 0 || mask === null) && !isHost)
  const lacksMask = !target.includes('/') && mask === null && !isHost
  // Without a mask route(8) takes the class of the address, or the mask of the interface: that is for nobody to guess.
  if (!isDefault && lacksMask && family === 'inet' && /\.0$/.test(target)) return null
  const destination = isDefault ? zero : target.includes('/') || mask === null ? target : `${target}/${mask}`
  const route = routeOf({ destination, ...found }, family)
  return route === null ? null : { ...nothing, routes: [route] }
}
