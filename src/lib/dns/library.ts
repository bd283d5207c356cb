import * as library from 'dns-packet'

/**
 * The parts of which the library makes its own `decode`. They are exported but not in its types. A message is taken apart with
 * them, as `decode` itself believes every length that it is told: it does not compare what a decoder consumed with the record's
 * own length, and some decoders read beyond it.
 */
interface Decoder<Value> {
  readonly decode: ((bytes: Buffer, offset: number) => Value) & {
    /** How many octets the last call consumed. */
    readonly bytes: number
  }
}
interface Parts {
  readonly name: Decoder<string>
  /** A name, a type and a class: what a record begins with as well. Types without a name are `UNKNOWN_65`. */
  readonly question: Decoder<{ readonly name: string; readonly type: string; readonly class: string }>
  readonly a: Decoder<string>
  readonly aaaa: Decoder<string>
  readonly cname: Decoder<string>
  readonly ns: Decoder<string>
  readonly ptr: Decoder<string>
  readonly dname: Decoder<string>
  readonly mx: Decoder<{ readonly preference: number; readonly exchange: string }>
  readonly srv: Decoder<{ readonly priority: number; readonly weight: number; readonly port: number; readonly target: string }>
  readonly soa: Decoder<{
    readonly mname: string
    readonly rname: string
    readonly serial: number
    readonly refresh: number
    readonly retry: number
    readonly expire: number
    readonly minimum: number
  }>
  readonly txt: Decoder<readonly Buffer[]>
  readonly caa: Decoder<{ readonly flags: number; readonly tag: string; readonly value: string }>
  readonly opt: Decoder<readonly { readonly code: number; readonly data: Buffer }[]>
}

export const parts = library as unknown as Parts

export const { encode, decode, RECURSION_DESIRED, AUTHENTIC_DATA, DNSSEC_OK } = library
