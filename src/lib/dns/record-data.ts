import { canonicalAddress } from '../address.js'
import { parts } from './library.js'
import { presentName, presentQuoted, presentText } from './present.js'

/** What is read, and how many octets of it were. */
interface Read {
  readonly text: string
  readonly octets: number
}

/** Reads the data of a record whose length field is at `at`; `length` is what the field says. */
type Reader = (view: Buffer, at: number, length: number) => Read

const target =
  (part: 'cname' | 'ns' | 'ptr' | 'dname'): Reader =>
  (view, at) => ({ text: presentName(parts[part].decode(view, at)), octets: parts.name.decode.bytes })

/** The library writes IPv4 as it is written everywhere, and IPv6 in a way of its own. */
const address =
  (part: 'a' | 'aaaa', octets: number): Reader =>
  (view, at, length) => {
    if (length !== octets) return { text: '', octets }
    const raw = parts[part].decode(view, at)
    return { text: part === 'a' ? raw : (canonicalAddress(raw) ?? raw), octets }
  }

/** Data that is shown as a zone file shows it. The decoder's own count is not used where it repeats the length field. */
export const readers: Readonly<Record<string, Reader>> = {
  A: address('a', 4),
  AAAA: address('aaaa', 16),
  CNAME: target('cname'),
  DNAME: target('dname'),
  NS: target('ns'),
  PTR: target('ptr'),
  MX: (view, at) => {
    const { preference, exchange } = parts.mx.decode(view, at)
    return { text: `${preference} ${presentName(exchange)}`, octets: 2 + parts.name.decode.bytes }
  },
  SRV: (view, at) => {
    const { priority, weight, port, target: host } = parts.srv.decode(view, at)
    return { text: `${priority} ${weight} ${port} ${presentName(host)}`, octets: 6 + parts.name.decode.bytes }
  },
  SOA: (view, at) => {
    const { mname, rname, serial, refresh, retry, expire, minimum } = parts.soa.decode(view, at)
    const numbers = [serial, refresh, retry, expire, minimum].join(' ')
    return { text: `${presentName(mname)} ${presentName(rname)} ${numbers}`, octets: parts.soa.decode.bytes - 2 }
  },
  TXT: (view, at) => {
    const text = presentText(Buffer.concat(parts.txt.decode(view, at)))
    return { text, octets: parts.txt.decode.bytes - 2 }
  },
  CAA: (view, at, length) => {
    if (length < 3) return { text: '', octets: 3 }
    const { flags, tag, value } = parts.caa.decode(view, at)
    return { text: `${flags} ${presentName(tag)} ${presentQuoted(value)}`, octets: Math.max(length, 2 + (view[at + 3] ?? 0)) }
  },
}

/** Any data (RFC 3597 section 5). */
export function unknownData(octets: Buffer): string {
  return octets.length === 0 ? '\\# 0' : `\\# ${octets.length} ${octets.toString('hex')}`
}
