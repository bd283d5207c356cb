import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../lib/errors.js'
import { type NetworkConfig, networkConfig } from './index.js'

const directory = new URL('fixtures/', import.meta.url)
const read = (name: string): string => readFileSync(new URL(name, directory), 'utf8')
const source = networkConfig.sources.linux?.[0]

function parse(stdout: string): NetworkConfig {
  const value = source?.parse({ exitCode: 0, stdout, stderr: '' }, [{}])[0]
  if (value === undefined) throw new Error('no value')
  return value
}

const names = readdirSync(directory).filter((name) => name.endsWith('.out'))

it.each(names)('%s', (name) => {
  const value = parse(read(name))
  if (process.env.WRITE) writeFileSync(new URL(name.replace(/out$/, 'expected.json'), directory), `${JSON.stringify(value, null, 2)}\n`)
  expect(value).toEqual(JSON.parse(read(name.replace(/out$/, 'expected.json'))))
  expect(networkConfig.isValue(value)).toBe(true)
})
