import { NotUnderstood } from '../errors.js'

/** A socket of `ss -n -t -u`, with what ss prints after its peer and under it. */
export interface SsText {
  readonly match: RegExpExecArray
  readonly line: string
  /** After the match: processes and details, further lines included. */
  readonly rest: string
}

interface Begun {
  readonly match: RegExpExecArray
  readonly line: string
  rest: string
  /** The list of processes has no end yet. */
  open: boolean
}

const header = /^Netid +State +Recv-Q +Send-Q +Local Address:Port/
const opening = /^\s*users:\(\((?!.*\)\)(?:\s|$))/
const closing = /\)\)(?:\s|$)/

/** Takes apart what ss(8) prints, while it prints it. */
export class SsRows {
  #line = ''
  #begun: Begun | null = null
  #headed = false

  /**
   * @param pattern what a row begins with, up to its peer.
   * @param indented whether details stand under rows, behind white space (`-i`).
   * @param each is given each socket once all of it has come.
   */
  constructor(
    readonly pattern: RegExp,
    readonly indented: boolean,
    readonly each: (socket: SsText) => void,
  ) {}

  /** @throws NotUnderstood */
  take(text: string): void {
    let at = 0
    for (let stop = text.indexOf('\n'); stop !== -1; stop = text.indexOf('\n', at)) {
      this.#read(this.#line + text.slice(at, stop))
      this.#line = ''
      at = stop + 1
    }
    this.#line += text.slice(at)
  }

  /** @throws NotUnderstood */
  end(): void {
    this.#read(this.#line)
    this.#finish()
  }

  #read(line: string): void {
    if (!this.#headed && !header.test(line)) throw new NotUnderstood('the header of ss with a column State', line)
    const match = this.#headed ? this.pattern.exec(line) : null
    if (match !== null) this.#begin(match, line)
    else if (this.#headed) this.#goOn(line)
    this.#headed = true
  }

  #begin(match: RegExpExecArray, line: string): void {
    this.#finish()
    const rest = line.slice(match[0].length)
    this.#begun = { match, line, rest, open: opening.test(rest) }
  }

  /** A process may have line breaks in its name, and ss prints them. */
  #goOn(line: string): void {
    const begun = this.#begun
    const blank = line.trim() === ''
    if (begun?.open !== true && blank) return
    if (begun === null || !(begun.open || (this.indented && /^\s/.test(line)))) throw new NotUnderstood('a socket of ss', line)
    begun.rest += `\n${line}`
    if (begun.open) begun.open = !closing.test(line)
  }

  #finish(): void {
    if (this.#begun !== null) this.each(this.#begun)
    this.#begun = null
  }
}

/** `[::1]` is `::1`. */
export const unbracketed = (host: string): string => (host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host)
