import { addressFamily, canonicalAddress } from '../../../lib/address.js'
import { readCommandLine } from '../command-words.js'
import { classLength, maskLength } from '../netmask.js'
import { addressesOf, macOf, wholeOf, wordsOf } from '../text-values.js'
import type { ConfiguredAddress, ConfiguredRoute, ConfiguredRule, Method, Note, Opaque } from '../value.js'
import type { Line } from './lines.js'

/** One `iface` of interfaces(5) with the lines that belong to it. */
export interface Stanza {
  readonly head: Line
  readonly name: string
  /** null: ifupdown-ng's `iface eth0` without a family. */
  readonly family: 'inet' | 'inet6' | null
  readonly method: string
  /** Templates of ifupdown-ng and of ifupdown's `inherits`. */
  readonly inherits: readonly string[]
  readonly options: readonly Line[]
}

/** What one stanza says. */
export interface Said {
  readonly addresses: readonly ConfiguredAddress[]
  readonly gateways: readonly string[]
  readonly routes: readonly ConfiguredRoute[]
  readonly rules: readonly ConfiguredRule[]
  readonly dns: readonly string[]
  readonly search: readonly string[]
  readonly mtu: number | null
  readonly mac: string | null
  readonly vlanLink: string | null
  readonly vlanId: number | null
  readonly master: string | null
  readonly ports: readonly string[]
  readonly opaque: readonly Opaque[]
  readonly notes: readonly Note[]
}

const methods: Readonly<Record<string, Method>> = {
  static: 'static',
  dhcp: 'dhcp',
  bootp: 'dhcp',
  manual: 'none',
  none: 'none',
  loopback: 'loopback',
  auto: 'auto',
  ipv4ll: 'link-local',
  'link-local': 'link-local',
  ppp: 'other',
  wvdial: 'other',
  tunnel: 'other',
  '6to4': 'other',
  v4tunnel: 'other',
}

/** null: a method that is not known. */
export const methodOf = (stanza: Stanza): Method | null => methods[stanza.method] ?? null

/** Commands that run when the interface comes up; those of going down are of no interest to a boot. */
const up = new Set(['up', 'post-up', 'pre-up'])
const vlanKeys = new Set(['vlan-raw-device', 'vlan_raw_device'])
const masterKeys = new Set(['bond-master', 'bond_master'])
const portKeys = new Set(['bridge_ports', 'bridge-ports', 'bond-slaves', 'bond_slaves', 'slaves', 'bond-members', 'requires'])

/** With these neither `address` nor `gateway` means anything (inet.defn and inet6.defn of ifupdown), as leftovers of `static` show. */
const withoutStatics = new Set(['manual', 'dhcp', 'bootp', 'auto', 'ipv4ll', 'link-local'])

export function readStanza(stanza: Stanza): Said {
  const { options, name } = stanza
  const of = (...keys: readonly string[]): readonly Line[] => options.filter(({ keyword }) => keys.includes(keyword))
  const last = (...keys: readonly string[]): string | null => of(...keys).at(-1)?.rest ?? null
  const ip = readAddresses(stanza)
  const ignored = withoutStatics.has(stanza.method) ? of('gateway') : []
  const gateways = (ignored.length > 0 ? [] : of('gateway')).map((line) => ({
    line,
    via: canonicalAddress(line.rest.split(/\s+/)[0] ?? ''),
  }))
  const commands = options.filter(({ keyword }) => up.has(keyword)).map((line) => readUp(line, name))
  const metric = wholeOf(last('metric') ?? '')
  return {
    addresses: [...ip.addresses, ...commands.flatMap(({ addresses }) => addresses)],
    gateways: gateways.map(({ via }) => via).filter((via) => via !== null),
    routes: [
      ...gateways.flatMap(({ line, via }) => (via === null ? [] : [defaultRoute(line, via, name, metric)])),
      ...commands.flatMap(({ routes }) => routes),
    ],
    rules: commands.flatMap(({ rules }) => rules),
    dns: addressesOf(of('dns-nameservers', 'dns-nameserver').flatMap(({ rest }) => wordsOf(rest))),
    search: [...new Set(of('dns-search', 'dns-domain').flatMap(({ rest }) => wordsOf(rest)))],
    mtu: wholeOf(last('mtu') ?? ''),
    mac: macOf((last('hwaddress') ?? '').replace(/^ether\s+/, '')),
    vlanLink: options.findLast(({ keyword }) => vlanKeys.has(keyword))?.rest ?? null,
    vlanId: wholeOf(last('vlan-id', 'vlan_id') ?? ''),
    master: options.findLast(({ keyword }) => masterKeys.has(keyword))?.rest ?? null,
    ports: options.filter(({ keyword }) => portKeys.has(keyword)).flatMap(({ rest }) => wordsOf(rest).filter((word) => word !== 'none')),
    opaque: [
      ...ip.opaque,
      ...gateways.flatMap(({ line, via }) => (via === null ? [opaqueLine(line, name, 'not an address')] : [])),
      ...commands.flatMap(({ opaque }) => opaque),
    ],
    notes: [
      ...ip.notes,
      ...ignored.map(({ file, line, rest }) => ({ file, line, text: `gateway ${rest}: not set, as the method is ${stanza.method}.` })),
    ],
  }
}

