import type { Draft } from '../draft.js'
import type { ConfigFile } from '../files.js'
import { listed, readKeyFile } from '../ini.js'

/**
 * What of NetworkManager.conf decides whether profiles are used at all. `unmanaged-devices` and `managed=0` take devices away from it;
 * which ones is understood where they are named by interface alone (NetworkManager.conf(5), "Device List Format").
 */
export function readSettings(files: readonly ConfigFile[], draft: Draft): void {
  for (const file of notShadowed(files)) {
    for (const section of readKeyFile(file).sections) {
      for (const entry of section.entries) {
        const text = `${entry.key}=${entry.value}`
        if (section.name === 'keyfile' && /^unmanaged-devices[+]?$/.test(entry.key)) {
          const names = listed(entry.value).map((device) => /^interface-name:=?([\w.-]+)$/.exec(device)?.[1] ?? null)
          for (const [index, name] of names.entries()) {
            const device = listed(entry.value)[index] ?? ''
            const why =
              name === null ? "these devices are not NetworkManager's" : `${name} is not NetworkManager's: profiles for it are not used`
            if (!isHarmless(device)) draft.doubt(entry, text, why, name, ['boot'])
          }
        } else if (section.name.startsWith('device') && entry.key === 'managed' && /^(0|false|no|off)$/i.test(entry.value)) {
          draft.doubt(entry, `[${section.name}] ${text}`, "these devices are not NetworkManager's", null, ['boot'])
        } else if (section.name === 'ifupdown' && entry.key === 'managed') {
          draft.note(
            entry,
            `${text}: interfaces of /etc/network/interfaces are ${/^(1|true|yes|on)$/i.test(entry.value) ? '' : 'not '}NetworkManager's`,
          )
        }
      }
    }
  }
}

const directories = ['/usr/lib/', '/lib/', '/run/', '/etc/']
const rank = ({ path }: ConfigFile): number => directories.findIndex((directory) => path.startsWith(directory))

/** Of one name in conf.d that in /etc counts, then that in /run: Ubuntu empties a file of its package that way. */
function notShadowed(files: readonly ConfigFile[]): readonly ConfigFile[] {
  const byName = new Map<string, ConfigFile>()
  for (const file of files) {
    const name = file.path.replace(/^.*\/NetworkManager\//, '')
    const before = byName.get(name)
    if (before === undefined || rank(before) < rank(file)) byName.set(name, file)
  }
  return [...byName.values()]
}

/** What distributions ship for containers and the like: such devices have no profiles. */
const isHarmless = (device: string): boolean =>
  /^(interface-name:=?(veth|docker|cali|tunl|vnet|virbr|lxc|cni|flannel|podman)[\w*.-]*|driver:veth|type:(veth|tun|bridge))$/.test(device)
