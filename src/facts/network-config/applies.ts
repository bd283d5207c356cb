import type { Frames } from './frames.js'
import type { ConfigSystemName, ConfiguredSystem } from './value.js'

type Boot = Pick<ConfiguredSystem, 'applies' | 'because'>

/** What reads a system's files at boot: any of these. */
const managers: Record<ConfigSystemName, readonly string[]> = {
  ifcfg: ['network', 'NetworkManager'],
  ifupdown: ['networking'],
  netplan: [],
  keyfile: ['NetworkManager'],
  networkd: ['systemd-networkd'],
}

/**
 * Whether a system's configuration takes effect at the next boot. `yes` takes a sign that its reader is started, or that no other
 * system has configuration and nothing speaks against it; `no` takes a sign for another system, and none for this one on an init
 * system that is known. Everything else is `maybe`.
 * @param configured every system that has configuration.
 */
export function judgeBoot(system: ConfigSystemName, configured: readonly ConfigSystemName[], frames: Frames): Boot {
  const started = startOf(system, frames)
  if (started !== null) return { applies: 'yes', because: started }
  const masked = managers[system].map((name) => frames.mask.get(name)).find((path) => path !== undefined)
  const others = configured.filter((other) => other !== system && startOf(other, frames) !== null)
  const knowsInit = ['systemd', 'openrc'].some((init) => frames.has.has(init))
  const reader = managers[system].join(' or ') || 'netplan'
  if (others.length > 0 && knowsInit) {
    return {
      applies: 'no',
      because: `Nothing starts ${reader} at boot${masked === undefined ? '' : ` (${masked})`}; ${others.join(' and ')} is read instead.`,
    }
  }
  if (masked !== undefined) return { applies: 'maybe', because: `${masked} keeps systemd from starting ${reader}.` }
  if (configured.length > 1) {
    return {
      applies: 'maybe',
      because: `No sign of what starts ${reader} at boot, and ${configured.filter((other) => other !== system).join(' and ')} has configuration too.`,
    }
  }
  if (knowsInit)
    return { applies: 'maybe', because: `No sign of what starts ${reader} at boot, though its files are all the configuration there is.` }
  return { applies: 'yes', because: 'It is the only configuration of this host.' }
}

/** The sign that a system's files are read at boot; null without one. */
function startOf(system: ConfigSystemName, frames: Frames): string | null {
  const { boot, has, files } = frames
  if (system === 'netplan') {
    const generator = has.get('netplan-generator')
    return generator === undefined ? null : `${generator} reads it at boot.`
  }
  const [name, path] = managers[system].map((manager) => [manager, boot.get(manager)] as const).find(([, link]) => link !== undefined) ?? []
  if (name === undefined || path === undefined) return system === 'networkd' ? startByNetplan(frames) : null
  if (system === 'ifcfg' && name === 'NetworkManager' && !readsIfcfg(has, files)) return null
  return `${name} is started at boot (${path}).`
}

/**
 * netplan's generator has systemd start systemd-networkd for files of the renderer networkd, the default, and that reads its own files
 * as well, by their names: /etc/systemd/network/05-x.network comes before what netplan writes (netplan-generate(8)).
 */
function startByNetplan({ has, files, mask }: Frames): string | null {
  const generator = has.get('netplan-generator')
  const written = files.filter(({ path }) => path.endsWith('.yaml'))
  const forManager = written.some(({ lines }) => lines.some((line) => /\brenderer:\s*["']?NetworkManager/.test(line)))
  if (generator === undefined || written.length === 0 || forManager || mask.has('systemd-networkd')) return null
  return `${generator} starts it at boot, for ${written[0]?.path}.`
}

/**
 * NetworkManager reads ifcfg files with its plug-in ifcfg-rh alone. Where that is not seen, the release tells: RHEL and its kin up to
 * 9 have it (deprecated in 9), 10 has not.
 */
function readsIfcfg(has: Frames['has'], files: Frames['files']): boolean {
  if (has.has('ifcfg-rh')) return true
  const release = files.find(({ path }) => path.endsWith('/os-release'))?.lines.join('\n') ?? ''
  const version = Number(/^VERSION_ID="?(\d+)/m.exec(release)?.[1] ?? Number.NaN)
  return /^ID(_LIKE)?=.*\b(rhel|centos)\b/m.test(release) && version < 10
}