const opaqueLine = ({ file, line, keyword, rest }: Line, name: string, why: string): Opaque => ({
  ...{ file, line, text: `${keyword} ${rest}`, why, interface: name, topics: ['addresses', 'routes'] },
})

function defaultRoute({ file, line }: Line, via: string, name: string, metric: number | null): ConfiguredRoute {
  const six = via.includes(':')
  return {
    ...{ file, line, family: six ? 'inet6' : 'inet', destination: six ? '::/0' : '0.0.0.0/0', via, interface: name },
    ...{ metric, table: 'main', source: null, type: 'unicast' },
  }
}

/** ifupdown has one `address` a stanza, ifupdown-ng any number; the length stands with it or in `netmask`. */
function readAddresses({ options, name, method }: Stanza): Pick<Said, 'addresses' | 'opaque' | 'notes'> {
  const notes: Note[] = []
  const opaque: Opaque[] = []
  const mask = options.findLast(({ keyword }) => keyword === 'netmask')?.rest
  const addresses = options.flatMap((line): readonly ConfiguredAddress[] => {
    if (line.keyword !== 'address' || withoutStatics.has(method)) return []
    const [bare = '', own] = (line.rest.split(/\s+/)[0] ?? '').split('/')
    const address = canonicalAddress(bare)
    const text = own ?? mask
    const length = address === null ? null : text === undefined ? defaultLength(address) : maskLength(text)
    if (address === null || length === null || length > (addressFamily(address) === 4 ? 32 : 128)) {
      opaque.push(opaqueLine(line, name, 'not an address with a length'))
      return []
    }
    const { file } = line
    if (text === undefined) notes.push({ file, line: line.line, text: `${address} has no netmask: /${length} is taken.` })
    return [{ file, line: line.line, address, prefixLength: length }]
  })
  return { addresses, opaque, notes }
}

/** Without a netmask: the class of the address (`compute_v4_mask`, ifupdown's archcommon.c), 64 bits for IPv6. */
const defaultLength = (address: string): number => (addressFamily(address) === 4 ? classLength(address) : 64)

function readUp(line: Line, name: string): Pick<Said, 'addresses' | 'routes' | 'rules' | 'opaque'> {
  const effects = readCommandLine(line.rest, name)
  const place = { file: line.file, line: line.line }
  if (effects === null) {
    return { addresses: [], routes: [], rules: [], opaque: [opaqueLine(line, name, 'a command that is not understood')] }
  }
  if (line.keyword === 'pre-up' && effects.routes.some(({ type }) => type === 'unicast')) {
    return {
      addresses: [],
      routes: [],
      rules: [],
      opaque: [opaqueLine(line, name, 'runs before the interface is up, when its routes are refused')],
    }
  }
  const own = effects.addresses.filter((address) => (address.interface ?? name) === name)
  return {
    addresses: own.map(({ address, prefixLength }) => ({ ...place, address, prefixLength })),
    routes: effects.routes.map((route) => ({ ...place, ...route })),
    rules: effects.rules.map((rule) => ({ ...rule, ...place, text: line.rest })),
    opaque: own.length < effects.addresses.length ? [opaqueLine(line, name, 'an address of another interface')] : [],
  }
}
