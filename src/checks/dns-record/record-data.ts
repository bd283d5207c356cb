import { addressFamily, canonicalAddress } from '../../lib/address.js'
import { canonicalName, nameProblem } from '../../lib/dns/name.js'
import type { DnsType } from '../../lib/dns/types.js'
import type { ValueType } from '../../lib/expectation.js'
import { printable, printableLine } from '../../lib/printable.js'

/** What is wrong with a record as a runbook writes it. */
export interface DataProblem {
  readonly message: string
  readonly hint?: string
}

/**
 * A record's data in the one spelling that answers have too: addresses as values, names in lower case without the final dot, TXT as it is.
 * @returns why `text` is none.
 */
export function readData(type: DnsType, text: string): string | DataProblem {
  return readers[type](text)
}

/** Records of one type, for expectations; `problems` has refused what cannot be read. */
export function dataType(type: DnsType): ValueType<string, string> {
  return {
    read: (raw) => {
      const data = readData(type, raw)
      return typeof data === 'string' ? data : raw
    },
    equal: (a, b) => a === b,
    show: (value) => value,
  }
}

/** The same for a person to read: text in quotes, and safe to print. */
export function shownType(type: DnsType): ValueType<string, string> {
  return { ...dataType(type), show: (value) => showData(type, value) }
}

/** A record's data for a person to read; of text every space counts. */
export function showData(type: DnsType, data: string): string {
  if (type !== 'TXT') return printableLine(data)
  const line = printable(data.slice(0, mostText)).replaceAll(/[\n\t]/g, '\ufffd')
  return `"${line}${data.length > mostText ? '…' : ''}"`
}

/** Keys and policies are read by their beginning. */
const mostText = 300

type Reader = (text: string) => string | DataProblem

function readAddress(family: 4 | 6): Reader {
  const example = family === 4 ? '203.0.113.10' : '2001:db8::10'
  return (text) => {
    const isOther = addressFamily(text) !== family && !(family === 6 && text.startsWith('::ffff:'))
    const address = isOther || text.includes('%') ? null : canonicalAddress(text)
    if (address !== null) return address
    const message = `expected an IPv${family} address, found ${JSON.stringify(text)}`
    if (addressFamily(text) !== null) return { message, hint: `write \`type: ${family === 4 ? 'AAAA' : 'A'}\` for such addresses` }
    if (canonicalName(text) === null || !/[a-z]/i.test(text)) return { message, hint: `write it like ${example}` }
    return { message, hint: 'a name is what an alias holds: `type: CNAME`' }
  }
}

const readName: Reader = (text) => {
  const name = canonicalName(text)
  if (name === null) {
    return { message: `expected a domain name, found ${JSON.stringify(text)}: ${nameProblem(text)?.message ?? 'it cannot be read'}` }
  }
  if (canonicalAddress(text) !== null) return { message: `expected a domain name, found the address ${text}` }
  return name
}

/** Some numbers, each at most so large, and after them names. */
function readFields(form: string, example: string, fields: readonly (number | 'name')[]): Reader {
  return (text) => {
    const words = text.trim().split(/\s+/)
    const read = fields.map((field, index) => readField(field, words[index] ?? ''))
    if (words.length === fields.length && read.every((word) => word !== null)) return read.join(' ')
    return { message: `expected ${form}, found ${JSON.stringify(text)}`, hint: `write it like "${example}"` }
  }
}

function readField(field: number | 'name', word: string): string | null {
  if (field === 'name') return canonicalAddress(word) === null ? canonicalName(word) : null
  return /^\d{1,10}$/.test(word) && Number(word) <= field ? String(Number(word)) : null
}

const most16 = 0xffff
const most32 = 0xffff_ffff

const readers: Readonly<Record<DnsType, Reader>> = {
  A: readAddress(4),
  AAAA: readAddress(6),
  CNAME: readName,
  NS: readName,
  PTR: readName,
  MX: readFields('a preference and a name', '10 mail.example.com', [most16, 'name']),
  SRV: readFields('priority, weight, port and a name', '0 5 5060 sip.example.com', [most16, most16, most16, 'name']),
  SOA: readFields('two names and five numbers', 'ns1.example.com hostmaster.example.com 2026030101 7200 3600 1209600 300', [
    'name',
    'name',
    most32,
    most32,
    most32,
    most32,
    most32,
  ]),
  TXT: (text) => text,
  CAA: readCaa,
}

/** RFC 8659 section 4.1: flags, a tag that ignores case, a value, which may be written without its quotes. */
function readCaa(text: string): string | DataProblem {
  const match = /^\s*(\d{1,3})\s+([A-Za-z0-9]+)\s+(?:"(.*)"|([^\s"]*))\s*$/.exec(text)
  const flags = Number(match?.[1])
  if (match === null || flags > 255) {
    return { message: `expected flags, a tag and a value, found ${JSON.stringify(text)}`, hint: `write it like '0 issue "ca.example"'` }
  }
  return `${flags} ${match[2]?.toLowerCase()} "${match[3] ?? match[4] ?? ''}"`
}
