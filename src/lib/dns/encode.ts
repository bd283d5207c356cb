import { AUTHENTIC_DATA, DNSSEC_OK, encode, RECURSION_DESIRED } from './library.js'
import { canonicalName } from './name.js'
import type { DnsType } from './types.js'

export interface Query {
  /** As `canonicalName` gives it. */
  readonly name: string
  readonly type: DnsType
  /** RD; default true. */
  readonly recurse?: boolean | undefined
  /** AD and DO; default false. */
  readonly dnssec?: boolean | undefined
}

/** The most that is sure to pass in one piece, and so what is asked for (RFC 9715 section 3.2). */
const udpPayloadSize = 1232

/** How many octets EDNS adds at the end of a query: without them, and with a count of 0 in octets 10 and 11, it has no EDNS. */
export const ednsOctets = 11

/**
 * A query with EDNS and the id 0, which whoever sends it replaces by a random one.
 * @throws RangeError for a name that `canonicalName` does not give.
 */
export function encodeQuery({ name, type, recurse = true, dnssec = false }: Query): Uint8Array {
  if (canonicalName(name) !== name) throw new RangeError(`not a canonical domain name: ${name}`)
  return encode({
    type: 'query',
    id: 0,
    flags: (recurse ? RECURSION_DESIRED : 0) | (dnssec ? AUTHENTIC_DATA : 0),
    questions: [{ name, type, class: 'IN' }],
    additionals: [
      {
        type: 'OPT',
        name: '.',
        udpPayloadSize,
        extendedRcode: 0,
        ednsVersion: 0,
        flags: dnssec ? DNSSEC_OK : 0,
        flag_do: dnssec,
        options: [],
      },
    ],
  })
}
