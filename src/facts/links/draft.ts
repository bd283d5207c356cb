import { addressFamily, canonicalAddress } from '../../lib/address.js'
import { NotUnderstood } from '../../lib/errors.js'
import type { Link, LinkAddress } from './value.js'

/** A link as a tool words it. */
export interface LinkDraft {
  readonly name: string
  readonly altNames: readonly string[]
  /** `UP`, `LOWER_UP`, `NO-CARRIER` … as ip-link(8) prints them. */
  readonly flags: readonly string[]
  readonly operState: string | null
  /** `ether`, `loopback`, `none` … (ARPHRD_* of if_arp.h). */
  readonly hardware: string
  readonly mac: string | null
  readonly mtu: number
  /** The kernel's kind; null for links that have none, undefined where the tool does not show kinds. */
  readonly kind: string | null | undefined
  readonly vlanId: number | null
  readonly parent: string | null
  readonly master: string | null
  readonly addresses: readonly LinkAddress[]
}

/** Kinds that may name the interface which they send through in their details alone: ip/iplink_vxlan.c, link_gre.c, link_iptnl.c and their kin. */
const sending: ReadonlySet<string | null> = new Set([
  ...['vxlan', 'gre', 'gretap', 'erspan', 'ip6gre', 'ip6gretap', 'ip6erspan', 'ipip', 'sit', 'ip6tnl', 'vti', 'vti6'],
])

/**
 * @param name as `ip` looks the index up among the links that it sees: `if7` where there is none, another one where it is of another namespace.
 * @param foreign whether what the link sends through is in another namespace.
 */
export const interfaceBeneath = (kind: string | null, name: string | null, foreign: boolean): string | null =>
  foreign || name === null || !sending.has(kind) || /^if\d+$/.test(name) ? null : name

/** @throws NotUnderstood */
export function finishLink(draft: LinkDraft): Link {
  const { flags, hardware, kind, vlanId, mtu } = draft
  const up = flags.includes('UP')
  if (!Number.isSafeInteger(mtu) || mtu < 0) throw new NotUnderstood('an MTU', String(mtu))
  return {
    name: draft.name,
    altNames: draft.altNames,
    up,
    carrier: up ? flags.includes('LOWER_UP') : null,
    operState: draft.operState?.toLowerCase() ?? null,
    mac: hardware === 'loopback' || draft.mac === null ? null : readMac(draft.mac),
    mtu,
    type: typeOf(hardware, kind),
    vlanId: vlanId !== null && vlanId <= 4_095 ? vlanId : null,
    parent: draft.parent,
    master: draft.master,
    addresses: draft.addresses,
  }
}

function typeOf(hardware: string, kind: string | null | undefined): string | null {
  if (hardware === 'loopback') return 'loopback'
  if (kind === undefined) return null
  return kind ?? (hardware === 'ether' ? 'ethernet' : hardware)
}

/** Tunnels have an address of another kind here (`link/ipip 10.0.0.1 peer …`), which is no MAC. */
function readMac(text: string): string | null {
  return /^[0-9a-f]{2}(:[0-9a-f]{2}){5,31}$/i.test(text) ? text.toLowerCase() : null
}

/**
 * @param peer what the tool prints beside the address: the other end, or the address once more.
 * @throws NotUnderstood
 */
export function linkAddress(local: string, length: number, peer: string | null, flags: readonly string[] | null): LinkAddress {
  const address = readAddress(local)
  const bits = local.includes(':') || addressFamily(address) === 6 ? 128 : 32
  if (!Number.isInteger(length) || length < 0 || length > bits) throw new NotUnderstood('a prefix length', String(length))
  const other = peer === null ? null : readAddress(peer)
  return { address, prefixLength: length, peer: other === address ? null : other, flags }
}

function readAddress(text: string): string {
  const address = canonicalAddress(text)
  if (address === null) throw new NotUnderstood('an address of an interface', text)
  return address
}

/** The words of ip-address(8) for IFA_F_* flags that say whether and for what an address serves. */
export const addressFlags: readonly string[] = [
  ...['secondary', 'temporary', 'dynamic', 'deprecated', 'tentative', 'dadfailed', 'optimistic', 'nodad'],
  ...['home', 'mngtmpaddr', 'noprefixroute', 'autojoin'],
]
