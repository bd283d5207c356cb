import { addressFamily } from '../../lib/address.js'
import { NotUnderstood } from '../../lib/errors.js'
import type { TcpConnectArgs } from './value.js'

/**
 * What every probe reads and writes.
 *
 * Standard input: one target a line, `index host port waitMs family source`; family is 0, 4 or 6; source is an address,
 * `%interface`, or `-`. Standard output: one JSON object a line, first `{"probe", "icmp"}`, then one `Answer` for each
 * address of each target, in any order.
 */
export interface Answers {
  readonly probe: string
  /**
   * What the probe learns of ICMP errors: type, code and sender (`full`), whether there was one (`seen`), or nothing but
   * the errno, which some share with a RST (`none`).
   */
  readonly icmp: 'full' | 'seen' | 'none'
  readonly byIndex: ReadonlyMap<number, readonly Answer[]>
}

/** One address as a probe saw it. */
export interface Answer {
  readonly outcome: 'open' | 'reset' | 'error' | 'timeout' | 'source' | 'name' | 'unasked'
  readonly address: string | null
  readonly errno: string | null
  /** What a tool printed, where no errno is to be had. */
  readonly text: string | null
  readonly ms: number | null
  readonly source: string | null
  /** null: none was seen. `[type, code, sender]`, or `seen` when only its presence is known. */
  readonly icmp: readonly [number, number, string | null] | 'seen' | null
  readonly local: boolean
  readonly confirmed: boolean
  readonly limited: boolean
  readonly asks: number
}

const outcomes = ['open', 'reset', 'error', 'timeout', 'source', 'name', 'unasked'] as const

/** Whether a target can be written on a line of its own; anything else is never sent to a host. */
export function isAskable({ host, port, source }: TcpConnectArgs): boolean {
  const words = [host, ...(source === undefined ? [] : [source])]
  return words.every((word) => /^[A-Za-z0-9_.:%-]{1,253}$/.test(word) && !word.startsWith('-')) && Number.isInteger(port)
}

/** Standard input of a probe. */
export function encodeTargets(requests: readonly TcpConnectArgs[]): string {
  return requests.map((request, index) => (isAskable(request) ? `${index} ${targetLine(request)}\n` : '')).join('')
}

function targetLine({ host, port, timeoutMs, source, family }: TcpConnectArgs): string {
  const sourceFamily = source === undefined ? null : addressFamily(source)
  const from = source === undefined ? '-' : sourceFamily === null ? `%${source}` : source
  return [host, port, Math.max(1, Math.round(timeoutMs)), family ?? sourceFamily ?? 0, from].join(' ')
}

/** @throws NotUnderstood when no probe wrote this. Lines that are no answers are passed over. */
export function decodeAnswers(stdout: string): Answers {
  const objects = stdout.split('\n').flatMap(readObject)
  const head = objects.find((object) => typeof object.probe === 'string')
  if (head === undefined) throw new NotUnderstood('the answers of a TCP probe', stdout)
  const byIndex = new Map<number, Answer[]>()
  for (const object of objects) {
    const answer = readAnswer(object)
    if (answer === null || typeof object.i !== 'number') continue
    const list = byIndex.get(object.i)
    if (list === undefined) byIndex.set(object.i, [answer])
    else list.push(answer)
  }
  const icmp = head.icmp
  return { probe: String(head.probe), icmp: icmp === 'full' || icmp === 'seen' ? icmp : 'none', byIndex }
}

function readObject(line: string): readonly Record<string, unknown>[] {
  if (!line.startsWith('{')) return []
  try {
    return [JSON.parse(line) as Record<string, unknown>]
  } catch {
    return []
  }
}

function readAnswer(object: Record<string, unknown>): Answer | null {
  const outcome = outcomes.find((known) => known === object.outcome)
  if (outcome === undefined) return null
  return {
    outcome,
    address: text(object.address),
    errno: text(object.errno),
    text: text(object.text),
    ms: typeof object.ms === 'number' ? object.ms : null,
    source: text(object.source),
    icmp: readIcmp(object.icmp),
    local: object.local === true,
    confirmed: object.confirmed === true,
    limited: object.limited === true,
    asks: typeof object.asks === 'number' ? object.asks : 0,
  }
}

function readIcmp(value: unknown): Answer['icmp'] {
  if (value === 'seen') return 'seen'
  if (!Array.isArray(value)) return null
  const [type, code, from] = value as readonly unknown[]
  return typeof type === 'number' && typeof code === 'number' ? [type, code, text(from)] : null
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
