// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of runbooks look like this
import { expect, test } from 'vitest'
import type { Json } from '../model/json.js'
import { parseVariable } from './variable-option.js'

test.each<[string, Json]>([
  ['x=text', 'text'],
  ['x=', ''],
  ['x=a=b', 'a=b'],
  ['x=443', 443],
  ['x=-1.5', -1.5],
  ['x=true', true],
  ['x=null', 'null'],
  ['x=010', '010'],
  ['x=1e3', '1e3'],
  ['x=1.10', '1.10'],
  ['x=9007199254740993', '9007199254740993'],
  ['x=10.0.0.1', '10.0.0.1'],
  ['x=[80, 443]', [80, 443]],
  ['x={ a: 1 }', { a: 1 }],
  ['x=[::1]:80', '[::1]:80'],
  ['x=# no comment', '# no comment'],
  ['x=${y}', '${y}'],
])('%s', (text, value) => {
  expect(parseVariable(text)).toEqual({ name: 'x', value })
})

test.each([
  ['x', 'expected name=value, found "x"'],
  ['=1', 'expected the name of a variable before "=", found ""'],
  ['a.b=1', 'expected the name of a variable before "=", found "a.b"'],
])('%s is refused', (text, problem) => {
  expect(parseVariable(text)).toEqual({ problem })
})
