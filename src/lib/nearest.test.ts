import { describe, expect, it } from 'vitest'
import { nearest, nearestHint } from './nearest.js'

const table: readonly (readonly [word: string, candidates: readonly string[], expected: string | null])[] = [
  ['wbe', ['db', 'web'], 'web'],
  ['web', ['web1', 'webs', 'WEB'], 'WEB'],
  ['web1', ['web11', 'web2'], 'web11'],
  ['gatway', ['gateway', 'getaway'], 'gateway'],
  ['x', ['y', 'yy'], 'y'],
  ['abc', ['xyz'], null],
  ['web', ['web'], null],
  ['', ['a'], 'a'],
  ['a'.repeat(65), ['a'.repeat(64)], null],
]

describe('nearest', () => {
  it.each(table)('%j among %j is %j', (word, candidates, expected) => {
    expect(nearest(word, candidates)).toBe(expected)
  })

  it('says it as a question', () => {
    expect(nearestHint('wbe', ['web'])).toBe('did you mean "web"?')
    expect(nearestHint('wbe', ['router'])).toBeUndefined()
  })
})
