import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printableQuote } from './printable.js'

describe('text in quotes', () => {
  it.each([
    ['', '""'],
    ['  a  ', '"  a  "'],
    ['a\tb\r\nc', String.raw`"a\tb\r\nc"`],
    ['say "a\\b"', String.raw`"say \"a\\b\""`],
    ['\u001b[31mup', String.raw`"\u001b[31mup"`],
    ['a\u00a0b\u200b\u202ec\u009b', String.raw`"a\u00a0b\u200b\u202ec\u009b"`],
    ['\ud800', String.raw`"\ud800"`],
    ['Ü 東京 😀', '"Ü 東京 😀"'],
    ['12345678901', '"123456789"…'],
    ['😀'.repeat(11), `"${'😀'.repeat(9)}"…`],
  ])('%j', (text, quoted) => {
    expect(printableQuote(text, 10)).toBe(quoted)
  })

  it('tells any two texts apart, and says the same of what it keeps', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 50 }), (text) => {
        expect(JSON.parse(printableQuote(text))).toBe(text)
      }),
    )
  })
})
