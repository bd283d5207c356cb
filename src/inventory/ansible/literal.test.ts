import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../../model/json.js'
import { literalOrText } from './literal.js'

// Expected values: ast.literal_eval(text) of CPython 3.11, through json.dumps.
const table: readonly (readonly [text: string, expected: Json])[] = [
  ['', ''],
  ['plain text', 'plain text'],
  ['22', 22],
  ['-22', -22],
  ['- 22', -22],
  ['--22', '--22'],
  ['-(22)', -22],
  ['-True', '-True'],
  ['022', '022'],
  ['000', 0],
  ['1_000', 1000],
  ['0x1F', 31],
  ['0o17', 15],
  ['0b101', 5],
  ['1.50', 1.5],
  ['.5', 0.5],
  ['1e3', 1000],
  ['1e999', '1e999'],
  ['1+2', '1+2'],
  ['2j', '2j'],
  ['10.0.0.1', '10.0.0.1'],
  ['9007199254740993', '9007199254740993'],
  ['True', true],
  ['true', 'true'],
  ['yes', 'yes'],
  ['None', null],
  ['null', 'null'],
  ["'quoted'", 'quoted'],
  ['"a" \'b\'', 'ab'],
  [String.raw`'a\tb\x41\u00e9\101'`, 'a\tbAéA'],
  [String.raw`r'a\tb'`, String.raw`a\tb`],
  [String.raw`'\d'`, String.raw`\d`],
  ["b'bytes'", "b'bytes'"],
  ["'''it's'''", "it's"],
  ["'open", "'open"],
  ['[1, "a", None,]', [1, 'a', null]],
  ['[1 2]', '[1 2]'],
  ['(1, 2)', [1, 2]],
  ['(1)', 1],
  ['()', []],
  ['1, 2', [1, 2]],
  ['a, b', 'a, b'],
  ['{"a": [1, {"b": ()}], 2: True}', { a: [1, { b: [] }], '2': true }],
  ['{"a"}', '{"a"}'],
  ['{{ reference }}', '{{ reference }}'],
  ['{"a": 1}x', '{"a": 1}x'],
  ['constructor', 'constructor'],
  ['42 # the answer', 42],
  ['words # no comment', 'words # no comment'],
]

describe('literalOrText', () => {
  it.each(table)('reads %j as %j', (text, expected) => {
    expect(literalOrText(text)).toEqual(expected)
  })

  it('leaves what is nested too deeply as text', () => {
    const deep = '['.repeat(10_000)
    expect(literalOrText(deep)).toBe(deep)
  })

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...`'"\\[](){},: 01exXj+-_.#rubNT\u00e9`), maxLength: 30 }),
        (text) => void literalOrText(text),
      ),
    )
  })

  const probe = spawnSync('python3', ['-c', 'import ast'], { encoding: 'utf8' })
  it.runIf(probe.status === 0)('agrees with literal_eval of the python3 of this machine', () => {
    const piece = fc.constantFrom(
      '[',
      ']',
      '(',
      ')',
      '{',
      '}',
      ',',
      ':',
      ' ',
      '1',
      '0',
      '-',
      '+',
      '.',
      'e',
      '_',
      'x',
      "'",
      '"',
      'a',
      '\\',
      'n',
      'None',
      'True',
      '#',
    )
    const samples = fc.sample(
      fc.array(piece, { maxLength: 9 }).map((pieces) => pieces.join('')),
      5_000,
    )
    const program = [
      'import ast, json, sys, warnings',
      'warnings.simplefilter("ignore")',
      'def plain(value):',
      '    if isinstance(value, (list, tuple)): return all(map(plain, value))',
      '    if isinstance(value, dict): return all(plain(key) and not isinstance(key, tuple) and plain(item) for key, item in value.items())',
      '    return value is None or isinstance(value, (str, bool, float)) or isinstance(value, int) and abs(value) < 2**53',
      'def evaluate(text):',
      '    try: value = ast.literal_eval(text)',
      '    except (ValueError, SyntaxError, TypeError): return text',
      '    return value if plain(value) else text',
      'print(json.dumps([evaluate(text) for text in json.load(sys.stdin)]))',
    ].join('\n')
    const run = spawnSync('python3', ['-c', program], { input: JSON.stringify(samples), encoding: 'utf8' })
    const expected = JSON.parse(run.stdout) as Json[]
    const differing = samples.flatMap((text, index) =>
      JSON.stringify(literalOrText(text)) === JSON.stringify(expected[index]) ? [] : [[text, expected[index], literalOrText(text)]],
    )
    expect(differing).toEqual([])
  })
})
