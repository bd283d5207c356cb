import { NotUnderstood } from '../../lib/errors.js'
import { amount, flag, mapOf, oneOf, orNull, text } from '../../lib/shape.js'
import { type CaptureEnd, captureEnds } from './value.js'

/** What the program says of a capture that ran. */
export interface Told {
  readonly ended: CaptureEnd
  readonly listenedMs: number
  /** false when tcpdump ended by itself. */
  readonly alive: boolean
  /** Its exit code; negative for a signal. */
  readonly code: number
  /** Its standard error. */
  readonly said: string
  readonly nonce: string
  /** Of the interface. */
  readonly mac: string | null
  readonly tool: string
}

/** Why there was no capture. */
export interface ToldProblem {
  readonly problem: (typeof problems)[number]
  readonly detail: string
}

/** `refused`: the filter or the interface. `canary`: it was not seen. `died`: tcpdump ended before it listened. */
const problems = ['tool-missing', 'permission', 'refused', 'canary', 'died'] as const

const told = mapOf<Told>({
  ended: oneOf(captureEnds),
  listenedMs: amount,
  alive: flag,
  code: (value): value is number => Number.isSafeInteger(value),
  said: text,
  nonce: text,
  mac: orNull(text),
  tool: text,
})
const problem = mapOf<ToldProblem>({ problem: oneOf(problems), detail: text })

/** @throws NotUnderstood */
export function readTold(stdout: string): { readonly told: Told | ToldProblem; readonly pcap: Buffer } {
  const [head = '', base64 = ''] = stdout.replace(/^\n+/, '').split('\n')
  const value = parse(head)
  if (told(value) || problem(value)) return { told: value, pcap: Buffer.from(base64, 'base64') }
  throw new NotUnderstood('what the capture program tells', stdout)
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

/** What tcpdump(8) counts when it ends; null where it did not say. */
export function readDropped(said: string): { readonly kernel: number; readonly interface: number } | null {
  const kernel = /^(\d{1,15}) packets? dropped by kernel/m.exec(said)?.[1]
  if (kernel === undefined) return null
  return { kernel: Number(kernel), interface: Number(/^(\d{1,15}) packets? dropped by interface/m.exec(said)?.[1] ?? 0) }
}

const noise = /^(tcpdump: )?(listening on|data link type|dropped privs|warning:|verbose output|\d+ packets?)/i

/** tcpdump's own complaint, on one line. */
export function complaintOf(said: string): string {
  const lines = said.split('\n').map((line) => line.trim())
  return lines
    .filter((line) => line !== '' && !noise.test(line))
    .join(' ')
    .replace(/^tcpdump: /, '')
}
