import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkKinds, documentReporters, factKinds, liveReporters, transportKinds } from '../../src/builtins.js'
import { platforms } from '../../src/model/platform.js'

/** Rooms of a layer: its folders, but for templates and shared code, which hold no room. */
const rooms = (layer: string, ...shared: readonly string[]): string[] =>
  readdirSync(`src/${layer}`, { withFileTypes: true })
    .filter((found) => found.isDirectory() && !found.name.startsWith('_') && !shared.includes(found.name))
    .map(({ name }) => name)
    .sort()

const sorted = (names: Iterable<string>): string[] => [...names].sort()

describe('tables and folders', () => {
  it('every room is in its table and every entry has its room', () => {
    expect(sorted(checkKinds.map(({ kind }) => kind))).toEqual(rooms('checks'))
    expect(sorted(factKinds.map(({ name }) => name))).toEqual(rooms('facts'))
    expect(sorted(Object.keys(transportKinds))).toEqual(rooms('transports', 'process'))
    expect(sorted([...Object.keys(liveReporters), ...Object.keys(documentReporters)])).toEqual(rooms('reporters'))
  })

  it('rooms are called as their tables call them', async () => {
    for (const [name, load] of Object.entries({ ...transportKinds, ...liveReporters, ...documentReporters })) {
      expect((await load()).name).toBe(name)
    }
  })

  it.each(checkKinds.map((kind) => [kind.kind, kind] as const))(
    '%s documents every key of its schema, with an example',
    (kind, { schema, summary }) => {
      const readme = readFileSync(`src/checks/${kind}/README.md`, 'utf8')
      expect(readme).toContain(`# ${kind}`)
      expect(readme).toContain('```yaml')
      expect(summary).not.toMatch(/\.$|^[A-Z]/)
      for (const key of Object.keys((schema.properties ?? {}) as object)) expect(readme, key).toContain(`\`${key}\``)
    },
  )

  it.each(checkKinds.map(({ kind }) => kind))('%s has a schema for editors', (kind) => {
    expect(existsSync(`schemas/checks/${kind}.schema.json`)).toBe(true)
  })

  it.each(factKinds.map((kind) => [kind.name, kind] as const))('fact %s has sources with names of their own', (_, { sources, summary }) => {
    expect(summary).not.toBe('')
    for (const platform of platforms) {
      const names = (sources[platform] ?? []).map(({ name }) => name)
      expect(new Set(names).size).toBe(names.length)
    }
    expect(Object.keys(sources).length).toBeGreaterThan(0)
  })
})
