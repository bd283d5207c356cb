import { innerDot } from './present.js'

/** A message that costs more than any honest one: pointers to pointers, or thousands of names that are each others' tails. */
export class TooCostly extends Error {
  override readonly name = 'TooCostly'
}

/** Steps that an octet may cost. The densest honest messages, lists of addresses, cost less than one. */
const stepsPerOctet = 8

interface View extends Buffer {
  steps: number
}

/**
 * The library asks the buffer to show a label as UTF-8 and joins labels with dots: octets that are no UTF-8 and dots inside a label
 * were lost. It also follows pointers without end but their direction. This buffer loses nothing, and counts.
 */
const losslessAndCounting: object = Object.create(Buffer.prototype, {
  toString: {
    value(this: View, _encoding?: string, start?: number, end?: number): string {
      spend(this)
      const text = Buffer.prototype.toString.call(this, 'latin1', start, end)
      return text.includes('.') ? text.replaceAll('.', innerDot) : text
    },
  },
  readUInt16BE: {
    value(this: View, offset: number): number {
      spend(this)
      return Buffer.prototype.readUInt16BE.call(this, offset)
    },
  },
})

function spend(view: View): void {
  view.steps -= 1
  if (view.steps < 0) throw new TooCostly('compression loops, or names without end')
}

/** The same octets for the library to read. */
export function viewOf(bytes: Uint8Array): Buffer {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Object.assign(Object.setPrototypeOf(view, losslessAndCounting) as Buffer, { steps: stepsPerOctet * bytes.byteLength })
}
