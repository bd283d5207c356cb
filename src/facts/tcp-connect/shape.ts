import { amount, filledListOf, flag, mapOf, oneOf, orNull, text, whole } from '../../lib/shape.js'
import type { IcmpError, TcpAddressResult, TcpConnect, TcpStatus } from './value.js'

const statuses = Object.keys({
  open: 0,
  'open-then-reset': 0,
  refused: 0,
  rejected: 0,
  'no-route': 0,
  'host-unreachable': 0,
  timeout: 0,
  'local-policy': 0,
  'source-error': 0,
  'name-error': 0,
  unsupported: 0,
} satisfies Record<TcpStatus, 0>) as TcpStatus[]

const addressResult = mapOf<TcpAddressResult>({
  address: orNull(text),
  status: oneOf([...statuses, 'ambiguous']),
  possible: filledListOf(oneOf(statuses)),
  answerMs: orNull(amount),
  source: orNull(text),
  icmp: orNull(mapOf<IcmpError>({ type: whole, code: whole, from: orNull(text) })),
  errno: orNull(text),
  local: flag,
  confirmed: flag,
  limited: flag,
  attempts: whole,
  detail: orNull(text),
})

/** What a recording must hold to be judged. */
export const tcpConnectShape = mapOf<TcpConnect>({ probe: text, addresses: filledListOf(addressResult) })
