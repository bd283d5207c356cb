import { globMatcher } from '../../../lib/glob.js'
import { blankInterface } from '../draft.js'
import type { SystemReader } from '../files.js'
import type { ConfiguredInterface, ConfiguredRoute, Method, Note, Opaque } from '../value.js'
import { type Line, readLines } from './lines.js'
import { methodOf, readStanza, type Said, type Stanza } from './stanza.js'

/** interfaces(5) of Debian's and Ubuntu's ifupdown, and of ifupdown-ng, which Alpine has. */
export const ifupdownReader: SystemReader = {
  system: 'ifupdown',
  // `source` may name any path; the script prints no file of another system from elsewhere.
  owns: (path) =>
    !/^\/(usr\/lib|lib|run|etc)\/(NetworkManager|systemd|netplan|sysconfig|os-release)/.test(path) && path !== '/usr/lib/os-release',
  read: (files) => {
    const { lines, opaque } = readLines(files)
    const parsed = stanzasOf(lines)
    const read = parsed.stanzas.filter(({ name }) => !parsed.templates.has(name)).map((stanza) => ({ stanza, said: readStanza(stanza) }))
    const starts = (name: string): boolean => parsed.auto.some((pattern) => globMatcher(pattern)(name))
    const names = [...new Set(read.map(({ stanza }) => baseName(stanza.name)))]
    const interfaces = names.map((name) =>
      merge(
        name,
        read.filter(({ stanza }) => baseName(stanza.name) === name && (stanza.name === name || starts(stanza.name))),
        starts(name),
      ),
    )
    const merged = interfaces.map((entry) => ({
      ...entry,
      config: { ...entry.config, master: entry.config.master ?? ownerOf(entry.config, interfaces) },
    }))
    return {
      interfaces: merged.map(({ config }) => config),
      routes: merged.flatMap(({ said }) => said.flatMap(({ routes }) => routes)),
      rules: merged.flatMap(({ said }) => said.flatMap(({ rules }) => rules)),
      dns: [],
      search: [],
      opaque: [...opaque, ...parsed.opaque, ...merged.flatMap(({ said }) => said.flatMap((each) => each.opaque))],
      notes: [...merged.flatMap(({ said }) => said.flatMap(({ notes }) => notes)), ...asleep(read, starts)],
    }
  },
}

interface Parsed {
  readonly stanzas: readonly Stanza[]
  /** Names and patterns of what is brought up at boot or when it appears. */
  readonly auto: readonly string[]
  readonly templates: ReadonlySet<string>
  readonly opaque: readonly Opaque[]
}

/** An address of its own name, `eth0:1`, is an address of eth0. */
const baseName = (name: string): string => name.split(':')[0] ?? name

