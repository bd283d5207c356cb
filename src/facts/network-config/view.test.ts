import { describe, expect, test } from 'vitest'
import { blankInterface } from './draft.js'
import { type ConfiguredInterface, type ConfiguredSystem, interfacesNamed } from './index.js'

const named = (name: string): ConfiguredInterface => ({ ...blankInterface({ file: name, line: 1 }, name) })
const found = (file: string, by: Partial<ConfiguredInterface>): ConfiguredInterface => ({
  ...blankInterface({ file, line: 1 }, null),
  ...by,
})
const system = (name: ConfiguredSystem['system'], interfaces: readonly ConfiguredInterface[]): ConfiguredSystem => ({
  ...{
    system: name,
    files: [],
    applies: 'yes',
    because: '',
    interfaces,
    routes: [],
    rules: [],
    dns: [],
    search: [],
    opaque: [],
    notes: [],
  },
})
const pattern = found('pattern', { matchNames: ['e*'] })
const mac = found('mac', { matchMac: '52:54:00:00:00:01' })
const patternAndMac = found('both', { matchNames: ['e*'], matchMac: '52:54:00:00:00:01' })
const driver = found('driver', { match: 'driver=ixgbe' })

describe('who configures eth0', () => {
  test.each<[string, ConfiguredSystem['system'], readonly ConfiguredInterface[], readonly string[], readonly string[]]>([
    ['its name', 'netplan', [named('eth1'), named('eth0')], ['eth0'], []],
    ['a pattern', 'netplan', [named('lo'), pattern], ['pattern'], []],
    ['nobody', 'netplan', [named('eth1')], [], []],
    ['two', 'keyfile', [pattern, named('eth0')], ['pattern', 'eth0'], []],
    ['a hardware address, perhaps', 'netplan', [mac, driver], [], ['mac', 'driver']],
    ['a pattern with a hardware address, perhaps', 'keyfile', [patternAndMac], [], ['both']],
    ['its name, whoever else may', 'keyfile', [mac, named('eth0')], ['eth0'], []],
    ['the first file of networkd', 'networkd', [named('eth0'), pattern], ['eth0'], []],
    ['the first file of networkd, a pattern', 'networkd', [pattern, named('eth0')], ['pattern'], []],
    ['a file of networkd, unless an earlier one finds it', 'networkd', [mac, named('eth0')], [], ['mac', 'eth0']],
  ])('%s', (_, name, interfaces, sure, maybe) => {
    const { sure: known, maybe: possible } = interfacesNamed(system(name, interfaces), 'eth0')
    expect([known.map(({ file }) => file), possible.map(({ file }) => file)]).toEqual([sure, maybe])
  })
})
