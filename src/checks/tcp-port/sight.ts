import type { TcpAddressResult, TcpStatus } from '../../facts/tcp-connect/index.js'
import { addressFamily } from '../../lib/address.js'
import { showDevice } from '../../lib/devices.js'
import { formatDuration } from '../../lib/duration.js'
import { describeIcmp } from '../../lib/icmp-names.js'
import type { CheckContext } from '../../model/check.js'
import type { Target } from './targets.js'

/** One address of one target as it was seen, with all that words about it need. */
export interface Sight {
  readonly target: Target
  readonly result: TcpAddressResult
  readonly probe: string
  readonly context: CheckContext
}

/** `tcp 10.20.0.5:5432 (db1)`. */
export function describeSubject({ target, result }: Sight, ports = String(target.port)): string {
  const address = result.address ?? target.host
  const shown = addressFamily(address) === 6 ? `[${address}]` : address
  return `tcp ${shown}:${ports}${target.label === null || target.label === address ? '' : ` (${target.label})`}`
}

/** What happened: `refused after 0.4 ms`. */
export function describeActual(sight: Sight): string {
  const { status, possible } = sight.result
  if (status !== 'ambiguous') return actuals[status](sight)
  if (!sight.result.confirmed) return 'no answer, but that is not certain'
  return `${possible.map((each) => words[each]).join(' or ')}${after(sight.result)}`
}

const words: Readonly<Record<TcpStatus, string>> = {
  open: 'open',
  'open-then-reset': 'open, then reset',
  refused: 'refused',
  rejected: 'rejected',
  'no-route': 'no route',
  'host-unreachable': 'host unreachable',
  timeout: 'no answer',
  'local-policy': 'forbidden locally',
  'source-error': 'source not usable',
  'name-error': 'name not resolved',
  unsupported: 'not asked',
}

const actuals: Readonly<Record<TcpStatus, (sight: Sight) => string>> = {
  open: ({ result }) => `open${after(result)}`,
  'open-then-reset': ({ result }) => `open${after(result)}, then reset by the far side`,
  refused: ({ result }) => `refused${after(result)}`,
  rejected: (sight) => `rejected${after(sight.result)}${byIcmp(sight)}`,
  'no-route': (sight) =>
    sight.result.local ? `no route on ${sight.context.host.name} itself${code(sight)}` : `no route${after(sight.result)}${byIcmp(sight)}`,
  'host-unreachable': (sight) => `host unreachable${after(sight.result)}${byIcmp(sight)}`,
  timeout: ({ result }) => `no answer, asked ${result.attempts} times`,
  'local-policy': (sight) => `forbidden by ${sight.context.host.name} itself${code(sight)}`,
  'source-error': (sight) => `not asked: the source could not be used${code(sight)}`,
  'name-error': ({ result }) => `the name was not resolved${result.detail === null ? '' : `: ${result.detail}`}`,
  unsupported: ({ result }) => `not asked${result.detail === null ? '' : `: ${result.detail}`}`,
}

const after = ({ answerMs }: TcpAddressResult): string => (answerMs === null ? '' : ` after ${formatDuration(answerMs)}`)
const code = ({ result }: Sight): string => (result.errno === null ? '' : ` (${result.errno})`)

function byIcmp(sight: Sight): string {
  const { icmp, address } = sight.result
  if (icmp === null) return code(sight)
  const sender = icmp.from === null ? '' : ` by ${showDevice(sight.context.inventory, icmp.from)}`
  return `${sender}: ${describeIcmp(icmp, familyOf(address))}`
}

export const familyOf = (address: string | null): 4 | 6 => (address === null ? 4 : (addressFamily(address) ?? 4))
