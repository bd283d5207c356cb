import { addressFamily, canonicalAddress } from '../../lib/address.js'
import { NotUnderstood } from '../../lib/errors.js'
import { icmpOf } from './icmp-words.js'
import { localProblem } from './local-problem.js'
import type { PingAddress, PingArgs, PingError, PingReply } from './value.js'

/** `icmp_req=` in iputils of 2010 to 2012; BusyBox counts from 0 and says `seq=`. */
const replyLine = /^\d+ bytes from (\S+?):? (icmp_seq|icmp_req|seq)=(\d{1,6})(?: ttl=(\d{1,3}))?(?: time=([\d.]{1,20}) ms)?(.*)$/
const errorLine = /^From (\S+?):? icmp_seq=(\d{1,6}) (.*)$/
const summaryLine = /^(\d{1,6}) packets transmitted, (\d{1,6}) (?:packets )?received/

interface Read {
  readonly replies: Map<number, PingReply>
  readonly errors: PingError[]
  duplicates: number
  /** Requests that the tool counts as sent but that did not leave. */
  kept: number
  transmitted: number | null
  address: string | null
  source: string | null
  /** An ICMP error in words that are not known: there was one, and it was not understood. */
  unclear: boolean
  problem: PingAddress['problem']
}

/**
 * What iputils or BusyBox ping wrote about one address, both streams together.
 * Silence is never certain: BusyBox does not tell of ICMP errors, and newer iputils not of requests that a local firewall dropped.
 * @param address null where the tool resolved a name itself.
 * @throws NotUnderstood when neither a summary nor a reason for its absence is there.
 */
export function parsePing(text: string, request: PingArgs, address: string | null): PingAddress {
  const read: Read = {
    replies: new Map(),
    errors: [],
    duplicates: 0,
    kept: 0,
    transmitted: null,
    address: canonicalAddress(address ?? ''),
    source: null,
    unclear: false,
    problem: null,
  }
  for (const line of text.split('\n')) readLine(line.trimEnd(), request, read)
  if (read.transmitted === null && read.problem === null) throw new NotUnderstood('the summary of ping', text)
  const sent = Math.max(read.replies.size, Math.min(request.count, read.transmitted ?? 0) - read.kept)
  const silent = sent > 0 && read.replies.size === 0 && (read.errors.length === 0 || read.unclear)
  return {
    address: read.address,
    source: read.source,
    sent,
    replies: [...read.replies.values()].sort((a, b) => a.sequence - b.sequence),
    duplicates: read.duplicates,
    errors: read.errors.slice(0, request.count),
    confirmed: !silent,
    problem: read.problem ?? (sent < request.count ? { kind: 'unsupported', detail: `ping sent only ${sent} of ${request.count}` } : null),
  }
}

function readLine(line: string, request: PingArgs, read: Read): void {
  const header = /^PING (\S+?) ?\(([0-9a-fA-F:.%\w]+)\)(?: from (\S+?)(?: \S+)? ?:)?/.exec(line)
  if (header !== null) {
    read.address ??= canonicalAddress(header[2] ?? '')
    read.source = canonicalAddress(header[3] ?? '')
    return
  }
  const summary = summaryLine.exec(line)
  if (summary !== null) {
    read.transmitted = Number(summary[1])
    return
  }
  if (readReply(line, request, read) || readError(line, request, read)) return
  const problem = localProblem(line, request)
  if (problem === null) return
  read.problem ??= problem
  if (/sendmsg: |local error: /.test(line)) read.kept += 1
}

function readReply(line: string, request: PingArgs, read: Read): boolean {
  const match = replyLine.exec(line)
  if (match === null) return false
  const [, from = '', counter, number, ttl, time, rest = ''] = match
  const sequence = Number(number) - (counter === 'seq' ? 0 : 1)
  // "(DIFFERENT ADDRESS!)": what another address answers is no reply of this one.
  if (/DIFFERENT ADDRESS|BAD CHECKSUM/.test(rest) || canonicalAddress(from) !== read.address) return true
  if (sequence < 0 || sequence >= request.count) return true
  if (read.replies.has(sequence)) read.duplicates += 1
  else
    read.replies.set(sequence, { sequence, rttMs: time === undefined ? null : finite(time), ttl: ttl === undefined ? null : Number(ttl) })
  return true
}

function finite(text: string): number | null {
  const number = Number(text)
  return Number.isFinite(number) ? number : null
}

function readError(line: string, request: PingArgs, read: Read): boolean {
  const match = errorLine.exec(line)
  if (match === null) return false
  const [, from = '', number, words = ''] = match
  const icmp = icmpOf(words, read.address === null ? 4 : (addressFamily(read.address) ?? 4))
  const sequence = Number(number) - 1
  const known = sequence >= 0 && sequence < request.count ? sequence : null
  if (icmp === null) read.unclear = true
  else if (!read.errors.some((error) => error.sequence === known)) {
    read.errors.push({ sequence: known, ...icmp, from: canonicalAddress(from) })
  }
  return true
}
