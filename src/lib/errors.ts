import type { FactErrorReason } from '../model/fact.js'
import type { TransportErrorReason } from '../model/transport.js'

/** A parser's word for output it does not know. The next source is then asked. */
export class NotUnderstood extends Error {
  override readonly name = 'NotUnderstood'
  /** @param expected what the parser looks for: `JSON from ip -j route`. @param found the beginning of what came. */
  constructor(expected: string, found: string) {
    const start = found.length > 120 ? `${found.slice(0, 120)}…` : found
    super(`expected ${expected}, found ${start === '' ? 'nothing' : JSON.stringify(start)}`)
  }
}

/** A source's word that its fact cannot be learnt here, and why; no other source is asked. The message is safe to print. */
export class NotLearnable extends Error {
  override readonly name = 'NotLearnable'
  constructor(
    readonly reason: Extract<FactErrorReason, 'tool-missing' | 'permission' | 'not-understood'>,
    message: string,
  ) {
    super(message)
  }
}

/** The host was not reached, or the process on it was lost. */
export class TransportError extends Error {
  override readonly name = 'TransportError'
  constructor(
    readonly reason: TransportErrorReason,
    message: string,
  ) {
    super(message)
  }
}
