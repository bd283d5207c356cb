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

/** Four decimal numbers as the kernel prints them. */
const decimal = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/

/** An IPv4 address as a number below 2^32; null for what is none. */
export function ipv4Number(address: string): number | null {
  const [, a, b, c, d] = decimal.exec(address) ?? []
  return a === undefined ? null : Number(a) * 2 ** 24 + Number(b) * 2 ** 16 + Number(c) * 2 ** 8 + Number(d)
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
    const address = canonicalAddress(host)
    if (address === null) return -1
    // `::ffff:10.0.0.1` and `10.0.0.1` are one address.
    const same = this.#ids.get(address)
    const id = same ?? this.addresses.push(address) - 1
    if (same === undefined) this.ipv4.push(ipv4Number(address) ?? -1)
    this.#ids.set(host, id)
    this.#ids.set(address, id)
    return id
  }
}
