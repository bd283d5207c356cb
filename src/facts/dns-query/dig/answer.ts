import { extendedErrorText, rcodeName } from '../../../lib/dns/codes.js'
import type { DnsMessage } from '../../../lib/dns/message.js'
import { printableLine } from '../../../lib/printable.js'
import type { DnsQuery, DnsQueryArgs } from '../value.js'
import { readFailure } from './failure.js'
import { type Outcome, unanswered } from './outcome.js'
import { presentedName, readRecord } from './record.js'

/** What dig wrote about one question; null when it is nothing that dig writes about answers or their absence. */
export function readDig(lines: readonly string[], request: DnsQueryArgs): DnsQuery | null {
  const outcome = lines.includes('!') ? tooLong : (readAnswer(lines, request) ?? readFailure(lines))
  if (outcome === null) return null
  const truncated = lines.some((line) => line.startsWith(';; Truncated, retrying in TCP'))
  return {
    probe: 'dig',
    ...outcome,
    transport: request.transport === 'tcp' || truncated ? 'tcp' : 'udp',
    truncated,
    tries: Math.max(
      1,
      lines.filter((line) => /(?:timed out|refused|reset|end of file|unreachable)\.?$/.test(line)).length +
        Number(outcome.status === 'answered'),
    ),
    strays: lines.filter((line) => /ID mismatch|Question section mismatch|reply from unexpected source|response not set/.test(line)).length,
  }
}

const tooLong = unanswered('unsupported', 'the answer has lines that are too long for this probe')

function readAnswer(lines: readonly string[], { name, type }: DnsQueryArgs): Outcome | null {
  const from = lines.findLastIndex((line) => line.startsWith(';; ->>HEADER<<-'))
  if (from < 0) return null
  if (lines.some((line) => /parser reports malformed/.test(line))) return unanswered('malformed', 'dig found the message malformed')
  const extra = lines.find((line) => /extra bytes at end/.test(line))
  if (extra !== undefined) return unanswered('malformed', extra.replace(/^;; WARNING: /i, ''))
  const block = lines.slice(from)
  const flags = /^;; flags:([ a-z]*);/.exec(block[1] ?? '')?.[1]?.split(' ') ?? []
  if (!flags.includes('qr')) return unanswered('mismatched', 'a query came back, not an answer')
  const wrong = mismatchOf(block, name, type)
  if (wrong !== null) return unanswered('mismatched', wrong)
  if (flags.includes('tc')) return unanswered('malformed', 'cut short (TC), over TCP as well')
  const message = readMessage(block, flags)
  const counted = /ANSWER: (\d+)/.exec(block[1] ?? '')?.[1]
  if (Number(counted) !== message.answers.length)
    return unanswered('unsupported', `of ${counted} records ${message.answers.length} were understood`)
  const rtt = block.map((line) => /^;; Query time: (\d+) ([mu])sec$/.exec(line)).find((match) => match !== null)
  return {
    status: 'answered',
    message,
    rttMs: rtt == null ? null : Number(rtt[1]) / (rtt[2] === 'u' ? 1_000 : 1),
    detail: null,
  }
}

const denials: readonly string[] = ['NOERROR', 'NXDOMAIN']

/** What the message answers, if that is not the question; see `readMessage` of the other probes. */
function mismatchOf(block: readonly string[], name: string, type: string): string | null {
  const [, opcode, rcode = ''] = /opcode: (\S+), status: (\S+),/.exec(block[0] ?? '') ?? []
  if (opcode !== 'QUERY') return `it answered an operation that was not asked (${opcode})`
  const asked = block.map((line) => /^;(\S+)\s+IN\s+(\S+)$/.exec(line)).find((match) => match !== null)
  if (asked == null) return denials.includes(rcode) ? `it answered ${rcode} without repeating the question` : null
  const isSame = presentedName(asked[1] ?? '') === name && (asked[2] === type || (type === 'CAA' && asked[2] === 'TYPE257'))
  return isSame ? null : `it answered for ${presentedName(asked[1] ?? '')} ${asked[2]}`
}

function readMessage(block: readonly string[], flags: readonly string[]): DnsMessage {
  return {
    rcode: codeOf(/status: (\??[A-Z0-9_]+)/.exec(block[0] ?? '')?.[1] ?? ''),
    authoritative: flags.includes('aa'),
    recursionAvailable: flags.includes('ra'),
    authenticData: flags.includes('ad'),
    answers: section(block, 'ANSWER'),
    authorities: section(block, 'AUTHORITY'),
    additionals: section(block, 'ADDITIONAL'),
    extendedErrors: block.flatMap((line) => {
      const [, code, text = ''] = /^; EDE: (\d{1,5})(?: \([^)]*\))?(?:: \((.*)\))?$/.exec(line) ?? []
      return code === undefined ? [] : [extendedErrorText(Number(code), printableLine(text))]
    }),
  }
}

/** dig writes `RESERVED12`, `?24`, or the number alone, for a code without a name. */
function codeOf(word: string): string {
  const number = /^(?:RESERVED|\?)?(\d{1,4})$/.exec(word)?.[1]
  return number === undefined ? word : rcodeName(Number(number))
}

function section(block: readonly string[], title: string): DnsMessage['answers'] {
  const from = block.indexOf(`;; ${title} SECTION:`)
  if (from < 0) return []
  const rest = block.slice(from + 1)
  const end = rest.findIndex((line) => line === '' || line.startsWith(';;'))
  return rest.slice(0, end < 0 ? undefined : end).flatMap((line) => readRecord(line) ?? [])
}
