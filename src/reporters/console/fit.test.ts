import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { displayWidth } from '../../lib/display-width.js'
import { padEnd, wrap } from './fit.js'

describe('wrap', () => {
  it.each([
    ['', 10, ['']],
    ['one', 10, ['one']],
    ['one two three', 7, ['one two', 'three']],
    ['exactly ten', 11, ['exactly ten']],
    ['one\ntwo', 10, ['one', 'two']],
    ['one\n\ntwo\n\n', 10, ['one', '', 'two']],
    ['  one   two  ', 10, ['one two']],
    ['a longword', 4, ['a', 'long', 'word']],
    ['longwords', 4, ['long', 'word', 's']],
    ['대구 부산 서울', 9, ['대구 부산', '서울']],
    ['대구부산', 5, ['대구', '부산']],
    ['👩‍👩‍👧👩‍👩‍👧 e\u0301e\u0301e\u0301', 3, ['👩‍👩‍👧', '👩‍👩‍👧', 'e\u0301e\u0301e\u0301']],
  ])('%j in %d cells', (text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines)
  })

  it('keeps every line within its width and every character but spaces', () => {
    const character = fc.constantFrom('a', 'b', ' ', '\n', '대', '👍', 'e\u0301', '👩‍👩‍👧')
    const text = fc.array(character, { maxLength: 60 }).map((characters) => characters.join(''))
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 20 }), (input, width) => {
        const lines = wrap(input, width)
        expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(width)
        expect(lines.join('').replaceAll(/\s/g, '')).toBe(input.replaceAll(/\s/g, ''))
      }),
    )
  })
})

it('padEnd counts cells', () => {
  expect(padEnd('대구', 6)).toBe('대구  ')
  expect(padEnd('longer', 2)).toBe('longer')
})
