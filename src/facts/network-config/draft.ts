import { serverOf } from './text-values.js'
import {
  type ConfiguredInterface,
  type ConfiguredRoute,
  type ConfiguredRule,
  type Note,
  type Opaque,
  type Place,
  type SystemConfig,
  type Topic,
  topics,
} from './value.js'

/** A file of rubbish shall not become a hundred thousand findings: what follows these is told once. */
const mostOpaque = 40

/** What one system's files say, while they are being read. */
export class Draft {
  readonly interfaces: ConfiguredInterface[] = []
  readonly routes: ConfiguredRoute[] = []
  readonly rules: ConfiguredRule[] = []
  private readonly opaque: Opaque[] = []
  private readonly notes: Note[] = []
  private readonly opaqueOf = new Map<string, number>()

  /** Something that is not understood. @param about what it may be about; everything when left out. */
  doubt({ file, line }: Place, text: string, why: string, concerns: string | null, about: readonly Topic[] = topics): void {
    const before = this.opaqueOf.get(file) ?? 0
    this.opaqueOf.set(file, before + 1)
    if (before < mostOpaque) this.opaque.push({ file, line, text: text.slice(0, 200), why, interface: concerns, topics: about })
    if (before === mostOpaque)
      this.opaque.push({ file, line, text: text.slice(0, 200), why: 'more of this file is not understood', interface: null, topics })
  }

  /** @returns the addresses of DNS servers; what is none is told. */
  servers(entries: readonly (Place & { readonly text: string })[], concerns: string | null): readonly string[] {
    return entries.flatMap((entry) => {
      const server = serverOf(entry.text)
      if (server === null) this.doubt(entry, entry.text, 'expected the address of a DNS server', concerns, ['dns'])
      return server === null ? [] : [server]
    })
  }

  note({ file, line }: Place, text: string): void {
    if (this.notes.length < mostOpaque) this.notes.push({ file, line, text })
  }

  /** Takes over all that another reading found. */
  add({ interfaces, routes, rules, opaque, notes }: SystemConfig): void {
    // One by one: there may be more than a call takes arguments.
    for (const each of interfaces) this.interfaces.push(each)
    for (const each of routes) this.routes.push(each)
    for (const each of rules) this.rules.push(each)
    for (const each of opaque) this.opaque.push(each)
    for (const each of notes) this.notes.push(each)
  }

  finish(): SystemConfig {
    const { interfaces, routes, rules, opaque, notes } = this
    return { interfaces, routes, rules, dns: [], search: [], opaque, notes }
  }
}

/**
 * Whether a default route through an interface may be made.
 * @param offers for each family that a server or router may offer one in: whether it would be taken.
 * @param stated whether one is stated, which decides where nobody offers any.
 */
export function defrouteOf(offers: readonly boolean[], stated: boolean): boolean | null {
  const [first, ...others] = offers
  if (first === undefined) return stated
  return others.every((offer) => offer === first) ? first : null
}

/** An interface of which nothing is said yet but where its configuration begins. */
export function blankInterface({ file, line }: Place, name: string | null): ConfiguredInterface {
  return {
    file,
    line,
    name,
    match: null,
    matchMac: null,
    matchNames: [],
    onboot: true,
    method4: 'none',
    method6: 'none',
    addresses: [],
    gateways: [],
    defroute: false,
    dns: [],
    search: [],
    mtu: null,
    mac: null,
    vlan: null,
    master: null,
    ports: [],
  }
}
