import { accessSync, constants } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkKinds } from '../../src/builtins.js'
import { posixQuote } from '../../src/lib/quote.js'
import { toolPath } from '../lab/process.js'
import { cli, type Desk, goodRunbook, openDesk, runPlainly } from './cli.js'

interface Shell {
  /** Looks at the script without running it. */
  readonly check: readonly string[]
  /** Prints what the script offers for the last of these words, one a line. */
  complete(script: string, words: readonly string[]): readonly [string, ...string[]]
}

const quoted = (words: readonly string[]): string => words.map(posixQuote).join(' ')

const shells: Readonly<Record<string, Shell>> = {
  bash: {
    check: ['bash', '-n'],
    complete: (script, words) => [
      'bash',
      '--norc',
      '-c',
      `source "$1"; shift; COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)); "$(complete -p netproof | sed 's/.*-F \\([^ ]*\\).*/\\1/')"; printf '%s\\n' "\${COMPREPLY[@]}"`,
      'bash',
      script,
      ...words,
    ],
  },
  zsh: {
    check: ['zsh', '-n'],
    // Completion itself needs a terminal, so what it would be told is printed instead.
    complete: (script, words) => [
      'zsh',
      '-fc',
      `compdef() { completer=$1 }
compadd() { [[ $1 == -- ]] && shift; for offer in "$@"; do [[ $offer == "$word"* ]] && print -r -- $offer; done }
_describe() { local offer; for offer in "\${(@P)2}"; do compadd -- "\${offer%%:*}"; done }
_files() { compadd -- *(N) }
source "$1"; shift
words=("$@") CURRENT=$#; $completer`,
      'zsh',
      script,
      ...words,
    ],
  },
  fish: {
    check: ['fish', '--no-execute'],
    complete: (script, words) => [
      'fish',
      '--no-config',
      '-c',
      `source ${posixQuote(script)}; complete -C ${posixQuote(quotedForFish(words))} | string replace -r '\\t.*' ''`,
    ],
  },
}

/** Plain words are not quoted: fish completes inside quotes otherwise. */
const quotedForFish = (words: readonly string[]): string =>
  words.map((word) => (/^[\w./:-]*$/.test(word) ? word : quoted([word]))).join(' ')

function isInstalled(program: string): boolean {
  return toolPath.split(':').some((directory) => {
    try {
      accessSync(join(directory, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

let desk: Desk
beforeAll(async () => {
  desk = openDesk()
  desk.file('good.yaml', goodRunbook)
  desk.file('good one.yaml', goodRunbook)
  for (const shell of Object.keys(shells)) desk.file(shell, (await cli(['completion', shell])).stdout)
})
afterAll(() => desk.remove())

it('bash is there, so that at least one script is run', () => {
  expect(isInstalled('bash')).toBe(true)
})

// The scripts of shells that are not installed can only be printed.
describe.each(Object.entries(shells).filter(([name]) => isInstalled(name)))('%s', (name, { check, complete }) => {
  it('accepts the script', async () => {
    expect(await runPlainly([...check, join(desk.path, name)])).toEqual({ exitCode: 0, stdout: '', stderr: '' })
  })

  it.each([
    ['commands', ['pl'], ['plan']],
    ['commands, all', [''], ['completion', 'explain', 'list', 'plan', 'run', 'schema', 'validate']],
    ['long options', ['run', '--re'], ['--record', '--replay', '--reporter']],
    ['options of this command only', ['plan', '--re'], []],
    ['the help', ['explain', '--he'], ['--help']],
    ['what an option takes', ['run', '-r', 'j'], ['json', 'junit']],
    ['the same for its long form', ['run', '--fail-on', 'c'], ['critical']],
    ['kinds to explain', ['explain', ''], checkKinds.map(({ kind }) => kind).sort()],
    ['schemas', ['schema', 'r'], ['report', 'route', 'runbook']],
    ['what to list', ['list', 'ho'], ['hosts']],
    ['files, whatever is in their names', ['run', 'good'], ['good one.yaml', 'good.yaml']],
    ['files after an option', ['run', '-i', 'good.'], ['good.yaml']],
  ])('completes %s', async (_, words, expected) => {
    const argv = complete(join(desk.path, name), ['netproof', ...words])
    const { stdout, stderr } = await runPlainly(argv, { cwd: desk.path })
    const offers = stdout.split('\n').filter((line) => line !== '' && !(words.length === 1 && line.startsWith('-')))
    expect(stderr).toBe('')
    expect(offers.map((offer) => offer.replaceAll('\\ ', ' ')).sort()).toEqual(expected)
  })
})
