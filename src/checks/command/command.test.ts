import { describe, expect, test } from 'vitest'
import type { CommandResult } from '../../facts/command-output/index.js'
import { nothingLearnt } from '../../lib/learnt.js'
import type { CheckContext } from '../../model/check.js'
import { command } from './index.js'
import type { Spec } from './schema.js'

const context = { host: { name: 'web1' } } as CheckContext
const ended = (exitCode: number, stdout = '', stderr = '', stderrCut = false): CommandResult => ({ exitCode, stdout, stderr, stderrCut })

/** `verdict subject: expected, actual. message` of each finding. */
const judge = (spec: Spec, result: CommandResult): readonly string[] =>
  command
    .evaluate(spec, { result }, context, nothingLearnt)
    .map(
      ({ verdict, subject, expected, actual, message }) =>
        `${verdict} ${subject}: ${expected}, ${actual}.${message === '' ? '' : ` ${message}`}`,
    )

const byHand = 'By hand, on web1: svc is'
const fine = 'pass svc is: exit status: 0, 0.'
const is = { run: ['svc', 'is'] }

describe('how it ends', () => {
  test.each<[Spec, CommandResult, string]>([
    [is, ended(0), fine],
    [is, ended(3, 'inactive\n'), `fail svc is: exit status: 0, 3. It printed: "inactive". ${byHand}`],
    [is, ended(1, 'x', 'no such\nservice\n'), `fail svc is: exit status: 0, 1. It wrote to standard error: "no such service". ${byHand}`],
    [is, ended(4), `fail svc is: exit status: 0, 4. It printed nothing. ${byHand}`],
    [{ ...is, 'exit-status': 3 }, ended(3), 'pass svc is: exit status: 3, 3.'],
    [{ ...is, 'exit-status': { 'one-of': [0, 3] } }, ended(3), 'pass svc is: exit status: one of 0, 3, 3.'],
    [{ ...is, 'exit-status': { not: 0 } }, ended(0), `fail svc is: exit status: not 0, 0. It printed nothing. ${byHand}`],
    [
      is,
      ended(126),
      `fail svc is: exit status: 0, 126. With 126 a shell says that a file may not be run: look at its permissions, and at its first line. It printed nothing. ${byHand}`,
    ],
    [{ run: ['svc', '  a  '] }, ended(1), "fail svc ' a ': exit status: 0, 1. It printed nothing. By hand, on web1: svc '  a  '"],
    [{ run: ['svc', 'a\n  b'] }, ended(1), "fail svc 'a b': exit status: 0, 1. It printed nothing. By hand, on web1: svc 'a b'"],
    [is, ended(127), `fail svc is: exit status: 0, 127. It printed nothing. ${byHand}`],
    [
      { run: 'svc is', shell: true },
      ended(127),
      "fail svc is: exit status: 0, 127. With 127 a shell says that there is no such program. It printed nothing. By hand, on web1: sh -c 'svc is'",
    ],
    [is, ended(137), `fail svc is: exit status: 0, 137. 137 is 128 + 9: as a rule the signal KILL ended it. It printed nothing. ${byHand}`],
    [
      { run: ['svc', 'it is', '$(id)'], privileged: true },
      ended(2),
      "fail svc 'it is' '$(id)': exit status: 0, 2. It printed nothing. By hand, on web1: sudo svc 'it is' '$(id)'",
    ],
  ])('%j after %j', (spec, result, said) => {
    expect(judge(spec, result)).toEqual([said])
  })
})

