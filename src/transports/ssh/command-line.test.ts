import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { remoteCommandLine } from './command-line.js'

const shells: readonly (readonly [string, ...string[]])[] = [
  ['sh'],
  ['bash'],
  ['dash'],
  ['zsh', '-f'],
  ['ksh'],
  ['tcsh', '-f'],
  ['fish', '--no-config'],
  ['busybox', 'sh'],
]
const here = shells.filter(([shell]) => spawnSync('sh', ['-c', `command -v ${shell}`]).status === 0)

const words = fc.array(
  fc
    .oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom("'", '"', '\\', '$', '`', '!', '\n', '\t', ' ', '*', '~', '(', '%', '{', '^', 'é', '😀') }),
      fc.constantFrom('', '!!', "\\'", '\\\\', '-n', '%s', '$HOME'),
    )
    .map((text) => text.replaceAll('\0', '')),
  { maxLength: 10 },
)

describe.each(here.map((shell) => [shell] as const))('a login shell %j', ([shell, ...options]) => {
  test('gives every word to the command as it is', () => {
    fc.assert(
      fc.property(words, (list) => {
        const line = remoteCommandLine(['/bin/sh', '-c', `for word do printf '%s\\0' "$word"; done`, 'sh', ...list], 'linux')
        const { stdout } = spawnSync(shell, [...options, '-c', line])
        expect(stdout.toString().split('\0').slice(0, -1)).toEqual(list.map((text) => Buffer.from(text).toString()))
      }),
      { numRuns: 15 },
    )
  })
})

test.each([
  [['/bin/sh', '-s'], 'exec /bin/sh -s'],
  [['echo', 'a b'], `exec /bin/sh -c 'eval "exec $(printf %b "echo \\0047a b\\0047")"'`],
])('%j is %s', (argv, line) => {
  expect(remoteCommandLine(argv, 'linux')).toBe(line)
})

test('a Windows shell gets plain words alone', () => {
  expect(remoteCommandLine(['powershell', '-EncodedCommand', 'ZQBj+/A='], 'windows')).toBe('powershell -EncodedCommand ZQBj+/A=')
  expect(() => remoteCommandLine(['cmd', '/c', 'a b'], 'windows')).toThrow(
    'no quoting is safe in every Windows login shell, and "a b" would need it',
  )
})
