import { chmod, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { maxFileBytes, readText } from './read.js'

let directory = ''
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'netproof-read-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(directory, name)
  await writeFile(path, content)
  return path
}

test('text comes without its byte order mark, bytes come with it', async () => {
  const result = await readText(await file('bom', '\ufeffa: 1\r\n'))
  expect(result.text).toBe('a: 1\r\n')
  expect(result.bytes?.length).toBe(9)
})

test('a replacement character that the file itself holds is no fault', async () => {
  expect((await readText(await file('fffd', 'a: \ufffd\n'))).text).toBe('a: \ufffd\n')
})

test.each([
  ['after plain text', Buffer.from('ab\ncd\xe9f', 'latin1'), 2, 3],
  ['after a real replacement character', Buffer.concat([Buffer.from('\ufffd\n대'), Buffer.from([0xff])]), 2, 2],
  ['a cut character at the end', Buffer.from('대').subarray(0, 2), 1, 1],
])('the first byte that is not UTF-8 is found: %s', async (title, bytes, line, column) => {
  const { diagnostic } = await readText(await file(title, bytes))
  expect(diagnostic).toMatchObject({ code: 'not-utf8', location: { line, column } })
})

test('a missing file', async () => {
  const { diagnostic } = await readText(join(directory, 'nowhere.yaml'))
  expect(diagnostic).toMatchObject({ code: 'file-missing', message: 'there is no such file' })
})

test('a missing file beside one that is nearly called so', async () => {
  const near = await file('runbook.yaml', 'x')
  const { diagnostic } = await readText(join(directory, 'runbok.yaml'))
  expect(diagnostic).toMatchObject({ code: 'file-missing', hint: `did you mean ${near}?` })
})

test('a directory', async () => {
  const { diagnostic } = await readText(directory)
  expect(diagnostic).toMatchObject({ code: 'file-is-directory', message: 'expected a file, found a directory' })
})

test('a path through a file', async () => {
  const { diagnostic } = await readText(join(await file('plain', 'x'), 'below'))
  expect(diagnostic).toMatchObject({ code: 'file-missing', message: 'there is no such file: a part of its path is not a directory' })
})

test('a circle of symbolic links', async () => {
  const path = join(directory, 'circle')
  await symlink(path, path)
  expect((await readText(path)).diagnostic).toMatchObject({ code: 'file-unreadable' })
})

test('a file as large as the limit is read, a larger one is not', async () => {
  const limit = await readText(await file('limit', Buffer.alloc(maxFileBytes, 'a')))
  expect(limit.text?.length).toBe(maxFileBytes)
  const { diagnostic } = await readText(await file('larger', Buffer.alloc(maxFileBytes + 1, 'a')))
  expect(diagnostic).toMatchObject({ code: 'file-too-large', message: 'the file is larger than 4 MiB' })
})

test.runIf(process.platform === 'linux')('an endless file ends', async () => {
  expect((await readText('/dev/zero')).diagnostic).toMatchObject({ code: 'file-too-large' })
})

test.runIf(process.platform === 'linux')('a file whose size is not known before it is read', async () => {
  expect((await readText('/proc/self/status')).text).toContain('Name:')
})

test('a file without read permission', async () => {
  const path = await file('secret', 'x')
  await chmod(path, 0)
  // Nothing is unreadable for root.
  const nobody = 65_534
  if (process.getuid?.() === 0) process.seteuid?.(nobody)
  const { diagnostic } = await readText(path).finally(() => {
    if (process.getuid?.() === 0) process.seteuid?.(0)
  })
  expect(diagnostic).toMatchObject({ code: 'file-unreadable', message: 'the file may not be read: permission denied' })
})
