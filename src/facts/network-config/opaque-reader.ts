import type { ConfigFile, SystemReader } from './files.js'
import { type ConfigSystemName, type SystemConfig, topics } from './value.js'

/** Nothing at all: what a reader begins with. */
export const nothingConfigured: SystemConfig = {
  interfaces: [],
  routes: [],
  rules: [],
  dns: [],
  search: [],
  opaque: [],
  notes: [],
}

/** For a system whose files are known by their paths, and whose contents are not understood: each of them is opaque as a whole. */
export function opaqueReader(system: ConfigSystemName, owns: (path: string) => boolean): SystemReader {
  const opaque = ({ path, lines }: ConfigFile): SystemConfig['opaque'][number] => ({
    file: path,
    line: 0,
    text: lines.find((line) => line.trim() !== '' && !line.trim().startsWith('#')) ?? '',
    why: 'files of this kind are not understood',
    interface: null,
    topics: [...topics],
  })
  return { system, owns, read: (files) => ({ ...nothingConfigured, opaque: files.map(opaque) }) }
}
