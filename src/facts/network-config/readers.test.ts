import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ConfigFile, SystemReader } from './files.js'
import { keyfileReader } from './keyfile/index.js'
import { netplanReader } from './netplan/index.js'
import { networkdReader } from './networkd/index.js'
import { networkConfigShape } from './shape.js'
import type { SystemConfig } from './value.js'

const directory = new URL('fixtures/', import.meta.url).pathname
const readers: readonly SystemReader[] = [netplanReader, keyfileReader, networkdReader]

/** Every file below a fixture's folder, as if the folder were `/`. */
function filesOf(folder: string): readonly ConfigFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'expected.json')
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({ path: `/${relative(folder, path)}`, lines: readFileSync(path, 'utf8').replace(/\n$/, '').split('\n') }))
}

const cases = readers.flatMap((reader) =>
  readdirSync(join(directory, reader.system)).map((name) => ({
    reader,
    name: `${reader.system}/${name}`,
    files: filesOf(join(directory, reader.system, name)),
  })),
)

const isConfig = (reader: SystemReader, config: SystemConfig): boolean =>
  networkConfigShape({
    distribution: null,
    systems: [{ ...config, system: reader.system, files: [], applies: 'yes', because: '' }],
    hooks: [],
    unread: [],
  })

describe('what files mean', () => {
  test.each(cases)('$name', ({ reader, name, files }) => {
    const own = files.filter(({ path }) => reader.owns(path))
    expect(own).toEqual(files)
    const config = reader.read(own, new Set())
    expect(config).toEqual(JSON.parse(readFileSync(join(directory, name, 'expected.json'), 'utf8')))
    expect(isConfig(reader, config)).toBe(true)
  })
})

describe('damaged files', () => {
  const piece = fc.oneof(
    fc.string({ maxLength: 6 }),
    fc.constantFrom(
      '',
      '\r',
      '\0',
      '\uFEFF',
      '[',
      ']',
      '=',
      '\\',
      ';',
      '#',
      ': ',
      '- ',
      '&a ',
      '*a',
      '{',
      '\t',
      '[Route]',
      'Gateway=',
      'route1=',
      '/',
      '__proto__',
    ),
  )

  test('are read as something of the right shape, whatever the damage', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...cases),
        fc.array(fc.tuple(fc.nat(), fc.nat(), piece), { maxLength: 4 }),
        ({ reader, files }, damage) => {
          const damaged = damage.reduce<readonly ConfigFile[]>((all, [where, at, patch]) => {
            const chosen = where % all.length
            return all.map((file, index) => {
              if (index !== chosen) return file
              const text = file.lines.join('\n')
              const place = at % (text.length + 1)
              return { ...file, lines: `${text.slice(0, place)}${patch}${text.slice(place + 1)}`.split('\n') }
            })
          }, files)
          expect(isConfig(reader, reader.read(damaged, new Set()))).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })

  test.each(readers)('$system: rubbish is told in a few lines, and is not taken for configuration', (reader) => {
    const path = {
      netplan: '/etc/netplan/a.yaml',
      keyfile: '/etc/NetworkManager/system-connections/a',
      networkd: '/etc/systemd/network/a.network',
    }
    const lines = Array.from({ length: 20_000 }, (_, index) => `\uFFFD${index}\u0001 = \uFFFD`)
    const { interfaces, routes, opaque, notes } = reader.read([{ path: path[reader.system as keyof typeof path], lines }], new Set())
    expect([routes, interfaces.filter(({ name }) => name !== null)]).toEqual([[], []])
    expect(opaque.length + notes.length).toBeGreaterThan(0)
    expect(opaque.length + notes.length).toBeLessThan(100)
  })
})

describe('settings of NetworkManager', () => {
  const profile = { path: '/etc/NetworkManager/system-connections/eth0', lines: ['[connection]', 'type=ethernet', 'interface-name=eth0'] }
  const settings = { path: '/usr/lib/NetworkManager/conf.d/10-globally-managed-devices.conf', lines: ['[keyfile]', 'unmanaged-devices=*'] }
  const opaque = (files: readonly ConfigFile[]): readonly string[] => keyfileReader.read(files, new Set()).opaque.map(({ why }) => why)

  test('count, unless a file of the same name in /etc takes their place', () => {
    expect(opaque([profile, settings])).toEqual(["these devices are not NetworkManager's"])
    expect(opaque([profile, settings, { path: '/etc/NetworkManager/conf.d/10-globally-managed-devices.conf', lines: [] }])).toEqual([])
    expect(opaque([settings])).toEqual([])
  })
})

describe('which files are read', () => {
  test.each([
    ['/etc/netplan/50-cloud-init.yaml', 'netplan'],
    ['/lib/netplan/00-network-manager-all.yaml', 'netplan'],
    ['/etc/netplan/50-cloud-init.yaml.bak', undefined],
    ['/etc/netplan/old/50-cloud-init.yaml', undefined],
    ['/etc/NetworkManager/system-connections/Wired connection 1', 'keyfile'],
    ['/etc/NetworkManager/system-connections/eth0.nmconnection', 'keyfile'],
    ['/etc/NetworkManager/system-connections/eth0.nmconnection~', undefined],
    ['/etc/NetworkManager/system-connections/.eth0.nmconnection.swp', undefined],
    ['/etc/NetworkManager/system-connections/eth0.nmconnection.rpmsave', undefined],
    ['/etc/NetworkManager/system-connections/eth0.A1B2C3', undefined],
    ['/usr/lib/NetworkManager/system-connections/eth0', undefined],
    ['/usr/lib/NetworkManager/conf.d/10-globally-managed-devices.conf', 'keyfile'],
    ['/etc/systemd/network/10-eth0.network', 'networkd'],
    ['/etc/systemd/network/10-eth0.network.d/mtu.conf', 'networkd'],
    ['/usr/local/lib/systemd/network/10-eth0.netdev', 'networkd'],
    ['/etc/systemd/network/10-eth0.link', undefined],
    ['/etc/systemd/network/10-eth0.network.bak', undefined],
  ])('%s: %s', (path, system) => {
    expect(readers.find((reader) => reader.owns(path))?.system).toBe(system)
  })
})
