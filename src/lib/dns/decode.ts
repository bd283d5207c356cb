import { printableLine } from '../printable.js'
import { extendedErrorText, rcodeName } from './codes.js'
import { decode, parts } from './library.js'
import type { DnsMessage, DnsRecord } from './message.js'
import { presentName } from './present.js'
import { readers, unknownData } from './record-data.js'
import { TooCostly, viewOf } from './view.js'

/** Octets that are no DNS message: what is wrong with them, and where. */
export class MalformedMessage extends Error {
  override readonly name = 'MalformedMessage'
}

/** A message, and what its header and its question say beside the answer. */
export interface DecodedMessage {
  readonly id: number
  readonly response: boolean
  readonly truncated: boolean
  /** 0 is a query, and what answers one; the others are notifications, updates and the like (RFC 6895 section 2.2). */
  readonly opcode: number
  /** null when the message repeats no question. */
  readonly question: { readonly name: string; readonly type: string } | null
  readonly message: DnsMessage
}

const headerOctets = 12
const fieldsOctets = 6 // the TTL and the length of the data
const extendedErrorOption = 15
/** A TTL with the highest bit set means zero (RFC 2181 section 8). */
const longestTtl = 0x7fffffff

/**
 * Reads one DNS message (RFC 1035 section 4), of at most 64 KiB, in time proportional to its length.
 * Records of other classes than IN answer nothing that was asked and are passed over.
 * @throws MalformedMessage on anything else.
 */
export function decodeMessage(bytes: Uint8Array): DecodedMessage {
  if (bytes.byteLength > 0xffff) throw new MalformedMessage(`${bytes.byteLength} octets; a message has at most 65535`)
  const reader = { view: viewOf(bytes), at: 0, place: 'the header' }
  try {
    return readMessage(reader)
  } catch (error) {
    if (error instanceof MalformedMessage) throw error
    if (error instanceof TooCostly) throw new MalformedMessage(error.message)
    throw new MalformedMessage(`${reader.place} at octet ${reader.at}: ${reasonOf(error)}`)
  }
}

interface Cursor {
  readonly view: Buffer
  at: number
  /** What is being read. */
  place: string
}

function readMessage(cursor: Cursor): DecodedMessage {
  const header = readHeader(cursor)
  const questions = readList(cursor, 'question', header.questions, readQuestion)
  const answers = readList(cursor, 'answer', header.answers, readRecord)
  const authorities = readList(cursor, 'authority record', header.authorities, readRecord)
  const additionals = readList(cursor, 'additional record', header.additionals, readRecord)
  const rest = cursor.view.length - cursor.at
  if (rest > 0) throw new MalformedMessage(`${rest} octets after its end at octet ${cursor.at}`)
  const [edns, ...more] = additionals.flatMap((record) => (record !== null && 'extendedRcode' in record ? [record] : []))
  if (more.length > 0) throw new MalformedMessage('more than one OPT record')
  return {
    id: header.id,
    response: header.response,
    truncated: header.truncated,
    opcode: header.opcode,
    question: questions[0] ?? null,
    message: {
      rcode: rcodeName(header.rcode + 16 * (edns?.extendedRcode ?? 0)),
      authoritative: header.authoritative,
      recursionAvailable: header.recursionAvailable,
      authenticData: header.authenticData,
      answers: answers.flatMap(ordinary),
      authorities: authorities.flatMap(ordinary),
      additionals: additionals.flatMap(ordinary),
      extendedErrors: edns?.extendedErrors ?? [],
    },
  }
}

/** Id and flags with counts of nothing, for the library to read no further. */
const flagsAlone = Buffer.alloc(headerOctets)

function readHeader(cursor: Cursor) {
  const { view } = cursor
  if (view.length < headerOctets) throw new MalformedMessage(`${view.length} octets; the header alone has ${headerOctets}`)
  for (let at = 0; at < 4; at += 1) flagsAlone[at] = view[at] ?? 0
  const { id = 0, flags = 0, flag_qr, flag_aa, flag_tc, flag_ra, flag_ad } = decode(flagsAlone)
  cursor.at = headerOctets
  return {
    id,
    response: flag_qr,
    truncated: flag_tc,
    opcode: (flags >> 11) & 15,
    rcode: flags & 15,
    authoritative: flag_aa,
    recursionAvailable: flag_ra,
    authenticData: flag_ad,
    questions: view.readUInt16BE(4),
    answers: view.readUInt16BE(6),
    authorities: view.readUInt16BE(8),
    additionals: view.readUInt16BE(10),
  }
}

