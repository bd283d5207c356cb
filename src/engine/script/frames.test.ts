import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FrameLimits, FrameReader } from './frames.js'

const nonce = 'N0nce'
const limits: FrameLimits = { sectionBytes: 1_000, errorBytes: 50, noiseBytes: 500, visitBytes: 2_000 }

function read(chunks: readonly { stream: 'stdout' | 'stderr'; text: string | Uint8Array }[], ours = limits) {
  const events: string[] = []
  const note =
    (name: string) =>
    (...args: readonly unknown[]): void =>
      void events.push([name, ...args].join(' '))
  const reader = new FrameReader(nonce, ours, {
    hello: note('hello'),
    begin: note('begin'),
    ready: note('ready'),
    again: note('again'),
    end: (...args) => void events.push(['end', ...args.filter((arg) => !Number.isNaN(arg))].join(' ')),
    missing: note('missing'),
    bye: note('bye'),
    overflow: note('overflow'),
  })
  for (const { stream, text } of chunks) reader.feed(stream, Buffer.from(text as string))
  return { events, reader }
}

const frame = (words: string): string => `\n${nonce} ${words}\n`
const dialogue = `Welcome to db1!\n${frame('hello Linux')}${frame('begin 0 0')}one\ntwo\n${frame('end 0 0 0')}${frame('missing 1 0')}${frame('begin 1 1')}${frame('end 1 1 7')}${frame('bye')}`

describe('FrameReader', () => {
  it('tells commands from banners, and outputs from each other', () => {
    const { events, reader } = read([{ stream: 'stdout', text: dialogue }])
    expect(events).toEqual(['hello Linux', 'begin 0 0', 'end 0 0 0', 'missing 1 0', 'begin 1 1', 'end 1 1 7', 'bye'])
    expect(reader.take(0, 0)).toEqual({ stdout: 'one\ntwo\n', stderr: '' })
    expect(reader.take(1, 1)).toEqual({ stdout: '', stderr: '' })
  })

  it('hears a command say that it is ready, and goes on with its output', () => {
    const { events, reader } = read([{ stream: 'stdout', text: `${frame('begin 0 0')}one${frame('ready')}two\n${frame('end 0 0 0')}` }])
    expect(events).toEqual(['begin 0 0', 'ready', 'end 0 0 0'])
    expect(reader.take(0, 0).stdout).toBe('onetwo\n')
  })

  it('gives the output to whoever reads it, though standard error came before it had begun', () => {
    const taken: string[] = []
    let begun = false
    const nothing = (): void => {}
    const reader = new FrameReader(nonce, limits, {
      ...{ hello: nothing, ready: nothing, again: nothing, end: nothing, missing: nothing, bye: nothing, overflow: nothing },
      begin: () => {
        begun = true
      },
      reader: () => (begun ? { take: (text) => void taken.push(text) } : undefined),
    })
    reader.feed('stderr', Buffer.from(`${frame('begin 0 0')}oops\n${frame('end 0 0 0')}`))
    reader.feed('stdout', Buffer.from(`${frame('begin 0 0')}one\ntwo\n${frame('end 0 0 0')}`))
    expect(taken.join('')).toBe('one\ntwo\n')
    expect(reader.take(0, 0)).toEqual({ stdout: '', stderr: 'oops\n' })
  })

  it('takes less from a command that may print less', () => {
    const text = `${frame('hello Linux')}${frame('begin 0 0')}12345${frame('end 0 0 0')}`
    expect(read([{ stream: 'stdout', text }], { ...limits, bytesOf: () => 5 }).events).not.toContain('overflow 0')
    expect(read([{ stream: 'stdout', text }], { ...limits, bytesOf: () => 4 }).events).toContain('overflow 0')
  })

  it('reads the same however the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), (lengths) => {
        const bytes = Buffer.from(dialogue)
        const chunks: { stream: 'stdout'; text: Uint8Array }[] = []
        for (let at = 0, turn = 0; at < bytes.length; turn++) {
          const length = lengths[turn % lengths.length] ?? 1
          chunks.push({ stream: 'stdout', text: bytes.subarray(at, at + length) })
          at += length
        }
        const { events, reader } = read(chunks)
        expect(events).toEqual(['hello Linux', 'begin 0 0', 'end 0 0 0', 'missing 1 0', 'begin 1 1', 'end 1 1 7', 'bye'])
        expect(reader.take(0, 0).stdout).toBe('one\ntwo\n')
      }),
    )
  })

  it('is not fooled by output that looks like a frame with another nonce', () => {
    const { events, reader } = read([{ stream: 'stdout', text: `${frame('begin 0 0')}\nN0nc3 end 0 0 0\n${frame('end 0 0 1')}` }])
    expect(events).toEqual(['begin 0 0', 'end 0 0 1'])
    expect(reader.take(0, 0).stdout).toBe('\nN0nc3 end 0 0 0\n')
  })

  it('keeps the beginning of a long standard error and drops the rest', () => {
    const { reader } = read([
      { stream: 'stderr', text: `${frame('begin 0 0')}short` },
      { stream: 'stderr', text: 'x'.repeat(100) },
    ])
    expect(reader.take(0, 0)).toEqual({ stdout: '', stderr: `short${'x'.repeat(45)}`, stderrCut: true })
  })

  it.each([
    ['a command', 'stdout', `${frame('begin 3 0')}${'x'.repeat(1_001)}`, 'overflow 3'],
    ['noise before the first frame', 'stdout', 'x'.repeat(501), 'overflow '],
    ['endless standard error', 'stderr', `${frame('begin 3 0')}${'x'.repeat(501)}`, 'overflow 3'],
    ['all sections together', 'stdout', [0, 1, 2, 3].map((n) => `${frame(`begin ${n} 0`)}${'x'.repeat(900)}`).join(''), 'overflow 3'],
  ] as const)('says when %s prints too much', (_, stream, text, event) => {
    const { events } = read([{ stream, text }])
    expect(events.at(-1)).toBe(event)
  })

  it('survives any bytes', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.uint8Array(),
            fc.constantFrom('begin', 'end 1 x', `\n${nonce} `, '\n').map((word) => Buffer.from(word)),
          ),
        ),
        (pieces) => {
          const { reader } = read(pieces.map((text) => ({ stream: 'stdout', text })))
          expect(typeof reader.take(0, 0).stdout).toBe('string')
        },
      ),
    )
  })
})
