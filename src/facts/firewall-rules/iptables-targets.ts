import { canonicalAddress } from '../../lib/address.js'
import { maskedNumber, portRange } from './iptables-values.js'
import type { RuleWords } from './iptables-words.js'
import type { Statement, Verdict } from './value.js'

type Target = NonNullable<RuleWords['target']>

const verdicts: Readonly<Record<string, Verdict['do']>> = { ACCEPT: 'accept', DROP: 'drop', REJECT: 'reject', RETURN: 'return' }

/** Targets that leave packets as far as conditions look at them, and go on with the next rule (iptables-extensions(8)). */
const harmless = [
  ...['LOG', 'NFLOG', 'ULOG', 'TRACE', 'AUDIT', 'CHECKSUM', 'CLASSIFY', 'CONNSECMARK', 'SECMARK', 'DSCP', 'TOS', 'ECN', 'TTL', 'HL'],
  ...['TCPMSS', 'TCPOPTSTRIP', 'IDLETIMER', 'LED', 'RATEEST', 'SET', 'TEE', 'HMARK'],
]

const all = 0xffffffff

/** A target; `isChain` tells the table's own chains, which may be called anything. */
export function readTarget(target: Target, isChain: (name: string) => boolean, what: string): readonly Statement[] {
  const { name, options } = target
  if (isChain(name)) return [{ kind: 'verdict', verdict: { do: target.goto ? 'goto' : 'jump', chain: name } }]
  const verdict = Object.hasOwn(verdicts, name) ? verdicts[name] : undefined
  if (verdict !== undefined) return [{ kind: 'verdict', verdict: { do: verdict, chain: null } }]
  if (name === 'HMARK') return [{ kind: 'set-mark', field: 'mark', from: 'mark', and: null, xor: 0 }]
  if (harmless.includes(name)) return []
  if (name === 'NOTRACK') return [{ kind: 'untrack' }]
  if (name === 'CT') return options.some((option) => option.name === '--notrack') ? [{ kind: 'untrack' }] : []
  if (name === 'MARK' || name === 'CONNMARK') return [readMark(target)]
  return [readTranslation(target) ?? { kind: 'opaque', what }]
}

/** `--set-xmark value/mask` zeroes the bits of the mask, then XORs the value (libxt_MARK.c). */
function readMark({ name, options }: Target): Statement {
  const field = name === 'MARK' ? 'mark' : 'ct-mark'
  const unknown: Statement = { kind: 'set-mark', field, from: field, and: null, xor: 0 }
  const [option] = options
  const known = maskedNumber(option?.args[0] ?? '')
  if (option === undefined) return unknown
  if (option.name === '--save-mark' || option.name === '--restore-mark') {
    const [from, to] = option.name === '--save-mark' ? (['mark', 'ct-mark'] as const) : (['ct-mark', 'mark'] as const)
    const whole = options.slice(1).every(({ args }) => /^0xffffffff$/i.test(args[0] ?? ''))
    return { kind: 'set-mark', field: to, from, and: whole ? all : null, xor: 0 }
  }
  if (known === null) return unknown
  const { value, mask } = known
  if (option.name === '--set-xmark') return { ...unknown, and: ~mask >>> 0, xor: value }
  if (option.name === '--set-mark') return { ...unknown, and: ~(mask | value) >>> 0, xor: value }
  if (option.name === '--and-mark') return { ...unknown, and: value }
  if (option.name === '--or-mark') return { ...unknown, and: ~value >>> 0, xor: value }
  return option.name === '--xor-mark' ? { ...unknown, and: all, xor: value } : unknown
}

function readTranslation({ name, options }: Target): Statement | null {
  const source = { kind: 'translate', end: 'source', address: null, self: false, port: null } as const
  if (name === 'SNAT' || name === 'MASQUERADE') return source
  if (name === 'NETMAP') return { ...source, end: 'destination' }
  const given = (option: string): string => options.find((found) => found.name === option)?.args[0] ?? ''
  const onePort = (text: string): number | null => {
    const range = portRange(text)
    return range === null || range[0] !== range[1] ? null : Number(range[0])
  }
  if (name === 'REDIRECT') {
    const ports = given('--to-ports')
    const port = onePort(ports)
    return { ...source, end: 'destination', self: ports === '' || port !== null, port }
  }
  if (name !== 'DNAT') return null
  const [, bracketed, plain, ports] = /^(?:\[([\da-f:.]+)\]|([\d.]+|[\da-f:]+?))?(?::(\d+))?$/i.exec(given('--to-destination')) ?? []
  const address = canonicalAddress(bracketed ?? plain ?? '')
  return { ...source, end: 'destination', address, port: ports === undefined ? null : onePort(ports) }
}
