import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../model/json.js'
import { factKey } from './fact-key.js'

const key = (args: JsonObject): string => factKey({ fact: 'routes', host: 'web1', args })

describe('factKey', () => {
  it('names host, fact and arguments', () => {
    expect(key({ family: 'inet' })).toBe('web1/routes{"family":"inet"}')
    expect(key({})).toBe('web1/routes{}')
  })

  it('does not depend on the order of members, nor on undefined ones', () => {
    expect(key({ b: 1, a: [true, null, { d: 'x', c: 0.5 }] })).toBe(key({ a: [true, null, { c: 0.5, d: 'x' }], b: 1, gone: undefined }))
  })

  it('is JSON that means the same data, whatever it is', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (args) => {
        const text = key(args as JsonObject).slice('web1/routes'.length)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(args)))
      }),
    )
  })
})
