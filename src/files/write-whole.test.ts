import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { chunked, writeWhole } from './write-whole.js'

const directory = mkdtempSync(join(tmpdir(), 'netproof-files-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

describe('writeWhole', () => {
  it('creates the folders above, and replaces what was there', async () => {
    const file = join(directory, 'a/b/report.json')
    await writeWhole(file, ['old, and longer'])
    await writeWhole(file, ['n', 'e', 'w'])
    expect(readFileSync(file, 'utf8')).toBe('new')
    expect(readdirSync(join(directory, 'a/b'))).toEqual(['report.json'])
  })

  it('leaves the old file, and nothing else, when the text breaks off', async () => {
    const folder = join(directory, 'broken')
    mkdirSync(folder)
    writeFileSync(join(folder, 'report.json'), 'old')
    function* breaking(): Generator<string> {
      yield 'new'
      throw new Error('the reporter broke')
    }
    await expect(writeWhole(join(folder, 'report.json'), breaking())).rejects.toThrow('the reporter broke')
    expect(readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual(['old'])
  })

  it.runIf(existsSync('/proc/version'))('says so, and ends, where no folder can be made', async () => {
    await expect(writeWhole('/proc/x/y.json', ['text'])).rejects.toThrow('ENOENT')
  })

  it('says so where a file stands in the way', async () => {
    writeFileSync(join(directory, 'file'), '')
    await expect(writeWhole(join(directory, 'file/report.json'), ['text'])).rejects.toThrow(/ENOTDIR|EEXIST/)
  })
})

describe('chunked', () => {
  it('keeps the text and makes few pieces of many', () => {
    const pieces = Array.from({ length: 10_000 }, (_, index) => `piece ${index} `.repeat(10))
    const chunks = [...chunked(pieces)]
    expect(chunks.join('')).toBe(pieces.join(''))
    expect(chunks.length).toBeLessThan(10)
    expect([...chunked([])]).toEqual([])
  })
})
