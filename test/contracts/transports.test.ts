import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { ask, lives, processesWith, type Rig, rigKinds, script, sockets } from './rigs.js'

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

/** @returns bytes of buffers that something still holds. A collection frees what the one before it found unused. */
function buffersKept(): number {
  collectGarbage()
  collectGarbage()
  return process.memoryUsage().arrayBuffers
}

/** One contract, every transport that runs processes. */
describe.each(await rigKinds())('$name', ({ unavailable, start }) => {
  if (unavailable !== null && process.env.CI !== 'true') {
    test.skip(`not here: ${unavailable}`, () => undefined)
    return
  }

  let rig: Rig
  beforeAll(async () => {
    expect(unavailable).toBeNull()
    rig = await start()
  })
  afterAll(async () => {
    await rig.stop()
  })

  test.each([0, 1, 127, 255])('hands on exit code %i of the command itself', async (code) => {
    expect((await script(rig.transport, `echo before; exit ${code}\n`)).exitCode).toBe(code)
    expect((await script(rig.transport, `exit ${code}\n`)).exitCode).toBe(code)
  })

  test('keeps standard output and standard error apart', async () => {
    const answer = await script(rig.transport, 'echo out; echo err >&2; exit 0\n')
    expect([answer.stdout.toString(), answer.stderr.toString()]).toEqual(['out\n', 'err\n'])
  })

  test('hands on every byte value', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, value) => value))
    const octal = [...bytes].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')
    expect((await script(rig.transport, `printf '${octal}'; exit 0\n`)).stdout).toEqual(bytes)
  })

  test('delivers 1 MiB of input whole, and keeps the input open', async () => {
    const input = 'abcdefg\n'.repeat(131_072)
    const answer = await ask(rig.transport, ['/bin/sh', '-c', `head -c ${input.length} | sha256sum`], input)
    expect(answer.stdout.toString().split(' ')[0]).toBe(createHash('sha256').update(input).digest('hex'))
  })

  test('does not mind a command that never reads its input', async () => {
    expect((await ask(rig.transport, ['/bin/sh', '-c', 'exec 0<&-; exit 7'], 'x'.repeat(1_048_576))).exitCode).toBe(7)
  })

  test('delivers any words as data', async () => {
    const word = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom("'", '"', '\\', '$', '`', '!', '\n', '\t', ' ', '*', '~', '(', ')', '%', 'é', '😀') }),
      fc.constantFrom('$(id)', '-n', '--', '', "\\'", '\\\\', '!!', '$HOME', '\x1b[31m'),
    )
    const words = fc.array(
      word.map((text) => text.replaceAll('\0', '')),
      { minLength: 1, maxLength: 20 },
    )
    await fc.assert(
      fc.asyncProperty(words, async (list) => {
        const answer = await ask(rig.transport, ['/bin/sh', '-c', `for word do printf '%s\\0' "$word"; done`, 'sh', ...list])
        const wellFormed = list.map((text) => Buffer.from(text).toString())
        expect(answer.stdout.toString().split('\0').slice(0, -1)).toEqual(wellFormed)
      }),
      { numRuns: 15 },
    )
  })

  test('ends the process, here and there, when aborted', async () => {
    const file = join(rig.directory, 'pid')
    const stop = new AbortController()
    const answer = script(rig.transport, `echo $$ >${file}; exec 3<&0; ( read -r x <&3; kill -s KILL 0 ) & sleep 60\n`, stop.signal)
    const refusal = expect(answer).rejects.toMatchObject({ name: 'TransportError', reason: 'interrupted' })
    const pid = await vi.waitFor(() => Number(/\d+\n/.exec(readFileSync(file, 'utf8'))?.[0] ?? expect.unreachable()), 10_000)
    expect(lives(pid)).toBe(true)
    stop.abort()
    await refusal
    await vi.waitFor(() => expect(lives(pid)).toBe(false), 3_000)
  })

  test('does not begin when already aborted', async () => {
    await expect(script(rig.transport, 'exit 0\n', AbortSignal.abort())).rejects.toMatchObject({ reason: 'interrupted' })
  })

  test('streams 96 MiB without keeping it', async () => {
    let bytes = 0
    const kept: number[] = []
    const onOutput = (_: string, chunk: Uint8Array): void => {
      bytes += chunk.length
      if (bytes >= (kept.length + 1) * 16 * 1_048_576) kept.push(buffersKept())
    }
    const start = buffersKept()
    await rig.transport.exec({ argv: ['head', '-c', '100663296', '/dev/zero'], input: '', onOutput }, new AbortController().signal)
    expect(bytes).toBe(100_663_296)
    expect(kept).toHaveLength(6)
    expect(Math.max(...kept) - start).toBeLessThan(16 * 1_048_576)
  })

  test('waits for a command that closes its output early', async () => {
    const answer = await script(rig.transport, 'echo early; exec >&- 2>&-; sleep 0.3; exit 3\n')
    expect([answer.exitCode, answer.stdout.toString()]).toEqual([3, 'early\n'])
  })

  test('runs 20 commands at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => script(rig.transport, `echo ${index}; exit ${index}\n`)))
    expect(answers.map(({ exitCode, stdout }) => [exitCode, stdout.toString()])).toEqual(answers.map((_, index) => [index, `${index}\n`]))
  })

  test('leaves no process and no socket behind when closed', async () => {
    const other = await start()
    try {
      const running = script(other.transport, 'echo x; sleep 60\n')
      const refusal = expect(running).rejects.toMatchObject({ reason: 'interrupted' })
      await script(other.transport, 'exit 0\n')
      await other.transport.close()
      await refusal
      expect(sockets(other.directory)).toEqual([])
      expect(processesWith(other.directory)).toEqual([])
    } finally {
      await other.stop()
    }
  })
})
