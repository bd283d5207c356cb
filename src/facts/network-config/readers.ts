import type { SystemReader } from './files.js'
import { keyfileReader } from './keyfile/index.js'
import { netplanReader } from './netplan/index.js'
import { networkdReader } from './networkd/index.js'
import { opaqueReader } from './opaque-reader.js'

/** One reader a system, in the order in which systems are shown. */
export const readers: readonly SystemReader[] = [
  opaqueReader('ifcfg', (path) => path === '/etc/sysconfig/network' || path.startsWith('/etc/sysconfig/network-scripts/')),
  opaqueReader('ifupdown', (path) => path.startsWith('/etc/network/')),
  netplanReader,
  keyfileReader,
  networkdReader,
]