function readList<Item>(cursor: Cursor, what: string, count: number, read: (cursor: Cursor) => Item): Item[] {
  const items: Item[] = []
  for (let number = 1; number <= count; number += 1) {
    cursor.place = `${what} ${number} of ${count}`
    items.push(read(cursor))
  }
  return items
}

function readQuestion(cursor: Cursor): { name: string; type: string } {
  const { name, type } = parts.question.decode(cursor.view, cursor.at)
  advance(cursor, cursor.at + parts.question.decode.bytes)
  return { name: presentName(name), type: typeName(type) }
}

interface Edns {
  readonly extendedRcode: number
  readonly extendedErrors: readonly string[]
}

/** What a section holds: a record, EDNS, or a record of another class. */
type Entry = DnsRecord | Edns | null

const ordinary = (entry: Entry): DnsRecord[] => (entry === null || 'extendedRcode' in entry ? [] : [entry])

function readRecord(cursor: Cursor): Entry {
  const { view } = cursor
  const head = parts.question.decode(view, cursor.at)
  const fields = cursor.at + parts.question.decode.bytes
  const ttl = view.readUInt32BE(fields)
  const lengthAt = fields + 4
  const length = view.readUInt16BE(lengthAt)
  const start = fields + fieldsOctets
  if (start + length > view.length) throw new Error(`${length} octets of data, ${Math.max(0, view.length - start)} came`)
  cursor.at = start + length
  if (head.type === 'OPT') return readEdns(view, lengthAt, length, ttl)
  if (head.class !== 'IN') return null
  const reader = readers[head.type]
  const { text, octets } = reader?.(view, lengthAt, length) ?? { text: unknownData(plainSlice(view, start, length)), octets: length }
  if (octets !== length) throw new Error(`${head.type} data of ${octets} octets where its length says ${length}`)
  return { name: presentName(head.name), type: typeName(head.type), ttl: ttl > longestTtl ? 0 : ttl, data: text }
}

/** RFC 6891 section 6.1.3: the TTL of OPT holds the upper bits of the response code. */
function readEdns(view: Buffer, lengthAt: number, length: number, ttl: number): Edns {
  const options = parts.opt.decode(view, lengthAt)
  if (parts.opt.decode.bytes !== length + 2) throw new Error(`EDNS options that do not fit into ${length} octets`)
  return {
    extendedRcode: ttl >>> 24,
    extendedErrors: options.flatMap(({ code, data }) =>
      code === extendedErrorOption && data.length >= 2
        ? [extendedErrorText(data.readUInt16BE(0), printableLine(data.toString('utf8', 2)))]
        : [],
    ),
  }
}

const plainSlice = (view: Buffer, start: number, length: number): Buffer => Buffer.from(view.buffer, view.byteOffset + start, length)

function advance(cursor: Cursor, to: number): void {
  if (to > cursor.view.length) throw new Error('the message ends before it')
  cursor.at = to
}

const typeName = (name: string): string => (name.startsWith('UNKNOWN_') ? `TYPE${name.slice('UNKNOWN_'.length)}` : name)

/** The library and Node in a person's words. */
function reasonOf(error: unknown): string {
  if (error instanceof RangeError) return 'the message ends before it'
  const reason = error instanceof Error ? error.message : String(error)
  if (reason.includes('bad pointer')) return 'a compression pointer that does not point backwards'
  if (reason.includes('bad label')) return 'a label of a kind that does not exist'
  if (reason.includes('name too long')) return 'a name of more than 255 octets'
  if (reason.includes('buffer overflow')) return 'a name that goes on after the end of the message'
  return reason === 'Buffer overflow' ? 'a string that goes on after the end of its record' : reason
}
