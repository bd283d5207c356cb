/** A packet below its link header. */
export interface Framed {
  /** EtherType (IEEE 802); null where the link has none, or it was cut off. */
  readonly etherType: number | null
  readonly payload: Buffer
  readonly sourceMac: string | null
  readonly targetMac: string | null
  readonly vlans: readonly number[]
  readonly isOutgoing: boolean | null
}

const ipv4 = 0x0800
const ipv6 = 0x86dd
/** 802.1Q, 802.1ad, and what was in use before it. */
const tags: ReadonlySet<number> = new Set([0x8100, 0x88a8, 0x9100])

const bare = { sourceMac: null, targetMac: null, vlans: [], isOutgoing: null }

/** By link type, https://www.tcpdump.org/linktypes.html. */
const links: Readonly<Record<number, (data: Buffer) => Framed>> = {
  0: family, // NULL: the address family in the byte order of the host that captured
  1: ethernet,
  12: byVersion, // RAW as some systems number it
  101: byVersion,
  108: family, // LOOP: the same in network byte order
  113: cooked,
  228: byVersion,
  229: byVersion,
  276: cooked2,
}

/** @returns null for a link that is not known. */
export function unframe(linkType: number, data: Buffer): Framed | null {
  return links[linkType]?.(data) ?? null
}

function ethernet(data: Buffer): Framed {
  const macs = { targetMac: mac(data, 0), sourceMac: mac(data, 6) }
  return { ...untag(data, 12), ...macs, isOutgoing: null }
}

/** Below any number of VLAN tags. @param at where the EtherType is. */
function untag(data: Buffer, at: number): Pick<Framed, 'etherType' | 'payload' | 'vlans'> {
  const vlans: number[] = []
  let from = at
  while (from + 4 <= data.length && tags.has(data.readUInt16BE(from))) {
    vlans.push(data.readUInt16BE(from + 2) & 0x0fff)
    from += 4
  }
  const word = from + 2 <= data.length ? data.readUInt16BE(from) : null
  // Below 0x600 it is a length, of IEEE 802.3.
  return { etherType: word !== null && word < 0x600 ? null : word, payload: data.subarray(from + 2), vlans }
}

/** LINUX_SLL: what `-i any` gives. */
function cooked(data: Buffer): Framed {
  if (data.length < 16) return { ...bare, etherType: null, payload: data.subarray(data.length) }
  return {
    ...untag(data, 14),
    sourceMac: data.readUInt16BE(4) === 6 ? mac(data, 6) : null,
    targetMac: null,
    isOutgoing: data.readUInt16BE(0) === 4,
  }
}

/** LINUX_SLL2: the same of newer versions. */
function cooked2(data: Buffer): Framed {
  if (data.length < 20) return { ...bare, etherType: null, payload: data.subarray(data.length) }
  const tagged = untag(Buffer.concat([data.subarray(0, 2), data.subarray(20)]), 0)
  return { ...tagged, sourceMac: data[11] === 6 ? mac(data, 12) : null, targetMac: null, isOutgoing: data[10] === 4 }
}

function byVersion(data: Buffer): Framed {
  const version = (data[0] ?? 0) >> 4
  return { ...bare, etherType: version === 4 ? ipv4 : version === 6 ? ipv6 : null, payload: data }
}

/** Families are 2 for IPv4 everywhere, and for IPv6 24, 28 or 30 on the BSDs, 10 on Linux; the packet tells as well. */
function family(data: Buffer): Framed {
  return byVersion(data.subarray(4))
}

function mac(data: Buffer, at: number): string | null {
  return at + 6 > data.length ? null : [...data.subarray(at, at + 6)].map((byte) => byte.toString(16).padStart(2, '0')).join(':')
}
