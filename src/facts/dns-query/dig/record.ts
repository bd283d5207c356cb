import { canonicalAddress } from '../../../lib/address.js'
import type { DnsRecord } from '../../../lib/dns/message.js'
import { canonicalName } from '../../../lib/dns/name.js'
import { presentText } from '../../../lib/dns/present.js'
import { readers } from '../../../lib/dns/record-data.js'
import { viewOf } from '../../../lib/dns/view.js'

/** A TTL with the highest bit set means zero (RFC 2181 section 8). */
const longestTtl = 0x7fffffff

/** A record as dig writes it; null for one of another class, or for no record. */
export function readRecord(line: string): DnsRecord | null {
  const [, name, ttl, type, data] = /^([^\s;]\S*)\s+(\d{1,10})\s+IN\s+([A-Z0-9-]+)\s+(.*)$/.exec(line) ?? []
  if (name === undefined || type === undefined || data === undefined) return null
  const isAuthority = type === 'TYPE257' // a dig from before CAA
  return {
    name: presentedName(name),
    type: isAuthority ? 'CAA' : type,
    ttl: Number(ttl) > longestTtl ? 0 : Number(ttl),
    data: isAuthority ? unknownAuthority(data) : dataOf(type, data),
  }
}

/** dig escapes as zone files do, and may show an IDN in its own script. */
export function presentedName(name: string): string {
  const bare = name === '.' || name.endsWith('\\.') ? name : name.replace(/\.$/, '')
  return canonicalName(bare) ?? bare.toLowerCase()
}

/** Of types that nobody asks for, dig's own text. */
function dataOf(type: string, data: string): string {
  const words = data.split(/\s+/)
  switch (type) {
    case 'A':
    case 'AAAA':
      return canonicalAddress(data) ?? data
    case 'CNAME':
    case 'DNAME':
    case 'NS':
    case 'PTR':
      return presentedName(data)
    case 'MX':
    case 'SRV':
      return [...words.slice(0, -1), presentedName(words.at(-1) ?? '')].join(' ')
    case 'SOA':
      return words.map((word, index) => (index < 2 ? presentedName(word) : word)).join(' ')
    case 'TXT':
      return presentText(Buffer.concat([...data.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => octetsOf(text))))
    case 'CAA':
      return data.replace(/^(\d+) (\S+)/, (_, flags: string, tag: string) => `${flags} ${tag.toLowerCase()}`)
    default:
      return data
  }
}

const octetsOf = (text: string): Buffer =>
  Buffer.from(
    text.replace(/\\(\d{3}|.)/g, (_, escaped: string) => (escaped.length === 3 ? String.fromCharCode(Number(escaped)) : escaped)),
    'latin1',
  )

/** `\# 22 000569…` (RFC 3597 section 5). */
function unknownAuthority(data: string): string {
  const [, length, hex = ''] = /^\\# (\d{1,5})((?: [0-9A-Fa-f]+)*)$/.exec(data) ?? []
  const octets = Buffer.from(hex.replaceAll(' ', ''), 'hex')
  if (octets.length !== Number(length)) return data
  const framed = Buffer.concat([Buffer.from([octets.length >> 8, octets.length & 255]), octets])
  const read = readers.CAA?.(viewOf(framed), 0, octets.length)
  return read?.octets === octets.length ? read.text : data
}
