import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NotUnderstood } from '../../lib/errors.js'
import type { CommandOutput } from '../../model/fact.js'
import { type CommandArgs, commandOutput } from './index.js'

const [source] = commandOutput.sources.linux ?? []
if (source === undefined) throw new Error('command-output has no source')
const args: CommandArgs = { run: ['svc', 'is'], stdin: null, privileged: false }
const parse = (output: CommandOutput, request = args): unknown => source.parse(output, [request])[0]

test.each<[Partial<CommandArgs>, object]>([
  [{}, { tool: ['svc'], args: ['is'] }],
  [{ run: 'a | b' }, { tool: ['sh'], args: ['-c', 'a | b'] }],
  [{ stdin: 'x' }, { tool: ['svc'], args: ['is'], stdin: 'x' }],
])('%j is one command that takes every exit code', (more, command) => {
  expect(source.command([{ ...args, ...more }])).toEqual({
    ...command,
    privileged: false,
    accept: 'any',
    foreign: true,
    outputBytes: 1_048_576,
  })
})

test('an exit code is a value, whichever', () => {
  expect(parse({ exitCode: 127, stdout: 'a\n', stderr: 'b' })).toEqual({ exitCode: 127, stdout: 'a\n', stderr: 'b', stderrCut: false })
  expect(parse({ exitCode: 0, stdout: '', stderr: 'b', stderrCut: true })).toMatchObject({ stderrCut: true })
})

test.each([
  // Recorded from dash 0.5.12, bash 5.2 and BusyBox 1.35.0.
  'dash: 1: svc: Permission denied\n',
  'bash: line 1: svc: Permission denied\n',
  'main: line 1: exec: svc: cannot execute: Permission denied\n',
  'sh: svc: Permission denied\n',
])('a program that the shell may not start has not run: %j', (stderr) => {
  expect(() => parse({ exitCode: 126, stdout: '', stderr })).toThrow(NotUnderstood)
  expect(parse({ exitCode: 126, stdout: '', stderr }, { ...args, run: 'svc is' })).toMatchObject({ exitCode: 126 })
  expect(parse({ exitCode: 126, stdout: '', stderr: 'svc: it ended so by itself\n' })).toMatchObject({ exitCode: 126 })
})

describe('sudo', () => {
  test.each([
    // Recorded from sudo 1.9.13p3 (Debian 12), and from what dash, bash and BusyBox say where there is no sudo.
    [1, 'sudo: a password is required\n'],
    [1, 'sudo: svc: command not found\n'],
    [127, 'sh: 5: exec: sudo: not found\n'],
    [127, 'bash: exec: sudo: not found\n'],
    [127, 'sh: exec: line 5: sudo: not found\n'],
    // Not recorded: from the sources of sudo 1.8 and 1.9, plugins/sudoers/logging.c.
    [1, 'Sorry, user ops is not allowed to execute /usr/bin/id as root on web1.\n'],
    [1, 'ops is not in the sudoers file.\n'],
    [1, 'ops is not in the sudoers file.  This incident will be reported.\n'],
    [1, 'Sorry, user ops may not run sudo on web1.\n'],
  ])('%i with %j is no answer of the command', (exitCode, stderr) => {
    expect(() => parse({ exitCode, stdout: '', stderr }, { ...args, privileged: true })).toThrow(NotUnderstood)
    expect(parse({ exitCode, stdout: '', stderr })).toMatchObject({ exitCode })
  })

  test.each([
    [1, 'no such service\n'],
    [3, 'sudo: a word about sudo\n'],
  ])('%i with %j is one', (exitCode, stderr) => {
    expect(parse({ exitCode, stdout: '', stderr }, { ...args, privileged: true })).toMatchObject({ exitCode })
  })
})

test('whatever comes back is a value of the right shape, or refused', () => {
  const output = fc.record({
    exitCode: fc.oneof(fc.integer({ min: -300, max: 300 }), fc.double(), fc.constant(Number.NaN)),
    stdout: fc.string({ unit: 'binary' }),
    stderr: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('sudo: x', '\nSorry, user a may not run sudo')),
    stderrCut: fc.boolean(),
  })
  fc.assert(
    fc.property(output, fc.boolean(), (damaged, privileged) => {
      try {
        expect(commandOutput.isValue(parse(damaged, { ...args, privileged }))).toBe(true)
      } catch (error) {
        expect(error).toBeInstanceOf(NotUnderstood)
      }
    }),
  )
})
