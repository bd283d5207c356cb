import { isAscii } from 'node:buffer'
import { StringDecoder } from 'node:string_decoder'

/** Where a section's output went wrong, or that all is well so far. */
export interface FrameLimits {
  /** Bytes of standard output a command may print. */
  readonly sectionBytes: number
  /** Bytes kept of a command's standard error; the rest is dropped. */
  readonly errorBytes: number
  /** Bytes a visit may print outside of commands (banners, start-up files) or to standard error, before it is ended. */
  readonly noiseBytes: number
  /** Bytes kept of a whole visit. */
  readonly visitBytes: number
  /** Bytes of standard output that this command may print; undefined for `sectionBytes`. */
  bytesOf?(section: number, source: number): number | undefined
}

export interface FrameEvents {
  hello(system: string): void
  begin(section: number, source: number): void
  /** Who reads standard output of this source while it comes; what nobody reads is kept until it is taken. */
  reader?(section: number, source: number): { take(text: string): void } | undefined
  /** The command that runs says so itself: what is asked during it may be asked now. */
  ready(): void
  /** The second reading of a command begins. */
  again(section: number, source: number): void
  /** @param passed hundredths of a second since the first reading; NaN where this was the first. */
  end(section: number, source: number, exitCode: number, passed: number): void
  missing(section: number, source: number): void
  bye(): void
  /** More than the limits allow; `section` is null outside of commands. */
  overflow(section: number | null): void
}

/** The longest frame line after the nonce: words and small numbers. */
const longestLine = 200

/**
 * Splits what a visit prints into the outputs of its commands. Feed both streams as they come, cut anywhere.
 * Whatever precedes the first frame (banners, start-up files of a login shell) is ignored.
 */
export class FrameReader {
  readonly #outputs = new Map<string, { stdout?: Text; readonly stderr: Text }>()
  readonly #cut = new Set<string>()
  readonly #streams: Record<'stdout' | 'stderr', StreamState>
  #kept = 0

  constructor(
    nonce: string,
    limits: FrameLimits,
    readonly events: FrameEvents,
  ) {
    const marker = Buffer.from(`\n${nonce} `)
    this.#streams = {
      stdout: new StreamState(marker, {
        data: (place, piece, total) => {
          if (place === null) {
            if (total > limits.noiseBytes) events.overflow(null)
          } else if (total > (limits.bytesOf?.(place.section, place.source) ?? limits.sectionBytes) || this.#kept > limits.visitBytes)
            events.overflow(place.section)
          else this.#keep(place, 'stdout', piece)
        },
        line: (words) => emit(words, events),
      }),
      stderr: new StreamState(marker, {
        data: (place, piece, total) => {
          if (total > limits.noiseBytes) events.overflow(place?.section ?? null)
          else if (place !== null) this.#keepSome(place, piece, limits.errorBytes - (total - piece.length))
        },
        line: () => {},
      }),
    }
  }

  feed(stream: 'stdout' | 'stderr', chunk: Uint8Array): void {
    this.#streams[stream].feed(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))
  }

  /** What a command printed in one reading, and forgets it; text that is not UTF-8 becomes U+FFFD. */
  take(section: number, source: number, reading: Reading = 'first'): { stdout: string; stderr: string; stderrCut?: boolean } {
    const key = keyOf({ section, source, reading })
    const output = this.#outputs.get(key)
    this.#outputs.delete(key)
    const texts = { stdout: output?.stdout?.end() ?? '', stderr: output?.stderr.end() ?? '' }
    return this.#cut.delete(key) ? { ...texts, stderrCut: true } : texts
  }

  /** Keeps the beginning of standard error, and that there was more. */
  #keepSome(place: Place, piece: Buffer, room: number): void {
    if (room > 0) this.#keep(place, 'stderr', piece.subarray(0, room))
    if (piece.length > room) this.#cut.add(keyOf(place))
  }

  #keep(place: Place, stream: 'stdout' | 'stderr', piece: Buffer): void {
    this.#kept += piece.length
    const key = keyOf(place)
    let output = this.#outputs.get(key)
    if (output === undefined) {
      output = { stderr: new Text() }
      this.#outputs.set(key, output)
    }
    if (stream === 'stderr') output.stderr.push(piece)
    else {
      // Not before: standard error may come earlier than the word that the command has begun, which makes its reader.
      output.stdout ??= new Text(this.events.reader?.(place.section, place.source))
      output.stdout.push(piece)
    }
  }
}

