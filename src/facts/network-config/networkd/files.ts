import type { ConfigFile } from '../files.js'

/** Later ones win (systemd.network(5)). */
const directories = [
  '/lib/systemd/network/',
  '/usr/lib/systemd/network/',
  '/usr/local/lib/systemd/network/',
  '/run/systemd/network/',
  '/etc/systemd/network/',
]

const directoryOf = (path: string): number => directories.findIndex((directory) => path.startsWith(directory))
const below = (path: string): string => path.slice(directories[directoryOf(path)]?.length ?? 0)

/** `.network` and `.netdev` files and what is dropped in to them; `.link` files are udev's. */
export function isUnit(path: string): boolean {
  return directoryOf(path) !== -1 && /^[^/]+\.(network|netdev)(\.d\/[^/]+\.conf)?$/.test(below(path))
}

/**
 * What systemd's package brings along for interfaces of containers, virtual machines and tunnels that it makes itself: no configuration
 * of this host, unless /etc has a file of the same name.
 */
const vendors = /^(\/usr)?\/lib\/systemd\/network\/80-(6rd-tunnel|container-(vb|ve|vz)|namespace-[a-z-]+|vm-[a-z]+|wifi-[a-z]+)\.network$/

/** A file and what is dropped in to it, in the order in which they are read. */
export interface Unit {
  readonly name: string
  readonly main: ConfigFile
  readonly dropIns: readonly ConfigFile[]
}

/** The units of one kind in the order of their names, whatever the directory. One that is empty, or a link to /dev/null, is masked. */
export function unitsOf(files: readonly ConfigFile[], suffix: '.network' | '.netdev'): readonly Unit[] {
  const found = new Map<string, ConfigFile>()
  for (const file of files) {
    const before = found.get(below(file.path))
    if (before === undefined || directoryOf(before.path) < directoryOf(file.path)) found.set(below(file.path), file)
  }
  const byName = [...found].sort(([a], [b]) => (a < b ? -1 : 1))
  return byName.flatMap(([name, main]) => {
    const isMasked = main.lines.every((line) => line === '')
    if (!name.endsWith(suffix) || isMasked || vendors.test(main.path)) return []
    return [{ name, main, dropIns: byName.filter(([other]) => other.startsWith(`${name}.d/`)).map(([, file]) => file) }]
  })
}
