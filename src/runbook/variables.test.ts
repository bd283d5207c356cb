// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of runbooks look like this
import { describe, expect, test } from 'vitest'
import type { Json } from '../model/json.js'
import { fillIn } from './fill.js'
import { Scope, type Sources } from './scope.js'

const sources: Sources = {
  overrides: { release: 7, raw: '${gateway}' },
  host: { rack: { row: 4, name: 'b' }, gateway: '10.9.9.9', evil: '${env:SECRET}' },
  runbook: {
    gateway: '203.0.113.1',
    release: 1,
    ports: [80, 443],
    url: 'https://${gateway}:${ports}',
    copy: '${ports}',
    nested: { deep: { via: '${gateway}' } },
    indirect: '${rack}',
    a: '${b}',
    b: '${a}',
    self: 'x${self}',
    on: true,
    none: null,
    broken: '${nowhere}',
    half: { good: 1, bad: '${nowhere}' },
  },
  env: { SECRET: 's3cr3t', EMPTY: '' },
}

describe('fillIn', () => {
  test('tells which strings came to hold a value from the environment, on whatever way', () => {
    const runbook = { token: '${env:SECRET}', map: { deep: '${token}' }, copy: '${map}', plain: { a: 'x' } }
    const spec = {
      run: ['${env:SECRET}', 'x${token}y', '${map.deep}', '${copy.deep}', '${plain.a}', 's3cr3t', '${given}', '$${env:SECRET}'],
      whole: '${copy}',
    }
    const { secret, value } = fillIn(
      spec,
      new Scope({ overrides: { given: '${env:SECRET}' }, host: {}, runbook, env: { SECRET: 's3cr3t' } }),
    )
    expect((value as { whole: unknown }).whole).toEqual({ deep: 's3cr3t' })
    expect(secret.map((path) => path.join('.'))).toEqual(['run.0', 'run.1', 'run.2', 'run.3', 'whole'])
  })

  test.each<[string, Json, Json]>([
    ['text without variables', 'plain', 'plain'],
    ['a host overrides the runbook', '${gateway}', '10.9.9.9'],
    ['--var overrides all', '${release}', 7],
    ['inside text', 'v${release}-${rack.row}', 'v7-4'],
    ['a whole list', '${ports}', [80, 443]],
    ['a whole map', '${rack}', { row: 4, name: 'b' }],
    ['a list through a variable', '${copy}', [80, 443]],
    ['booleans keep their type', '${on}', true],
    ['nothing keeps its type', '${none}', null],
    ['white space inside the braces', '${ release }', 7],
    ['white space around makes it text', ' ${release}', ' 7'],
    ['a literal', '$${release}', '${release}'],
    ['a literal behind a dollar sign', '$$${release}', '$${release}'],
    ['a lone dollar sign', 'cost: 5$', 'cost: 5$'],
    ['nested paths', '${nested.deep.via}', '10.9.9.9'],
    ['a path through a variable', '${indirect.row}', 4],
    ['data from a host is not filled in again', '${evil}', '${env:SECRET}'],
    ['data from --var is not filled in again', '${raw}', '${gateway}'],
    ['one bad member does not spoil the others', '${half.good}', 1],
    ['the environment', 'token ${env:SECRET}', 'token s3cr3t'],
    ['an empty variable of the environment', '${env:EMPTY}', ''],
    ['everything inside', { a: ['${release}', { b: '${rack.name}' }], '${k}': 1 }, { a: [7, { b: 'b' }], '${k}': 1 }],
  ])('%s', (_title, template, expected) => {
    expect(fillIn(template, new Scope(sources))).toMatchObject({ value: expected, problems: [] })
  })

  test.each<[Json, string, string | undefined]>([
    ['${gatewya}', 'no variable is called "gatewya"', 'did you mean "gateway"?'],
    ['${zzzzzzzz}', 'no variable is called "zzzzzzzz"', 'define it under vars, in the inventory, or with --var; "$${" is a literal "${"'],
    ['${rack.rwo}', 'the variable "rack" has no "rwo"', 'did you mean "row"?'],
    ['${release.x}', 'the variable "release" is a single value, there is no "x" in it', undefined],
    ['${a}', 'variables refer to each other in a circle: a → b → a', undefined],
    ['${self}', 'variables refer to each other in a circle: self → self', undefined],
    ['${broken}', 'no variable is called "nowhere"', 'define it under vars, in the inventory, or with --var; "$${" is a literal "${"'],
    ['${url}', '"ports" is a list: it cannot stand inside text', 'a string that is only ${ports} takes the whole value'],
    ['${env:NOPE}', 'the environment has no variable "NOPE"', 'set it before the run: NOPE=…'],
    ['a ${b c}', '"b c" is no name of a variable', 'write ${name}, ${map.key} or ${env:NAME}; "$${" is a literal "${"'],
    ['a ${}', 'the name of a variable is missing', 'write ${name}, ${map.key} or ${env:NAME}; "$${" is a literal "${"'],
    ['a ${b', 'a variable begins here and has no "}"', 'write ${name}, ${map.key} or ${env:NAME}; "$${" is a literal "${"'],
    [
      '${constructor}',
      'no variable is called "constructor"',
      'define it under vars, in the inventory, or with --var; "$${" is a literal "${"',
    ],
    ['${rack.__proto__}', 'the variable "rack" has no "__proto__"', 'it has row, name'],
  ])('%j: %s', (template, message, hint) => {
    const { problems, value } = fillIn(template, new Scope(sources))
    expect(problems).toMatchObject([{ message, ...(hint === undefined ? {} : { hint }) }])
    expect(value).toEqual(template)
  })

  test('secrets are what came from the environment', () => {
    const scope = new Scope(sources)
    fillIn(['${env:SECRET}', '${env:EMPTY}', '${gateway}'], scope)
    expect([...scope.secrets]).toEqual(['s3cr3t'])
  })

  test('what a host could define otherwise is known', () => {
    const scope = new Scope(sources)
    fillIn('${release} ${nested.deep.via} ${nope}', scope)
    expect([...scope.overridable]).toEqual(['nested', 'gateway', 'nope'])
  })

  test('the paths of filled-in strings are known', () => {
    const { touched } = fillIn({ a: ['x', '${release}'], b: '${nope}' }, new Scope(sources))
    expect(touched).toEqual([['a', 1], ['b']])
  })
})

describe('variables that double with every step', () => {
  const chain = (make: (name: string) => Json): Sources => {
    const runbook = Object.fromEntries([...Array(30).keys()].map((index) => [`v${index}`, make(`\${v${index + 1}}`)]))
    return { overrides: {}, host: {}, runbook: { ...runbook, v30: 'bomb' }, env: {} }
  }

  test.each<[string, (name: string) => Json]>([
    ['as text', (name) => `${name}${name}`],
    ['as lists', (name) => [name, name]],
  ])('%s are refused quickly', (_title, make) => {
    const { problems } = fillIn(['${v0}'], new Scope(chain(make)))
    expect(problems).toMatchObject([{ message: 'with its variables filled in, this grows too large' }])
  })

  test('a long chain is refused', () => {
    const runbook = Object.fromEntries([...Array(50).keys()].map((index) => [`v${index}`, `\${v${index + 1}}`]))
    const { problems } = fillIn('${v0}', new Scope({ overrides: {}, host: {}, runbook, env: {} }))
    expect(problems).toMatchObject([{ message: 'more than 32 variables refer to each other, "v32" is the last' }])
  })
})
