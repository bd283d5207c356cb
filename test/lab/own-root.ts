import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { posixQuote } from '../../src/lib/quote.js'
import type { LabHost } from './plan.js'

/** A host's own, instead of this machine's; those that this machine has not cannot be laid over. */
const folders = ['etc', 'run', 'usr/lib/systemd', 'usr/lib/NetworkManager', 'usr/lib/netplan'] as const

/** What programs need of /etc, whatever system it is said to be. */
const needed = [
  'alternatives',
  'environment',
  'host.conf',
  'iproute2',
  'ld.so.cache',
  'ld.so.conf',
  'ld.so.conf.d',
  'localtime',
  'login.defs',
  'nsswitch.conf',
  'pam.d',
  'passwd',
  'group',
  'profile',
  'protocols',
  'security',
  'services',
  'shells',
  'ssh',
  'sudoers',
  'sudoers.d',
]

const rootOf = (host: LabHost): string => join(host.directory, 'root')
const scriptOf = (host: LabHost): string => join(host.directory, 'enter')

/** How a process comes into a host: into its network, and where it has a root of its own, among its files. */
export function entering(host: LabHost): readonly [string, ...string[]] {
  const network = ['ip', 'netns', 'exec', host.namespace] as const
  return host.spec.root === undefined ? network : [...network, 'sh', scriptOf(host)]
}

/** Programs leave out files of theirs that too many may read (sudoers(5), NetworkManager's keyfiles). */
function modeOf(path: string): number {
  if (path.startsWith('etc/sudoers.d/')) return 0o440
  return path === 'etc/shadow' || path.startsWith('etc/NetworkManager/system-connections/') ? 0o600 : 0o644
}

/**
 * Makes the folders of a host with a root of its own, and the script that lays them over this machine's in a new process's mount
 * namespace, which `ip netns exec` makes for it.
 * @param files by their paths below /etc, which the lab wants there.
 * @throws Error for a file that lies in no folder that can be laid over.
 */
export function writeRoot(host: LabHost, files: Readonly<Record<string, string>>): void {
  const root = rootOf(host)
  const laid = folders.filter((folder) => existsSync(join('/', folder)))
  for (const folder of [...laid, 'run/sshd']) mkdirSync(join(root, folder), { recursive: true, mode: 0o755 })
  for (const name of needed.filter((entry) => existsSync(join('/etc', entry))))
    cpSync(join('/etc', name), join(root, 'etc', name), { recursive: true, verbatimSymlinks: true })
  const inEtc = Object.fromEntries(Object.entries(files).map(([path, content]) => [join('etc', path), content]))
  for (const [path, content] of Object.entries({ ...inEtc, ...host.spec.root })) {
    if (!laid.some((folder) => path.startsWith(`${folder}/`)))
      throw new Error(`${host.name}: root: ${path} is in none of ${laid.join(', ')}`)
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content, { mode: modeOf(path) })
  }
  const mounts = laid.map((folder) => `mount --bind ${posixQuote(join(root, folder))} ${posixQuote(join('/', folder))}`)
  writeFileSync(scriptOf(host), ['set -e', ...mounts, 'exec "$@"', ''].join('\n'))
}
