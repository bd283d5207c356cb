import type { ConfigFile } from '../files.js'

const directories = ['/lib/netplan/', '/usr/lib/netplan/', '/etc/netplan/', '/run/netplan/']

export const isNetplanFile = (path: string): boolean => directoryOf(path) !== -1 && path.endsWith('.yaml')

function directoryOf(path: string): number {
  return directories.findIndex((directory) => path.startsWith(directory) && !path.slice(directory.length).includes('/'))
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/**
 * The files that count, in the order in which later ones add to earlier ones: by name, whatever the directory; of one name that in
 * /etc shadows that in /lib (netplan-generate(8)).
 */
export function inOrder(files: readonly ConfigFile[]): readonly ConfigFile[] {
  const byName = new Map<string, ConfigFile>()
  for (const file of files) {
    const before = byName.get(nameOf(file.path))
    if (before === undefined || directoryOf(before.path) < directoryOf(file.path)) byName.set(nameOf(file.path), file)
  }
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, file]) => file)
}
