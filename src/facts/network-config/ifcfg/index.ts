import type { ConfigFile, SystemReader } from '../files.js'
import type { Note, SystemConfig } from '../value.js'
import { mergeAliases } from './aliases.js'
import { type ReadFile, readIfcfg } from './file.js'
import { notesOnNetworking } from './reader.js'
import { joinRouteFiles, readRouteFile, readRuleFile, readStaticRoutes } from './routes.js'
import { readVariables } from './variables.js'

const folder = '/etc/sysconfig/network-scripts/'

/** What initscripts (`is_ignored_file`) or NetworkManager (`utils_should_ignore_file`) leaves out. */
const ignored = /(~|\.(bak|old|orig|rej|rpmnew|rpmorig|rpmsave|augnew|augtmp)|;[0-9a-f]{8})$/i

/**
 * ifcfg files of CentOS, RHEL and Fedora, as the network service (initscripts) and NetworkManager's ifcfg-rh read them:
 * nm-settings-ifcfg-rh(5), sysconfig.txt of initscripts.
 */
export const ifcfgReader: SystemReader = {
  system: 'ifcfg',
  owns: (path) =>
    ['/etc/sysconfig/network', '/etc/sysconfig/static-routes'].includes(path) || (path.startsWith(folder) && !ignored.test(path)),
  read: (files, started) => {
    const global = readVariables(
      files.find(({ path }) => path === '/etc/sysconfig/network') ?? { path: '/etc/sysconfig/network', lines: [] },
      null,
    )
    const read = files.flatMap((file) => {
      const profile = nameOf(file.path, 'ifcfg-')
      return profile === null ? [] : [readIfcfg(file, profile, global, started)]
    })
    const merged = mergeAliases(read, global.of('GATEWAYDEV'))
    const orphans = read.filter(({ aliasOf }) => aliasOf !== null && !merged.some(({ config }) => config.name === aliasOf))
    const extra = joinRouteFiles(files.map((file) => readExtra(file, merged)))
    return {
      interfaces: merged.map(({ config }) => config),
      routes: [...merged.flatMap(({ routes }) => routes), ...extra.routes],
      rules: extra.rules,
      dns: [],
      search: [],
      opaque: [...global.opaque, ...merged.flatMap(({ opaque }) => opaque), ...extra.opaque],
      notes: [...notesOnNetworking(global), ...merged.flatMap(({ notes }) => notes), ...orphans.map(orphaned), ...extra.notes],
    }
  },
}

const orphaned = ({ aliasOf, config: { file } }: ReadFile): Note => ({
  file,
  line: 0,
  text: `There is no ifcfg-${aliasOf}: nothing reads this file.`,
})

const nameOf = (path: string, prefix: string): string | null =>
  path.startsWith(folder + prefix) && path !== `${folder}ifcfg-lo` ? path.slice(folder.length + prefix.length) : null

/** route-NAME belongs to the interface NAME or to the file ifcfg-NAME; without either nothing reads it. */
function readExtra(file: ConfigFile, interfaces: readonly ReadFile[]): Pick<SystemConfig, 'routes' | 'rules' | 'notes' | 'opaque'> {
  if (file.path === '/etc/sysconfig/static-routes') return readStaticRoutes(file)
  const name = ['route-', 'route6-', 'rule-', 'rule6-'].map((prefix) => nameOf(file.path, prefix)).find((found) => found !== null)
  if (name === undefined || name === null) return { routes: [], rules: [], notes: [], opaque: [] }
  const owner = interfaces.find(({ profile, config }) => config.name === name || profile === name)
  if (owner === undefined) {
    const text = `There is no ifcfg-${name}: nothing reads this file.`
    return { routes: [], rules: [], opaque: [], notes: [{ file: file.path, line: 0, text }] }
  }
  const device = owner.config.name ?? name
  return /\/rule6?-[^/]*$/.test(file.path) ? readRuleFile(file, device) : readRouteFile(file, device)
}
