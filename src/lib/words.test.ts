import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitWords } from './words.js'

const texts = (text: string, comments = false): readonly string[] | string => {
  const result = splitWords(text, { comments })
  return 'error' in result ? result.error : result.words.map((word) => word.text)
}

// Expected values: shlex.split(text, comments=…) of CPython 3.11.
const table: readonly (readonly [text: string, comments: boolean, expected: readonly string[] | string])[] = [
  ['', false, []],
  ['  a\tb\r\nc ', false, ['a', 'b', 'c']],
  ['-o ProxyCommand="ssh -W %h:%p -q bastion"', false, ['-o', 'ProxyCommand=ssh -W %h:%p -q bastion']],
  [`-o 'ProxyCommand=nc "%h"'`, false, ['-o', 'ProxyCommand=nc "%h"']],
  [`a'b'"c"d`, false, ['abcd']],
  [`'' ""`, false, ['', '']],
  [String.raw`a\ b \"c`, false, ['a b', '"c']],
  [String.raw`"a\nb\\c\"d" 'e\f'`, false, [String.raw`a\nb\c"d`, String.raw`e\f`]],
  ['a # b', false, ['a', '#', 'b']],
  ['a # b', true, ['a']],
  ['a#b c\nd', true, ['a', 'd']],
  ['"a#b" c', true, ['a#b', 'c']],
  ['a "b', false, 'a " that is never closed'],
  ['a \\', false, 'a backslash with nothing behind it'],
]

describe('splitWords', () => {
  it.each(table)('splits %j (comments: %s)', (text, comments, expected) => {
    expect(texts(text, comments)).toEqual(expected)
  })

  it('says where each word stands', () => {
    expect(splitWords(`a  b='c d'`)).toEqual({
      words: [
        { text: 'a', start: 0, end: 1 },
        { text: 'b=c d', start: 3, end: 10 },
      ],
    })
  })

  const probe = spawnSync('python3', ['-c', 'import shlex'], { encoding: 'utf8' })
  it.runIf(probe.status === 0)('agrees with shlex of the python3 of this machine', () => {
    const character = fc.constantFrom(...` \t\n\r'"\\#a=-$é`)
    const samples = fc.sample(fc.tuple(fc.string({ unit: character, maxLength: 12 }), fc.boolean()), 2_000)
    const program = [
      'import json, shlex, sys',
      'def split(text, comments):',
      '    try: return shlex.split(text, comments=comments)',
      '    except ValueError: return None',
      'print(json.dumps([split(*sample) for sample in json.load(sys.stdin)]))',
    ].join('\n')
    const run = spawnSync('python3', ['-c', program], { input: JSON.stringify(samples), encoding: 'utf8' })
    const ours = samples.map(([text, comments]) => texts(text, comments)).map((words) => (typeof words === 'string' ? null : words))
    expect(ours).toEqual(JSON.parse(run.stdout))
  })
})
