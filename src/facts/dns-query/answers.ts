import { decodeMessage, MalformedMessage } from '../../lib/dns/decode.js'
import { NotUnderstood } from '../../lib/errors.js'
import { printableLine } from '../../lib/printable.js'
import { isCount, listIn, textIn } from '../../lib/probe/untrusted.js'
import { isAskable } from './protocol.js'
import { type DnsQuery, type DnsQueryArgs, type DnsStatus, dnsStatuses } from './value.js'

/**
 * Reads what the probe wrote: `{"probe"}`, then one line an answer,
 * `[index, status, transport, truncated, rtt, tries, strays, message in base64, words]`.
 * @throws NotUnderstood when no probe wrote this. Lines that are no answers are passed over.
 */
export function decodeAnswers(stdout: string, requests: readonly DnsQueryArgs[]): readonly DnsQuery[] {
  const [head = '', ...lines] = stdout.split('\n')
  const probe = /^\{"probe":"(\w{1,20})"\}$/.exec(head.trim())?.[1]
  if (probe === undefined) throw new NotUnderstood('the answers of a DNS probe', stdout)
  const byIndex = new Map<number, DnsQuery>()
  for (const line of lines) {
    const fields = fieldsOf(line)
    const [index] = fields
    const request = isCount(index) ? requests[index] : undefined
    const answer = request === undefined ? null : readAnswer(fields, probe, request)
    if (isCount(index) && answer !== null && !byIndex.has(index)) byIndex.set(index, answer)
  }
  return requests.map((request, index) => byIndex.get(index) ?? unasked(request, probe, whyNot(request)))
}

function fieldsOf(line: string): readonly unknown[] {
  if (!line.startsWith('[')) return []
  try {
    return listIn(JSON.parse(line))
  } catch {
    return []
  }
}

function readAnswer(fields: readonly unknown[], probe: string, request: DnsQueryArgs): DnsQuery | null {
  const [, status, transport, truncated, rtt, tries, strays, octets, words] = fields
  if (!isStatus(status) || (transport !== 'udp' && transport !== 'tcp')) return null
  const base: Omit<DnsQuery, 'status' | 'message' | 'detail'> = {
    probe,
    transport,
    truncated: truncated === 1,
    rttMs: typeof rtt === 'number' && rtt >= 0 ? rtt : null,
    tries: isCount(tries) ? tries : 0,
    strays: isCount(strays) ? strays : 0,
  }
  const detail = textIn(words) === '' ? null : printableLine(textIn(words))
  if (status === 'mismatched') return { ...base, ...readStray(Buffer.from(textIn(octets), 'base64')) }
  if (status !== 'answered' && status !== 'malformed') return { ...base, status, message: null, detail }
  return { ...base, ...readMessage(Buffer.from(textIn(octets), 'base64'), request, detail) }
}

/**
 * The probe has compared ids and the question, and asked over TCP what was truncated; whether all of it can be read is seen here only.
 * What is still truncated may lack any record, so that it shows neither what there is nor that there is nothing.
 */
function readMessage(
  octets: Uint8Array,
  { name, type }: DnsQueryArgs,
  detail: string | null,
): Pick<DnsQuery, 'status' | 'message' | 'detail'> {
  try {
    const { message, question, opcode, truncated } = decodeMessage(octets)
    const mismatched = (what: string) => ({ status: 'mismatched', message: null, detail: printableLine(`it answered ${what}`) }) as const
    if (opcode !== 0) return mismatched(`an operation that was not asked (${opcode})`)
    if (question !== null && (question.name !== name || question.type !== type)) return mismatched(`for ${question.name} ${question.type}`)
    if (question === null && denials.has(message.rcode)) return mismatched(`${message.rcode} without repeating the question`)
    if (truncated) return { status: 'malformed', message: null, detail: 'cut short (TC), over TCP as well' }
    return { status: 'answered', message, detail }
  } catch (error) {
    if (!(error instanceof MalformedMessage)) throw error
    return { status: 'malformed', message: null, detail: detail ?? printableLine(error.message) }
  }
}

/** Servers that refuse may leave the question out. What says something about a name must say of which. */
const denials: ReadonlySet<string> = new Set(['NOERROR', 'NXDOMAIN'])

/** What the first of the answers to something else was. */
function readStray(octets: Uint8Array): Pick<DnsQuery, 'status' | 'message' | 'detail'> {
  if (octets.length === 0) return { status: 'mismatched', message: null, detail: null }
  try {
    const { id, response, question } = decodeMessage(octets)
    const about = question === null ? 'without a question' : `to ${question.name} ${question.type}`
    const detail = printableLine(`${response ? 'an answer' : 'a query'} with the id ${id} ${about}`)
    return { status: 'mismatched', message: null, detail }
  } catch (error) {
    if (!(error instanceof MalformedMessage)) throw error
    return { status: 'malformed', message: null, detail: printableLine(error.message) }
  }
}

const isStatus = (word: unknown): word is DnsStatus => dnsStatuses.some((status) => status === word)

const whyNot = (request: DnsQueryArgs): string =>
  isAskable(request) ? 'the probe ended without an answer' : 'not an address that can be asked'

/** A question about which the probe said nothing: never a verdict on the server. */
export function unasked({ transport = 'udp' }: DnsQueryArgs, probe: string, detail: string): DnsQuery {
  return {
    probe,
    status: 'unsupported',
    message: null,
    transport,
    truncated: false,
    rttMs: null,
    tries: 0,
    strays: 0,
    detail: printableLine(detail),
  }
}
