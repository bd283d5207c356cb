import { canonicalAddress } from '../../../lib/address.js'
import type { TraceAnswer, TraceHop, TraceProtocol } from '../value.js'

/** One line of any traceroute: ` 4  10.20.0.5 [open]  0.076 ms`, ` 3  10.0.0.1  1.2 ms !X`, ` 2  *`. */
export interface Line {
  readonly ttl: number
  readonly from: string | null
  readonly rttMs: number | null
  /** `!X`, `[open]`, `<syn,ack>`; empty when there is none. */
  readonly mark: string
}

export interface LineContext {
  readonly target: string
  readonly protocol: TraceProtocol
  readonly family: 4 | 6
  readonly maxHops: number
}

/** Null for a line that is no hop. */
export function readLine(line: string): Line | null {
  const [, number, rest = ''] = /^ {0,3}(\d{1,3}) {1,3}(\S.{0,200})$/.exec(line) ?? []
  const ttl = Number(number)
  if (!(ttl >= 1 && ttl <= 255)) return null
  if (/^\*\s*$/.test(rest)) return { ttl, from: null, rttMs: null, mark: '' }
  const [, address = '', before = '', took = '', after = ''] =
    /^([0-9A-Fa-f.:%a-z]+)(?: \([^)]*\))?(?: (\[\w+\]|<[\w,]+>))?\s+(\d{1,9}(?:\.\d{1,9})?) ms(?:\s+(!\S{0,9}))?\s*$/.exec(rest) ?? []
  const from = canonicalAddress(address)
  return from === null ? null : { ttl, from, rttMs: Number(took), mark: before || after }
}

/** ICMP codes of destination unreachable by mark, and the same of ICMPv6: traceroute(8), tcptraceroute(1). */
const codes: Readonly<Record<string, readonly [v4: number, v6: number]>> = {
  '!N': [0, 0],
  '!H': [1, 3],
  '!P': [2, 4],
  '!p': [3, 4],
  '!F': [4, 0],
  '!S': [5, 5],
  '!X': [13, 1],
  '!A': [13, 1],
  '!V': [14, 0],
  '!C': [15, 0],
}

/** What a line says; an answer of the target has no mark when it is the usual one for the protocol. */
export function hopOf(line: Line, asks: number, { target, protocol, family }: LineContext): TraceHop {
  const { ttl, from, rttMs, mark } = line
  const hop = (answer: TraceAnswer | null, icmp: TraceHop['icmp'] = null): TraceHop => ({ ttl, from, answer, icmp, rttMs, asks })
  const unreachable = family === 4 ? 3 : 1
  if (from === null) return hop(null)
  if (mark === '[open]' || mark.startsWith('<syn')) return hop('open')
  if (mark === '[closed]' || mark.startsWith('<rst')) return hop('closed')
  if (mark !== '' && mark !== '!') {
    const code = Number(/^!<?(\d{1,3})>?$/.exec(mark)?.[1] ?? codes[mark.replace(/-.*/, '')]?.[family === 4 ? 0 : 1] ?? Number.NaN)
    return hop('unreachable', Number.isNaN(code) ? null : { type: unreachable, code })
  }
  if (from !== target) return hop('time-exceeded', family === 4 ? { type: 11, code: 0 } : { type: 3, code: 0 })
  if (protocol === 'icmp') return hop('reply')
  return hop(protocol === 'udp' ? 'port-unreachable' : 'unreachable', { type: unreachable, code: family === 4 ? 3 : 4 })
}
