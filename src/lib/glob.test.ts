import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { globMatcher } from './glob.js'

const table: readonly (readonly [pattern: string, yes: readonly string[], no: readonly string[]])[] = [
  ['web*', ['web', 'web1', 'web.example.com'], ['Web1', 'aweb']],
  ['web?', ['web1'], ['web', 'web12']],
  ['*.example.com', ['a.example.com', '.example.com'], ['example.com']],
  ['web[1-3]', ['web1', 'web3'], ['web4', 'web']],
  ['web[!1-3]', ['web4'], ['web1', 'web']],
  ['web[]x]', ['web]', 'webx'], ['web']],
  ['web[1', ['web[1'], ['web1']],
  ['[a-]', ['a', '-'], ['b']],
  ['a.c', ['a.c'], ['abc']],
  ['', [''], ['a']],
]

describe('globMatcher', () => {
  it.each(table)('%s', (pattern, yes, no) => {
    const matches = globMatcher(pattern)
    expect([yes.filter(matches), no.filter(matches)]).toEqual([yes, []])
  })

  it('answers at once where a naive matcher would try for ever', () => {
    expect(globMatcher(`${'*a'.repeat(1_000)}b`)('a'.repeat(4_000))).toBe(false)
  })

  const probe = spawnSync('python3', ['-c', 'import fnmatch'], { encoding: 'utf8' })
  it.runIf(probe.status === 0)('agrees with fnmatch of the python3 of this machine', () => {
    const text = (characters: string, maxLength: number) => fc.string({ unit: fc.constantFrom(...characters), maxLength })
    // fnmatch drops an empty range such as [b-a!] in a way that lets the "!" behind it negate the set: a slip not worth having.
    const pattern = text('ab*?[]!-', 8).filter((sample) => !sample.includes('!') || /^[^[]*\[![^[!]*$/.test(sample))
    const samples = fc.sample(fc.tuple(pattern, text('ab-]', 5)), 5_000)
    const program = [
      'import fnmatch, json, sys',
      'print(json.dumps([fnmatch.fnmatchcase(text, pattern) for pattern, text in json.load(sys.stdin)]))',
    ].join('\n')
    const run = spawnSync('python3', ['-c', program], { input: JSON.stringify(samples), encoding: 'utf8' })
    const expected = JSON.parse(run.stdout) as boolean[]
    const differing = samples.filter(([pattern, sample], index) => globMatcher(pattern)(sample) !== expected[index])
    expect(differing).toEqual([])
  })
})