function stanzasOf(lines: readonly Line[]): Parsed {
  const stanzas: (Stanza & { readonly options: Line[] })[] = []
  const auto: string[] = []
  const opaque: Opaque[] = []
  const templates = new Set<string>()
  let open: Line[] | null = null
  for (const line of lines) {
    const { keyword, rest } = line
    if (keyword === 'iface' || keyword === 'template') {
      const stanza = headOf(line)
      stanzas.push(stanza)
      if (keyword === 'template') templates.add(stanza.name)
      open = stanza.options
    } else if (keyword === 'auto' || keyword === 'allow-auto' || keyword === 'allow-hotplug') {
      auto.push(...rest.split(/\s+/).map((name) => name.replace(/^\//, '').replace(/=.*$/, '')))
      // ifupdown-ng: `auto eth0` begins a stanza of its own, whose options may follow.
      open = null
    } else if (keyword === 'mapping' || keyword === 'rename') {
      opaque.push({
        ...placeOf(line),
        why: 'which configuration is taken is found out at boot',
        interface: null,
        topics: ['boot', 'addresses', 'routes', 'dns', 'link'],
      })
      open = null
    } else if (/^(allow-.*|no-auto-down|no-scripts)$/.test(keyword)) open = null
    else if (open !== null) open.push(line)
    else if (keyword !== 'script' && keyword !== 'map') {
      opaque.push({ ...placeOf(line), why: 'stands outside of any stanza', interface: null, topics: ['addresses', 'routes'] })
    }
  }
  return { stanzas: stanzas.map((stanza) => inherit(stanza, stanzas, 0)), auto, templates, opaque }
}

const placeOf = ({ file, line, keyword, rest }: Line): Pick<Opaque, 'file' | 'line' | 'text'> => ({
  file,
  line,
  text: `${keyword} ${rest}`.trim(),
})

/** `iface eth0 inet static`, `iface eth0 inet static inherits base`, ifupdown-ng's `iface eth0` and `iface eth0 inherits base`. */
function headOf(head: Line): Stanza & { readonly options: Line[] } {
  const [name = '', ...words] = head.rest.split(/\s+/)
  const [family, method] = words
  const at = words.indexOf('inherits')
  const isFamily = family === 'inet' || family === 'inet6'
  return {
    head,
    name: name.replace(/=.*$/, ''),
    family: isFamily ? family : null,
    method: isFamily ? (method ?? '') : '',
    inherits: at === -1 ? [] : words.slice(at + 1),
    options: [],
  }
}

/** Options of a template come first, so that the stanza's own win. */
function inherit(stanza: Stanza, all: readonly Stanza[], depth: number): Stanza {
  const names = [
    ...stanza.inherits,
    ...stanza.options.filter(({ keyword }) => keyword === 'inherit' || keyword === 'inherits').map(({ rest }) => rest),
  ]
  if (names.length === 0 || depth > 8) return stanza
  const parents = all.filter((each) => each !== stanza && names.includes(each.name)).map((each) => inherit(each, all, depth + 1))
  const method = stanza.method === '' ? (parents.find((parent) => parent.method !== '')?.method ?? '') : stanza.method
  return { ...stanza, method, options: [...parents.flatMap(({ options }) => options), ...stanza.options] }
}

interface Read {
  readonly stanza: Stanza
  readonly said: Said
}

interface Merged {
  readonly config: ConfiguredInterface
  readonly said: readonly Said[]
}

/** All stanzas of one name are carried out, one after another (interfaces(5)). */
function merge(name: string, read: readonly Read[], onboot: boolean): Merged {
  const said = read.map((each) => each.said)
  const [first] = read
  const addresses = said.flatMap((each) => each.addresses)
  const last = <Value>(values: readonly (Value | null)[]): Value | null => values.findLast((value) => value !== null) ?? null
  const vlan = vlanOf(name, last(said.map(({ vlanLink }) => vlanLink)), last(said.map(({ vlanId }) => vlanId)))
  const method4 = methodFor('inet', read)
  const method6 = methodFor('inet6', read)
  const config: ConfiguredInterface = {
    ...blankInterface({ file: first?.stanza.head.file ?? '', line: first?.stanza.head.line ?? 0 }, name),
    onboot,
    method4,
    method6,
    addresses,
    gateways: [...new Set(said.flatMap((each) => each.gateways))],
    defroute:
      [method4, method6].some((method) => method === 'dhcp' || method === 'auto') || said.some(({ routes }) => routes.some(isDefault)),
    dns: [...new Set(said.flatMap((each) => each.dns))],
    search: [...new Set(said.flatMap((each) => each.search))],
    mtu: last(said.map(({ mtu }) => mtu)),
    mac: last(said.map(({ mac }) => mac)),
    vlan,
    master: last(said.map(({ master }) => master)),
    ports: [...new Set(said.flatMap(({ ports }) => ports))],
  }
  return { config, said }
}

const isDefault = ({ destination }: ConfiguredRoute): boolean => destination.endsWith('/0')

/** ifupdown-ng needs no family: addresses make it static, `use dhcp` asks a server. null: no stanza for this family. */
function methodFor(family: 'inet' | 'inet6', read: readonly Read[]): Method | null {
  const named = read.filter(({ stanza }) => stanza.family === family)
  const found = named.map(({ stanza }) => methodOf(stanza))
  const strongest = found.find((method) => method === 'dhcp') ?? found.find((method) => method === 'static') ?? found[0]
  if (strongest !== undefined) return strongest
  const free = read.filter(({ stanza }) => stanza.family === null)
  if (free.length === 0) return null
  const isOfFamily = (address: string): boolean => address.includes(':') === (family === 'inet6')
  if (free.some(({ said }) => said.addresses.some(({ address }) => isOfFamily(address)))) return 'static'
  const uses = free.flatMap(({ stanza }) =>
    stanza.options.filter(({ keyword }) => keyword === 'use').flatMap(({ rest }) => rest.split(/\s+/)),
  )
  if (family === 'inet' && uses.includes('dhcp')) return 'dhcp'
  if (family === 'inet6' && uses.includes('ipv6-ra')) return 'auto'
  if (uses.includes('loopback')) return 'loopback'
  return family === 'inet' ? 'none' : null
}

/** `eth0.100`, `vlan100` with vlan-raw-device (vlan-interfaces(5)). */
function vlanOf(name: string, link: string | null, id: number | null): ConfiguredInterface['vlan'] {
  const [, parent, tag] = /^(.+)\.(\d{1,4})$/.exec(name) ?? []
  const named = /^vlan0*(\d{1,4})$/.exec(name)?.[1]
  if (link === null && id === null && tag === undefined) return null
  return { id: id ?? (tag === undefined ? (named === undefined ? null : Number(named)) : Number(tag)), link: link ?? parent ?? null }
}

function ownerOf({ name }: ConfiguredInterface, all: readonly Merged[]): string | null {
  return all.find(({ config }) => config.name !== name && name !== null && config.ports.includes(name))?.config.name ?? null
}

/** Addresses of aliases that nothing brings up. */
function asleep(read: readonly Read[], starts: (name: string) => boolean): readonly Note[] {
  return read
    .filter(({ stanza }) => stanza.name.includes(':') && !starts(stanza.name))
    .map(({ stanza }) => ({
      file: stanza.head.file,
      line: stanza.head.line,
      text: `Nothing brings ${stanza.name} up at boot: there is no auto ${stanza.name}.`,
    }))
}