describe('what it prints', () => {
  const dos = String.raw`Its lines end in \r\n, and \r is a part of the line: \r?$ in a pattern takes both.`
  test.each<[Spec['stdout'], string, string]>([
    ['up', 'up\n\n', 'pass "up", "up".'],
    ['up\n', 'up', 'pass "up", "up".'],
    ['up', 'upper\n', `fail "up", "upper". ${byHand}`],
    ['', '\n', 'pass nothing, nothing.'],
    ['', ' \n', `fail nothing, " ". ${byHand}`],
    ['', '\u001b[2Jx', `fail nothing, "\\u001b[2Jx". ${byHand}`],
    ['a\nb\nc', 'a\nx\nc\n', `fail "a\\nb\\nc", "a\\nx\\nc" (3 lines). They part at line 2: expected "b", found "x". ${byHand}`],
    ['a\nb', 'a\nb\nc', `fail "a\\nb", "a\\nb\\nc" (3 lines). They part at line 3: expected the end, found "c". ${byHand}`],
    ['a', '  a  \n', `fail "a", "  a  ". ${byHand}`],
    [
      `${'x'.repeat(150)}a`,
      `${'x'.repeat(150)}b`,
      `fail "${'x'.repeat(119)}"…, "${'x'.repeat(150)}b". They part at line 1, character 151: expected …"${'x'.repeat(20)}a", found …"${'x'.repeat(20)}b". ${byHand}`,
    ],
    ['a b', 'a\tb', `fail "a b", "a\\tb". ${byHand}`],
    ['up', 'up\r\n', `fail "up", "up\\r". ${byHand}`],
    ['up', '\u001b[32mup\u001b[0m', `fail "up", "\\u001b[32mup\\u001b[0m". ${byHand}`],
    [{ matches: '^b$' }, 'a\r\nb\r\n', `fail a line matching /^b$/, "a\\r\\nb\\r" (2 lines). ${dos} ${byHand}`],
    [{ matches: '^b\\r?$' }, 'a\r\nb\r\n', 'pass a line matching /^b\\r?$/, "a\\r\\nb\\r" (2 lines).'],
    [{ contains: 'x' }, 'b\r\n', `fail containing "x", "b\\r". ${byHand}`],
    [{ contains: 'up' }, 'it is up', 'pass containing "up", "it is up".'],
    [{ contains: 'a\nb' }, 'xa\nby', 'pass containing "a\\nb", "xa\\nby" (2 lines).'],
    [{ contains: ['up', 'down'] }, 'up', `fail containing "up" and containing "down", "up". Not met: containing "down". ${byHand}`],
    [{ matches: '^up$' }, 'first\nup\nlast', 'pass a line matching /^up$/, "first\\nup\\nlast" (3 lines).'],
    [{ matches: 'a.*b' }, 'a\nb', `fail a line matching /a.*b/, "a\\nb" (2 lines). ${byHand}`],
    [{ matches: ['^a$', '^b$'] }, 'a\nb', 'pass a line matching /^a$/ and a line matching /^b$/, "a\\nb" (2 lines).'],
    [{ lines: 2 }, 'a\nb\n', 'pass 2 lines, "a\\nb" (2 lines).'],
    [{ lines: 0 }, '', 'pass 0 lines, nothing.'],
    [{ lines: { max: 1 } }, 'a\nb', `fail at most 1 lines, "a\\nb" (2 lines). ${byHand}`],
    [{ 'one-of': ['a', 'b'] }, 'b\n', 'pass one of "a", "b", "b".'],
    [{ not: 'a' }, 'a\n', `fail not "a", "a". ${byHand}`],
    [{ not: ['a', ''] }, 'b', 'pass not "a" and not nothing, "b".'],
    [{ not: { contains: 'error' } }, 'no errors', `fail not containing "error", "no errors". ${byHand}`],
    [{ not: { matches: ['^E', '^W'] } }, 'x E', 'pass no line matching /^E/ and no line matching /^W/, "x E".'],
    [
      { contains: 'x', not: { contains: 'y' } },
      'xy',
      `fail containing "x" and not containing "y", "xy". Not met: not containing "y". ${byHand}`,
    ],
  ])('%j of %j', (stdout, printed, said) => {
    const [verdict, ...rest] = said.split(' ')
    const finding = `${verdict} svc is: stdout: ${rest.join(' ')}`
    expect(judge({ ...is, ...(stdout === undefined ? {} : { stdout }) }, ended(0, printed))).toEqual([fine, finding])
  })

  const long = 'x'.repeat(10_001)
  const undecided = (part: string, why: string): string => `Undecided: ${part}: ${why}. ${byHand}`
  test.each<[Spec['stderr'], CommandResult, string, string]>([
    ['', ended(0, '', 'a', true), 'fail', byHand],
    [{ contains: 'a' }, ended(0, '', 'a', true), 'pass', ''],
    [{ contains: 'b' }, ended(0, '', 'a', true), 'error', undecided('containing "b"', 'only its first 64 KiB are kept')],
    [{ not: { contains: 'b' } }, ended(0, '', 'a', true), 'error', undecided('not containing "b"', 'only its first 64 KiB are kept')],
    [{ not: { contains: 'a' } }, ended(0, '', 'a', true), 'fail', byHand],
    [{ lines: 1 }, ended(0, '', 'a', true), 'error', undecided('1 line', 'only its first 64 KiB are kept')],
    [
      { not: { matches: 'y' } },
      ended(0, '', long),
      'error',
      undecided('no line matching /y/', 'a line is longer than 10,000 characters, too long for a regular expression'),
    ],
    [{ matches: 'y' }, ended(0, '', `${long}\ny`), 'pass', ''],
  ])('%j of what is not known whole', (stderr, result, verdict, message) => {
    const [, finding] = command.evaluate({ ...is, ...(stderr === undefined ? {} : { stderr }) }, { result }, context, nothingLearnt)
    expect([finding?.subject, finding?.verdict, finding?.message]).toEqual(['svc is: stderr', verdict, message])
  })
})

