import { describe, expect, test } from 'vitest'
import { displayWidth, graphemes } from './display-width.js'

describe('displayWidth', () => {
  test.each([
    ['', 0],
    ['via', 3],
    ['ä', 1],
    ['a\u0308', 1],
    ['대구', 4],
    ['日本', 4],
    ['ｆｕ', 4],
    ['👍', 2],
    ['👩‍👩‍👧', 2],
    ['❤️', 2],
    ['🇰🇷', 2],
    ['\u0301', 0],
    ['…', 1],
    ['─', 1],
  ])('%j takes %d cells', (text, width) => {
    expect(displayWidth(text)).toBe(width)
  })
})

test('graphemes keeps what is seen as one together', () => {
  expect(graphemes('a👩‍👩‍👧e\u0301')).toEqual(['a', '👩‍👩‍👧', 'e\u0301'])
})

test.each([
  ['standing alone', '가나다 漢字 ｶﾅ é ❤ '],
  ['joined', 'a👩‍👩‍👧e\u0301🇰🇷가각\u11a8น้ำ'],
])('graphemes finds in a long text of characters %s what the segmenter finds in it whole', (_, pattern) => {
  const whole = new Intl.Segmenter('en', { granularity: 'grapheme' })
  for (const length of [10, 999, 1_000, 1_001, 2_500]) {
    const text = pattern.repeat(200).slice(0, length)
    expect(graphemes(text)).toEqual(Array.from(whole.segment(text), ({ segment }) => segment))
  }
})

test('graphemes comes to an end with endless marks and with endless text', () => {
  const text = `a${'\u0301'.repeat(5_000)}`
  expect(graphemes(text).join('')).toBe(text)
  expect(displayWidth('가👍'.repeat(50_000))).toBe(200_000)
})
