import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonRoutesReader } from './json.js'
import type { Route } from './route.js'

const route = (number: number, more = ''): string =>
  `{"type":"unicast","dst":"10.${number >> 8}.${number & 255}.0/24","gateway":"192.0.2.${1 + (number % 7)}","dev":"eth0","table":"main","protocol":"boot","scope":"global","flags":[]${more}}`
const usual = `[${Array.from({ length: 300 }, (_, number) => route(number)).join(',')}]\n`
const pretty = JSON.stringify(JSON.parse(usual), null, 4)
const encapsulated = `[${route(1)},${route(2, ',"encap":"ip","id":"0","dst":"198.51.100.1"')}]`
const unlike = `[${Array.from({ length: 30 }, (_, number) => route(number).replace('eth0', `x${number}`)).join(',')}]`
const long = `[${route(1, `,"note":"${'x'.repeat(1_500_000)}"`)},${route(2)}]`

/** What is read of pieces of these lengths, in turn. */
function read(text: string, lengths: readonly number[]): readonly Route[] | string {
  const reader = jsonRoutesReader('inet')
  try {
    for (let at = 0, turn = 0; at < text.length; turn++) {
      const length = lengths[turn % lengths.length] ?? 1
      reader.take(text.slice(at, at + length))
      at += length
    }
    return reader.end()
  } catch (error) {
    return (error as Error).message
  }
}

describe('routes that come in pieces', () => {
  it.each([
    ['as ip prints them', usual, 300],
    ['printed otherwise', pretty, 300],
    ['that have nothing in common', unlike, 30],
    ['with one longer than is read in pieces', long, 2],
    ['none', '[]', 0],
  ])('%s', (_, text, count) => {
    const whole = read(text, [text.length])
    expect(whole).toHaveLength(count)
    expect(read(text, [65_536])).toEqual(whole)
  })

  it('are the same however they are cut', () => {
    const texts = fc.constantFrom(
      usual,
      pretty,
      encapsulated,
      unlike,
      '[]',
      '',
      '[',
      `${usual} x`,
      usual.slice(0, -40),
      usual.replace('10.0.9.0', '10.0.9.300'),
    )
    fc.assert(
      fc.property(texts, fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1 }), (text, lengths) => {
        expect(read(text, lengths)).toEqual(read(text, [text.length + 1]))
      }),
    )
  })

  it('are refused with an encapsulation, whose destination hides theirs', () => {
    expect(read(encapsulated, [50])).toMatch(/^expected a route without encapsulation/)
  })
})