describe('JSON', () => {
  const document = {
    state: { health: 'up', since: 3, 'a/b': { '~': null } },
    items: [{ id: 7 }, { id: 8 }],
    tags: ['a', 'b'],
    empty: {},
    none: [],
    number: '1',
  }
  test.each<[string, Exclude<Spec['json'], undefined>[string], string]>([
    ['/state/health', 'up', 'pass "up", "up".'],
    ['/state/health', 'down', `fail "down", "up". ${byHand}`],
    ['/state/since', { min: 3, max: 3 }, 'pass at least 3 and at most 3, 3.'],
    ['/state/since', '3', `fail "3", 3. Their types differ: a text is expected, a number was found. ${byHand}`],
    ['/number', 1, `fail 1, "1". Their types differ: a number is expected, a text was found. ${byHand}`],
    ['/number', { min: 0 }, `fail at least 0, "1". ${byHand}`],
    ['/state/a~1b/~0', null, 'pass null, null.'],
    ['/state/a~1b/~0', { not: null }, `fail not null, null. ${byHand}`],
    ['/items/1/id', { 'one-of': [7, 8] }, 'pass one of 7, 8, 8.'],
    ['/items', { count: 2 }, 'pass with 2 items, a list of 2.'],
    ['/empty', { count: 0 }, 'pass with 0 items, a map of 0.'],
    ['/tags', ['a', 'b'], 'pass ["a","b"], ["a","b"].'],
    ['/tags', ['b', 'a'], `fail ["b","a"], ["a","b"]. ${byHand}`],
    ['/tags', { contains: 'b' }, 'pass containing "b", ["a","b"].'],
    ['/state/health', { contains: 'u', matches: '^u' }, 'pass matching /^u/ and containing "u", "up".'],
    ['/state/since', { matches: '3' }, `fail matching /3/, 3. ${byHand}`],
    ['', { count: 6 }, 'pass with 6 items, a map of 6.'],
    ['/state/gone', { absent: true }, 'pass absent, nothing there.'],
    ['/state/health', { absent: true }, `fail absent, "up". ${byHand}`],
    ['/state/healt', 'up', `fail "up", nothing there. "/state" has health, since, a/b. Did you mean "/state/health"? ${byHand}`],
    [
      '/state/healt',
      { not: 'down' },
      `fail not "down", nothing there. "/state" has health, since, a/b. Did you mean "/state/health"? ${byHand}`,
    ],
    ['/items/2/id', 1, `fail 1, nothing there. "/items" is a list of 2: /0 to /1. ${byHand}`],
    ['/items/01', 1, `fail 1, nothing there. "/items" is a list of 2: /0 to /1. ${byHand}`],
    ['/none/0', 1, `fail 1, nothing there. "/none" is an empty list. ${byHand}`],
    ['/empty/x', 1, `fail 1, nothing there. "/empty" is an empty map. ${byHand}`],
    ['/number/x', 1, `fail 1, nothing there. "/number" is "1", with nothing in it. ${byHand}`],
    ['/constructor', 1, `fail 1, nothing there. The document has state, items, tags, empty, none, number. ${byHand}`],
  ])('%s: %j', (pointer, expectation, said) => {
    const [verdict, ...rest] = said.split(' ')
    const findings = judge({ ...is, json: { [pointer]: expectation } }, ended(0, JSON.stringify(document)))
    expect(findings).toEqual([fine, `${verdict} svc is: json ${pointer || 'as a whole'}: ${rest.join(' ')}`])
  })

  const rounded = 'An integer beyond 9007199254740991 is read rounded: compare it as text, with `stdout: { matches: … }`.'
  test.each<[string, string, Exclude<Spec['json'], undefined>[string], string]>([
    ['12345678901234567891', '', 9007199254740991, `fail 9007199254740991, about 12345678901234567000. ${rounded} ${byHand}`],
    ['9007199254740993', '', 9007199254740991, `fail 9007199254740991, about 9007199254740992. ${rounded} ${byHand}`],
    ['-1e400', '', null, `fail null, about -Infinity. ${rounded} ${byHand}`],
    ['12345678901234567891', '', { not: 5 }, 'pass not 5, about 12345678901234567000.'],
    ['12345678901234567891', '', { min: 5 }, 'pass at least 5, about 12345678901234567000.'],
    ['[9007199254740993, 1.50]', '', { contains: 1.5 }, 'pass containing 1.5, [about 9007199254740992,1.5].'],
    ['["a  b\\n"]', '/0', 'a b', `fail "a b", "a  b\\n". ${byHand}`],
  ])('%s at %j: %j', (printed, pointer, expectation, said) => {
    const [verdict, ...rest] = said.split(' ')
    const findings = judge({ ...is, json: { [pointer]: expectation } }, ended(0, printed))
    expect(findings).toEqual([fine, `${verdict} svc is: json ${pointer || 'as a whole'}: ${rest.join(' ')}`])
  })

  test.each([
    ['', '', `fail svc is: json: JSON on standard output, nothing. ${byHand}`],
    ['<html>', 'oops', `fail svc is: json: JSON on standard output, "<html>". It wrote to standard error: "oops". ${byHand}`],
    ['{"a":1} trailing', '', `fail svc is: json: JSON on standard output, "{\\"a\\":1} trailing". ${byHand}`],
  ])('%j is none, also where something is to be absent', (stdout, stderr, said) => {
    expect(judge({ ...is, json: { '/a': { absent: true }, '/b': 1 } }, ended(0, stdout, stderr))).toEqual([fine, said])
  })

  test('as deep as a host makes it does no harm', () => {
    const deep = `${'['.repeat(400_000)}${']'.repeat(400_000)}`
    expect(judge({ ...is, json: { '/0/0': { count: 1 } } }, ended(0, deep))).toEqual([
      fine,
      'pass svc is: json /0/0: with 1 items, a list of 1.',
    ])
  })
})

