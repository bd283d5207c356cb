import { NotUnderstood } from '../../lib/errors.js'
import { addressFlags, finishLink, interfaceBeneath, type LinkDraft, linkAddress } from './draft.js'
import type { Link, LinkAddress } from './value.js'

/** `5: eth0@if4: <BROADCAST,UP> mtu 1500 …`. The kernel allows neither `:` nor `/` nor white space in a name (dev_valid_name). */
const linkLine = /^\d+: ([^\s:/]+): <([^>\s]*)> mtu (\d{1,10})\b(.*)$/
const hardwareLine = /^ {4}link\/(\S+)(?: +([0-9a-f:.]+))?/i
/** The kind, first word of the line below `link/`; below that follow its port's details, `bond_slave state …`. */
const kindLine = /^ {4}([a-z][a-z0-9_-]*) ?(.*)$/
const addressLine = /^ +(inet6?) (\S+?)(?:\/(\d{1,3}))?(?: peer (\S+?)(?:\/(\d{1,3}))?)?(?: (.*))?$/

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] }

type Open = Mutable<Omit<LinkDraft, 'addresses' | 'altNames'>> & {
  readonly addresses: LinkAddress[]
  readonly altNames: string[]
  /** Whether the line above was the one with the hardware address. */
  afterHardware: boolean
  /** Whether its other end, or what it sends through, is in another namespace. */
  isForeign: boolean
}

/** What a version of `ip` shows. */
export interface Dialect {
  /** `-d`: the kind of a link, and its details. */
  readonly kinds: boolean
  /** `NAME@PARENT`, where the parent is on this host. BusyBox looks a foreign index up among its own links (ipaddress.c). */
  readonly parents: boolean
}

/**
 * Reads `ip -d address show` of every iproute2, and `ip address` of BusyBox.
 * @throws NotUnderstood
 */
export function readIpText(stdout: string, dialect: Dialect): readonly Link[] {
  const links: Open[] = []
  for (const line of stdout.split('\n')) {
    if (line.trim() === '') continue
    if (/^\S/.test(line)) links.push(openLink(line, dialect))
    else if (links.at(-1) === undefined) throw new NotUnderstood('an interface of ip address', line)
    else readDetail(links.at(-1) as Open, line, dialect)
  }
  return links.map(finishLink)
}

function openLink(line: string, dialect: Dialect): Open {
  const [, shown = '', flags, mtu, rest = ''] = linkLine.exec(line) ?? []
  if (flags === undefined || mtu === undefined) throw new NotUnderstood('an interface of ip address', line)
  const { name, parent } = splitName(shown)
  return {
    ...{ name, altNames: [], flags: flags.split(','), mtu: Number(mtu), hardware: '', mac: null, vlanId: null, addresses: [] },
    operState: / state (\S+)/.exec(rest)?.[1] ?? null,
    kind: dialect.kinds ? null : undefined,
    parent: dialect.parents ? parent : null,
    master: / master (\S+)/.exec(rest)?.[1] ?? null,
    afterHardware: false,
    isForeign: false,
  }
}

/** `eth0.7@eth0`; `eth0@if4` and `eth0@NONE` for links of which the other end is elsewhere. A name may hold an `@` itself. */
function splitName(shown: string): { readonly name: string; readonly parent: string | null } {
  const at = shown.lastIndexOf('@')
  if (at <= 0) return { name: shown, parent: null }
  const parent = shown.slice(at + 1)
  return { name: shown.slice(0, at), parent: parent === 'NONE' || /^if\d+$/.test(parent) ? null : parent }
}

function readDetail(link: Open, line: string, dialect: Dialect): void {
  const isKind = link.afterHardware && dialect.kinds
  link.afterHardware = false
  const [, hardware, mac] = hardwareLine.exec(line) ?? []
  if (hardware !== undefined) {
    Object.assign(link, { hardware, mac: mac ?? null, afterHardware: true, isForeign: / link-netns(?:id)? /.test(line) })
    return
  }
  if (/^ +inet6? /.test(line)) {
    link.addresses.push(readAddress(line))
    return
  }
  const [, word = '', details = ''] = kindLine.exec(line) ?? []
  if (word === 'altname') link.altNames.push(details.trim())
  else if (isKind && !noKinds.has(word) && !word.endsWith('_slave') && word !== '') readKind(link, word, details)
}

/** What may stand below `link/` for a link that has no kind. */
const noKinds: ReadonlySet<string> = new Set(['alias', 'altname', 'vf', 'xdp', 'prog'])

function readKind(link: Open, kind: string, details: string): void {
  link.kind = kind === 'tun' && details.startsWith('type tap') ? 'tap' : kind
  const id = kind === 'vlan' ? /(?:^| )id (\d{1,4})\b/.exec(details)?.[1] : undefined
  if (id !== undefined) link.vlanId = Number(id)
  link.parent ??= interfaceBeneath(kind, /(?:^| )dev (\S+)/.exec(details)?.[1] ?? null, link.isForeign)
}

function readAddress(line: string): LinkAddress {
  const [, family, local, length, peer, peerLength, rest = ''] = addressLine.exec(line) ?? []
  if (local === undefined) throw new NotUnderstood('an address of ip address', line)
  const whole = family === 'inet' ? 32 : 128
  // Behind the flags stands the label, which may be called like one of them; `scope` and what is before it is no flag either.
  const words = rest.split(/\s+/).filter((word) => word !== '')
  const behind = words.slice(words.indexOf('scope') + 2, family === 'inet' && words.length > 0 ? -1 : undefined)
  const flags = addressFlags.filter((flag) => behind.includes(flag))
  return linkAddress(local, Number(peerLength ?? length ?? whole), peer ?? null, flags)
}
