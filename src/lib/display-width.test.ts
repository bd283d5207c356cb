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
