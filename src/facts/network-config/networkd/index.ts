import { globMatcher } from '../../../lib/glob.js'
import { Draft } from '../draft.js'
import type { ConfigFile, SystemReader } from '../files.js'
import type { SystemConfig } from '../value.js'
import { isUnit, unitsOf } from './files.js'
import { bareDevice, readInterface } from './interface.js'
import { findingsOf } from './match.js'
import { netDevOf } from './netdev.js'
import { allOf, entriesOf, readUnit, wordsOf } from './unit.js'

/** systemd.network(5) and systemd.netdev(5), as of systemd 255. The order of the interfaces is that in which they are tried. */
export const networkdReader: SystemReader = {
  system: 'networkd',
  owns: isUnit,
  read: (files) => {
    const isVolatile = ({ path }: ConfigFile): boolean => path.startsWith('/run/')
    const draft = new Draft()
    draft.add(readUnits(files.filter((file) => !isVolatile(file))))
    for (const file of files.filter(isVolatile)) {
      const [found, ...others] = readUnits([file]).interfaces
      const why = 'is in /run: after a reboot it is there only if something writes it again'
      draft.doubt({ file: file.path, line: 0 }, found?.name ?? found?.match ?? '', why, others.length === 0 ? (found?.name ?? null) : null)
    }
    return draft.finish()
  },
}

function readUnits(files: readonly ConfigFile[]): SystemConfig {
  const draft = new Draft()
  const networks = unitsOf(files, '.network')
    .map((unit) => readUnit(unit, draft))
    .filter((unit) => unit !== null)
    .map((unit) => ({ unit, findings: findingsOf(unit, draft) }))
  const devices = new Map(
    unitsOf(files, '.netdev')
      .map((unit) => readUnit(unit, draft))
      .map((unit) => (unit === null ? null : netDevOf(unit, draft)))
      .filter((device) => device !== null)
      .map((device) => [device.name, device] as const),
  )
  // `VLAN=` stands in the file of the interface below.
  const parents = new Map<string, string>()
  for (const { unit, findings } of networks) {
    const vlans = allOf(entriesOf(unit, 'Network'), 'VLAN').flatMap(({ value }) => wordsOf(value))
    const [finding] = findings
    for (const vlan of vlans) if (finding?.name != null) parents.set(vlan, finding.name)
  }
  const seen = new Set<string>()
  const patterns: ((name: string) => boolean)[] = []
  for (const { unit, findings } of networks) {
    for (const finding of findings) {
      const { name } = finding
      // The first file that matches an interface is the one that counts.
      if (name !== null && (seen.has(name) || patterns.some((matches) => matches(name)))) {
        draft.note(unit, `${name} is configured by an earlier file, so that this one is not read for it`)
        continue
      }
      if (name !== null) seen.add(name)
      // What a name alone decides; other conditions may not hold.
      if (entriesOf(unit, 'Match').every(({ key }) => key === 'Name')) patterns.push(...finding.matchNames.map(globMatcher))
      readInterface(unit, finding, devices, parents, draft)
    }
  }
  for (const device of devices.values()) if (!seen.has(device.name)) draft.interfaces.push(bareDevice(device, parents))
  return draft.finish()
}
