import { canonicalAddress } from '../../lib/address.js'
import { type SocketState, socketStates } from './value.js'

/** What a line says about a connection; `host`s without brackets and zone. */
export interface Seen {
  readonly protocol: 'tcp' | 'udp'
  readonly state: SocketState
  readonly localHost: string
  readonly localPort: number
  readonly peerHost: string
  readonly peerPort: number
}

const stateCode = new Map<SocketState, number>(socketStates.map((state, index) => [state, index]))
const udpBit = 0x80

/** Protocol and state in one number, so that a filter is one look-up. */
export const kindOf = (protocol: 'tcp' | 'udp', state: SocketState): number =>
  (stateCode.get(state) ?? 0) | (protocol === 'udp' ? udpBit : 0)

export const stateOf = (kind: number): SocketState => socketStates[kind & ~udpBit] ?? 'established'

const isPort = (port: number): boolean => Number.isInteger(port) && port >= 0 && port <= 65_535

/** Four decimal numbers as the kernel prints them: without leading zeros, which are octal to some. */
const decimal = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/

/** An IPv4 address as a number below 2^32; null for what is none. */
export function ipv4Number(address: string): number | null {
  const [, ...octets] = decimal.exec(address) ?? []
  if (octets.length !== 4) return null
  let number = 0
  for (const text of octets) {
    const octet = Number(text)
    if (octet > 255) return null
    number = number * 256 + octet
  }
  return number
}

const mapped = '::ffff:'

/** The one spelling of an address, and its number, -1 of IPv6; what IPv4 looks like in a table of the kernel is known at a glance. */
function spell(host: string): { readonly address: string; readonly ipv4: number } | null {
  const bare = host.startsWith(mapped) ? host.slice(mapped.length) : host
  const ipv4 = ipv4Number(bare)
  if (ipv4 !== null) return { address: bare, ipv4 }
  const address = canonicalAddress(host)
  return address === null ? null : { address, ipv4: ipv4Number(address) ?? -1 }
}

/**
 * Connections by columns of numbers: a hundred filters over 100,000 rows then take milliseconds, and a row some thirty bytes.
 * The texts that a row had beside (its processes, its details) are read when somebody asks for them.
 */
export class SocketTable {
  readonly kinds: number[] = []
  readonly locals: number[] = []
  readonly peers: number[] = []
  readonly localPorts: number[] = []
  readonly peerPorts: number[] = []
  /** Each address once, canonical; and as a number, which is -1 for IPv6. */
  readonly addresses: string[] = []
  readonly ipv4: number[] = []
  readonly #ids = new Map<string, number>()

  get length(): number {
    return this.kinds.length
  }

  /** @returns false when a host is no address or a port is none. */
  add(seen: Seen): boolean {
    const local = this.#idOf(seen.localHost)
    const peer = this.#idOf(seen.peerHost)
    if (local === -1 || peer === -1 || !isPort(seen.localPort) || !isPort(seen.peerPort)) return false
    this.kinds.push(kindOf(seen.protocol, seen.state))
    this.locals.push(local)
    this.peers.push(peer)
    this.localPorts.push(seen.localPort)
    this.peerPorts.push(seen.peerPort)
    return true
  }

  #idOf(host: string): number {
    const known = this.#ids.get(host)
    if (known !== undefined) return known
    const spelt = spell(host)
    if (spelt === null) return -1
    const { address, ipv4 } = spelt
    // `::ffff:10.0.0.1` and `10.0.0.1` are one address.
    const same = this.#ids.get(address)
    const id = same ?? this.addresses.push(address) - 1
    if (same === undefined) this.ipv4.push(ipv4)
    this.#ids.set(host, id)
    this.#ids.set(address, id)
    return id
  }
}