type Reading = 'first' | 'second'

interface Place {
  readonly section: number
  readonly source: number
  readonly reading: Reading
}

/**
 * UTF-8, decoded piece by piece while the host is still printing. What tools print is nearly always ASCII, which is decoded many
 * times as fast when it is known to be.
 */
class Text {
  readonly #pieces: string[] = []
  #decoder: StringDecoder | null = null

  /** @param reader who gets the pieces; without one they are kept. */
  constructor(readonly reader?: { take(text: string): void }) {}

  push(piece: Buffer): void {
    if (this.#decoder === null && !isAscii(piece)) this.#decoder = new StringDecoder('utf8')
    this.#hand(this.#decoder === null ? piece.toString('latin1') : this.#decoder.write(piece))
  }

  /** @returns what nobody read. */
  end(): string {
    if (this.#decoder !== null) this.#hand(this.#decoder.end())
    return this.#pieces.join('')
  }

  #hand(text: string): void {
    if (this.reader === undefined) this.#pieces.push(text)
    else if (text !== '') this.reader.take(text)
  }
}

const keyOf = ({ section, source, reading }: Place): string => `${section} ${source} ${reading}`

interface StreamEvents {
  /** @param total bytes since the place was entered. */
  data(place: Place | null, piece: Buffer, total: number): void
  line(words: readonly string[]): void
}

class StreamState {
  #carry: Buffer = Buffer.alloc(0)
  #place: Place | null = null
  #total = 0

  constructor(
    readonly marker: Buffer,
    readonly events: StreamEvents,
  ) {}

  feed(chunk: Buffer): void {
    let rest = this.#carry.length === 0 ? chunk : Buffer.concat([this.#carry, chunk])
    for (;;) {
      const at = rest.indexOf(this.marker)
      if (at === -1) {
        const keep = partialMarker(rest, this.marker)
        this.#data(rest.subarray(0, rest.length - keep))
        this.#carry = Buffer.from(rest.subarray(rest.length - keep))
        return
      }
      const from = at + this.marker.length
      const lineEnd = rest.indexOf(0x0a, from)
      if (lineEnd === -1 && rest.length - from <= longestLine) {
        this.#data(rest.subarray(0, at))
        this.#carry = Buffer.from(rest.subarray(at))
        return
      }
      this.#data(rest.subarray(0, at))
      const end = lineEnd === -1 ? from + longestLine : lineEnd
      this.#line(rest.subarray(from, end).toString('latin1').split(' '))
      rest = rest.subarray(lineEnd === -1 ? end : end + 1)
    }
  }

  #data(piece: Buffer): void {
    if (piece.length === 0) return
    this.#total += piece.length
    this.events.data(this.#place, piece, this.#total)
  }

  #line(words: readonly string[]): void {
    const [kind, section, source] = words
    // A remark of the command itself, whose output goes on.
    if (kind === 'ready') {
      this.events.line(words)
      return
    }
    const reading = kind === 'begin' ? 'first' : kind === 'again' ? 'second' : null
    this.#place = reading === null ? null : { section: Number(section), source: Number(source), reading }
    this.#total = 0
    this.events.line(words)
  }
}

/** How many bytes at the end of `text` might be the beginning of the marker: it begins with its only line break. */
function partialMarker(text: Buffer, marker: Buffer): number {
  const at = text.lastIndexOf(0x0a)
  const length = text.length - at
  if (at === -1 || length >= marker.length) return 0
  return text.subarray(at).equals(marker.subarray(0, length)) ? length : 0
}

function emit([kind, first, second, third, fourth]: readonly string[], events: FrameEvents): void {
  const section = Number(first)
  const source = Number(second)
  if (kind === 'hello') events.hello(first ?? '')
  else if (kind === 'begin') events.begin(section, source)
  else if (kind === 'ready') events.ready()
  else if (kind === 'again') events.again(section, source)
  else if (kind === 'end') events.end(section, source, Number(third), Number(fourth))
  else if (kind === 'missing') events.missing(section, source)
  else if (kind === 'bye') events.bye()
}