test('two checks of one command ask for it once', () => {
  const asked = { fact: 'command-output', host: 'web1', args: { run: ['svc', 'is'], stdin: null, privileged: false } }
  expect(command.needs(is, context)).toEqual({ result: asked })
  expect(command.needs({ ...is, stdout: 'x', 'exit-status': 3 }, context)).toEqual({ result: asked })
})

describe('what can never be meant', () => {
  test.each<[object, readonly (string | number)[], string, string?]>([
    [
      { run: 'svc is nginx' },
      ['run'],
      'no shell reads this line: it would be the name of a program',
      'write a list: [svc, is, nginx]; or say `shell: true`',
    ],
    [
      { run: 'a | b' },
      ['run'],
      'no shell reads this line: it would be the name of a program',
      'write a list of the program and its arguments; or say `shell: true`',
    ],
    [
      { run: ['a'], shell: true },
      ['run'],
      'with `shell: true`, expected one line for sh, found a list',
      'write the line as text, or drop `shell`',
    ],
    [
      { run: ['./svc'] },
      ['run', 0],
      '"./svc" is no absolute path, and nobody knows from which folder it would be meant',
      'write all of the path, from / on; or only the name, which is looked for in the folders of the system',
    ],
    [{ run: [''] }, ['run', 0], 'expected the name of a program, found ""'],
    [{ run: ['-x'] }, ['run', 0], 'expected the name of a program, found "-x"'],
    [{ run: ['a', 'b\0'] }, ['run', 1], 'a command cannot hold a NUL character'],
    [{ run: ['a'], stdin: '\0' }, ['stdin'], 'standard input cannot hold a NUL character here'],
    [
      { run: ['a'], 'exit-status': { min: 0 } },
      ['exit-status'],
      'every exit status meets this, and nothing else is expected: it would prove nothing',
      'say what is expected on stdout, stderr or in json',
    ],
    [{ run: ['a'], 'exit-status': { min: 2, max: 1 } }, ['exit-status', 'min'], '`min` 2 is more than `max` 1'],
    [{ run: ['a'], 'exit-status': { min: 2, not: [2, 3], max: 3 } }, ['exit-status'], 'no exit status, 0 to 255, can meet this'],
    [{ run: ['a'], stderr: { lines: { min: 2, max: 1 } } }, ['stderr', 'lines', 'min'], '`min` 2 is more than `max` 1'],
    [{ run: ['a'], stdout: { lines: { min: 0 } } }, ['stdout', 'lines', 'min'], 'it is always at least 0: that proves nothing'],
    [
      { run: ['a'], json: { '$.state[0].x': 1 } },
      ['json', '$.state[0].x'],
      'expected a JSON Pointer (RFC 6901), found "$.state[0].x"',
      'did you mean "/state/0/x"?',
    ],
    [
      { run: ['a'], json: { '/~2': 1 } },
      ['json', '/~2'],
      'expected a JSON Pointer (RFC 6901), found "/~2"',
      'after ~ stands 0, for ~, or 1, for /',
    ],
    ...(
      [
        [1.2e19, ['json', '/a']],
        [{ not: [1, -9007199254740992] }, ['json', '/a', 'not', 1]],
        [{ max: 2 ** 64 }, ['json', '/a', 'max']],
        [[{ id: 2 ** 53 }], ['json', '/a', 0, 'id']],
      ] as const
    ).map(([expectation, path]): [object, readonly (string | number)[], string, string] => [
      { run: ['a'], json: { '/a': expectation } },
      path,
      'an integer beyond 9007199254740991 is rounded where JSON is read, and its neighbours would pass for it',
      'compare it as text, with `stdout: { matches: … }`',
    ]),
    [{ run: ['a'], json: { '/a': { absent: true, min: 1 } } }, ['json', '/a'], 'what is absent has no value to be compared'],
    [{ run: ['a'], json: { '/a': { min: 2, max: 1 } } }, ['json', '/a', 'min'], '`min` 2 is more than `max` 1'],
    [{ run: ['a'], json: { '/a': { count: { min: 2, max: 1 } } } }, ['json', '/a', 'count', 'min'], '`min` 2 is more than `max` 1'],
  ])('%j', (spec, path, message, hint) => {
    expect(command.problems?.(spec as Spec)).toEqual([{ path, message, ...(hint === undefined ? {} : { hint }) }])
  })

  test.each<Spec>([
    { run: ['/usr/bin/env'] },
    { run: 'a | b', shell: true },
    { run: ['a'], 'exit-status': { min: 0 }, stdout: '' },
    { run: ['a'], json: { '/a': Number.MAX_SAFE_INTEGER, '/b': 1.5e-9, '/c': '12345678901234567890' } },
    { run: ['a'], json: { '': { count: 1 }, '/a~1b/~0': { min: 1, max: 1 } } },
  ])('%j is fine', (spec) => {
    expect(command.problems?.(spec)).toEqual([])
  })
})
