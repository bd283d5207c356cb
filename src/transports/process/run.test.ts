import { setTimeout } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import type { ExecRequest } from '../../model/transport.js'
import { runProcess } from './run.js'

const never = new AbortController().signal

const shell = (text: string, signal = never): ReturnType<typeof runProcess> =>
  runProcess({ argv: ['/bin/sh', '-s'], input: text, onOutput: () => undefined }, signal)

test.each([
  ['keeps its output open', '( sleep 60 ) & exit 3\n'],
  ['goes on writing', '( while :; do echo y; done ) & exit 3\n'],
  ['has left its group', 'setsid sleep 5 & exit 3\n'],
])('is not held up by a child that %s', async (_, text) => {
  const start = performance.now()
  expect(await shell(text)).toEqual({ exitCode: 3, aborted: false })
  expect(performance.now() - start).toBeLessThan(4_500)
})

test.each([
  ['reads its input to the end', 'exec cat >/dev/null\n', 2_000],
  ['does not look at its input', 'exec sleep 60\n', 2_500],
  ['ignores SIGTERM', 'trap "" TERM; while :; do sleep 1; done\n', 3_000],
])('ends a process that %s', async (_, text, withinMs) => {
  const start = performance.now()
  expect(await shell(text, AbortSignal.timeout(200))).toMatchObject({ aborted: true })
  expect(performance.now() - start).toBeLessThan(withinMs)
})

test('a signal leaves no exit code', async () => {
  expect(await shell('kill -s KILL $$\n')).toEqual({ exitCode: null, aborted: false })
})

test('removes and sets variables, and keeps the others', async () => {
  vi.stubEnv('NP_TEST_GONE', 'x')
  let text = ''
  const onOutput = (_: string, chunk: Uint8Array): void => {
    text += Buffer.from(chunk).toString()
  }
  const argv: ExecRequest['argv'] = ['/bin/sh', '-c', 'env | grep -c ^PATH=; env | grep ^NP_TEST_']
  await runProcess({ argv, input: '', onOutput }, never, { env: { NP_TEST_GONE: undefined, NP_TEST_SET: 'set' } })
  vi.unstubAllEnvs()
  expect(text).toBe('1\nNP_TEST_SET=set\n')
})

test('lets go of an orphan that goes on writing after the end', async () => {
  let bytes = 0
  const onOutput = (_: string, chunk: Uint8Array): void => {
    bytes += chunk.length
  }
  const argv: ExecRequest['argv'] = ['/bin/sh', '-c', '( while :; do echo y || exit; sleep 0.01; done ) & wait']
  const options = { ending: () => ({ graceMs: 100, group: false }), sweep: false }
  await runProcess({ argv, input: '', onOutput }, AbortSignal.timeout(200), options)
  const atEnd = bytes
  await setTimeout(200)
  expect(atEnd).toBeGreaterThan(0)
  expect(bytes).toBe(atEnd)
})
