import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Json } from '../../model/json.js'
import { loadInventory, selectHosts } from '../index.js'

// What ansible-core 2.14.18 makes of the inventories in fixtures/, recorded by fixtures/record.py.
interface Recorded {
  readonly version: string
  readonly sources: readonly string[]
  readonly groups: Readonly<Record<string, readonly string[]>>
  readonly variables: Readonly<Record<string, Json>>
  readonly patterns: Readonly<Record<string, readonly string[]>>
}

const fixtures = join(dirname(fileURLToPath(import.meta.url)), 'fixtures')
const recordings = readdirSync(fixtures)
  .filter((entry) => entry.endsWith('.recorded.json'))
  .map((entry) => ({ name: entry.replace('.recorded.json', ''), ...(JSON.parse(readFileSync(join(fixtures, entry), 'utf8')) as Recorded) }))

const load = ({ sources }: Recorded) =>
  loadInventory(
    sources.map((source) => (source.includes(',') ? source : join(fixtures, source))),
    { controllerPlatform: 'linux', sshConfig: null, home: '/home/nobody' },
  )

describe.each(recordings)('the inventory $name, as Ansible reads it', (recorded) => {
  it('has its hosts in its groups, in its order', async () => {
    const { inventory, diagnostics } = await load(recorded)
    expect(diagnostics).toEqual([])
    const groups = Object.fromEntries(Object.keys(recorded.groups).map((group) => [group, inventory.groups.get(group)]))
    expect(groups).toEqual(recorded.groups)
  })

  it('has its variables', async () => {
    const { inventory } = await load(recorded)
    const hosts = [...inventory.hosts.values()].filter(({ vars }) => Object.keys(vars).length > 0)
    expect(Object.fromEntries(hosts.map(({ name, vars }) => [name, vars]))).toEqual(recorded.variables)
  })

  it.each(Object.entries(recorded.patterns))('selects %j alike', async (pattern, expected) => {
    const { inventory } = await load(recorded)
    expect(selectHosts(inventory, [pattern]).hosts.map(({ name }) => name)).toEqual(expected)
  })
})
