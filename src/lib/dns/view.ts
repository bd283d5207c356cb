import { innerDot } from './present.js'

/** A message that costs more than any honest one: pointers to pointers, or thousands of names that are each others' tails. */
export class TooCostly extends Error {
  override readonly name = 'TooCostly'
}

/** Steps that an octet may cost. The densest honest messages, lists of addresses, cost less than one. */
const stepsPerOctet = 8

const showOctets: (this: Uint8Array, encoding: 'latin1', start?: number, end?: number) => string = Buffer.prototype.toString

/**
 * The library asks the buffer to show a label as UTF-8 and joins labels with dots: octets that are no UTF-8 and dots inside a label
 * were lost. It also follows pointers without end but their direction. This buffer loses nothing, and counts.
 */
class LosslessAndCounting extends Uint8Array {
  #steps = stepsPerOctet * this.length

  override toString(_encoding?: string, start?: number, end?: number): string {
    this.#spend()
    const text = showOctets.call(this, 'latin1', start, end)
    return text.includes('.') ? text.replaceAll('.', innerDot) : text
  }

  readUInt16BE(offset: number): number {
    this.#spend()
    const high = this[offset]
    const low = this[offset + 1]
    if (high === undefined || low === undefined) throw new RangeError(`no two octets at ${offset}`)
    return high * 256 + low
  }

  #spend(): void {
    this.#steps -= 1
    if (this.#steps < 0) throw new TooCostly('compression loops, or names without end')
  }
}
// All else is a Buffer's: Node's Buffer is such a class itself, but none to be extended.
Object.setPrototypeOf(LosslessAndCounting.prototype, Buffer.prototype)

/** The same octets for the library to read. */
export function viewOf(bytes: Uint8Array): Buffer {
  const view: unknown = new LosslessAndCounting(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength)
  return view as Buffer
}
