import { judgeBoot } from './applies.js'
import type { ConfigFile, SystemReader } from './files.js'
import type { Frames } from './frames.js'
import { readHooks } from './hooks.js'
import { isNear } from './network.js'
import { readers } from './readers.js'
import { type ConfiguredRoute, type ConfiguredSystem, type NetworkConfig, type Opaque, type SystemConfig, topics } from './value.js'

/** What the host's files say, system by system. */
export function readSystems(frames: Frames): NetworkConfig {
  const files = withoutGenerated(frames.files)
  const started = new Set(frames.boot.keys())
  const configured = readers.flatMap((reader) => {
    const own = files.filter(({ path }) => reader.owns(path))
    const config = own.length === 0 ? null : reader.read(own, started)
    return config === null || isEmpty(config) || isVendors(reader, own, frames) ? [] : [{ reader, own, config }]
  })
  const names = configured.map(({ reader }) => reader.system)
  const systems = configured.map(({ reader, own, config }): ConfiguredSystem => {
    const boot = judgeBoot(reader.system, names, frames)
    const opaque = [...config.opaque, ...own.flatMap((file) => refused(file, frames))]
    return { system: reader.system, files: own.map(({ path }) => path), ...boot, ...config, opaque, routes: withInterfaces(config) }
  })
  return { distribution: distributionOf(frames.files), systems, hooks: readHooks(frames), unread: frames.unread }
}

/** NetworkManager leaves out a keyfile with any permission for others, and one that is not root's (nms_keyfile_utils_check_file_permissions). */
function refused({ path }: ConfigFile, { loose, foreign }: Frames): readonly Opaque[] {
  const refusal = (text: string, why: string): Opaque => ({ ...{ file: path, line: 0, text, interface: null, topics }, why })
  return [
    ...(foreign.has(path) ? [refusal(`chown root ${path}`, 'NetworkManager does not read it, as its owner is not root')] : []),
    ...(loose.has(path)
      ? [refusal(`chmod 600 ${path}`, 'NetworkManager does not read it, as others than root have permissions for it')]
      : []),
  ]
}

/** netplan writes these anew at every boot from its own files, which are read instead (netplan-generate(8)). */
function withoutGenerated(files: readonly ConfigFile[]): readonly ConfigFile[] {
  const generated = /^\/run\/(systemd\/network\/\d+-netplan-|NetworkManager\/(system-connections\/netplan-|conf\.d\/netplan\.conf))/
  return files.some(({ path }) => path.endsWith('.yaml')) ? files.filter(({ path }) => !generated.test(path)) : files
}

/** A route through a gateway without a device: the interface in whose network the gateway lies, as the kernel chooses it. */
function withInterfaces({ routes, interfaces }: SystemConfig): readonly ConfiguredRoute[] {
  return routes.map((route) => {
    const { via } = route
    if (route.interface !== null || via === null) return route
    const near = interfaces.find(({ addresses }) => addresses.some((address) => isNear(address, via)))
    return { ...route, interface: near?.name ?? null }
  })
}

/** What a package brings along (links, container networks) is no configuration of this host, unless its reader is started at boot. */
function isVendors({ system }: SystemReader, files: readonly ConfigFile[], { boot }: Frames): boolean {
  if (system !== 'networkd' && system !== 'keyfile') return false
  const manager = system === 'networkd' ? 'systemd-networkd' : 'NetworkManager'
  return !boot.has(manager) && files.every(({ path }) => path.startsWith('/usr/lib/'))
}

const isEmpty = (config: SystemConfig): boolean => Object.values(config).every((part) => part.length === 0)

/** os-release(5). */
function distributionOf(files: readonly ConfigFile[]): string | null {
  const lines = files.find(({ path }) => path.endsWith('/os-release'))?.lines ?? []
  const value = lines.map((line) => /^PRETTY_NAME=(.*)$/.exec(line)?.[1]).find((text) => text !== undefined)
  return value?.replace(/^(["'])(.*)\1$/, '$2') ?? null
}
