// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of runbooks look like this
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { durationPattern } from '../lib/duration.js'
import { expectationSchema } from '../lib/expectation.js'
import type { AnyCheckKind } from '../model/check.js'
import { checkSchema, runbookSchema } from './editor-schema.js'

const ping: AnyCheckKind = {
  kind: 'ping',
  summary: 'An address answers.',
  schema: {
    type: 'object',
    properties: {
      target: { type: 'string' },
      size: expectationSchema({ type: 'integer' }),
      within: { type: 'string', pattern: durationPattern },
      hops: { type: 'array', items: { enum: ['a', 'b'] } },
    },
    required: ['target'],
    additionalProperties: false,
  },
  needs: () => ({}),
  evaluate: () => [],
}
const route: AnyCheckKind = { ...ping, kind: 'route', schema: { type: 'object' } }

const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, formats: { regex: true } })
ajv.addVocabulary(['x-expected'])
const accepts = ajv.compile({ ...runbookSchema([ping, route]) })
const withEntry = (entry: unknown): unknown => ({ version: 1, checks: [entry] })

describe('editors accept', () => {
  test.each([
    [{ ping: { target: 'db1', size: 5, within: '5s', hops: ['a'] } }],
    [{ ping: { target: '${db}', size: '${size}', within: '${within}', hops: ['${hop}', 'a'] } }],
    [{ ping: { target: 'db1', size: { min: '${size}' }, hops: '${hops}' } }],
    [{ ping: '${ping}' }],
    [{ name: 'x', id: 'x', on: ['web'], tags: 'a', severity: 'low', timeout: '5s', needs: ['y'], when: { group: 'web' }, route: {} }],
  ])('%j', (entry) => {
    expect(accepts(withEntry(entry))).toBe(true)
  })
})

describe('editors refuse', () => {
  test.each([
    [{ ping: { target: 'db1' }, route: {} }],
    [{ name: 'nothing' }],
    [{ ping: { target: 'db1', within: '5' } }],
    [{ ping: { target: 'db1', size: 'large' } }],
    [{ ping: { target: 'db1', hops: ['c'] } }],
    [{ ping: { traget: 'db1' } }],
    [{ pnig: { target: 'db1' } }],
    [{ ping: { target: 'db1' }, timeout: 5 }],
  ])('%j', (entry) => {
    expect(accepts(withEntry(entry))).toBe(false)
  })
})

test('the order of the table does not matter', () => {
  expect(JSON.stringify(runbookSchema([route, ping]))).toBe(JSON.stringify(runbookSchema([ping, route])))
})

test("a room's own schema is for values: no variables in it", () => {
  const valid = ajv.compile({ ...checkSchema(ping) })
  expect(valid({ target: 'db1', size: 5 })).toBe(true)
  expect(valid({ target: 'db1', size: '${size}' })).toBe(false)
})
