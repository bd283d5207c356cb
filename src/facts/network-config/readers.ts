import type { SystemReader } from './files.js'
import { opaqueReader } from './opaque-reader.js'

/** One reader a system, in the order in which systems are shown. */
export const readers: readonly SystemReader[] = [
  opaqueReader('ifcfg', (path) => path === '/etc/sysconfig/network' || path.startsWith('/etc/sysconfig/network-scripts/')),
  opaqueReader('ifupdown', (path) => path.startsWith('/etc/network/')),
  opaqueReader('netplan', (path) => /^\/(lib|etc|run)\/netplan\//.test(path)),
  opaqueReader('keyfile', (path) => /\/NetworkManager\//.test(path)),
  opaqueReader('networkd', (path) => /\/systemd\/network\//.test(path)),
]
