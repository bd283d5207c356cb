import type { SystemReader } from './files.js'
import { ifcfgReader } from './ifcfg/index.js'
import { ifupdownReader } from './ifupdown/index.js'
import { keyfileReader } from './keyfile/index.js'
import { netplanReader } from './netplan/index.js'
import { networkdReader } from './networkd/index.js'

/** One reader a system, in the order in which systems are shown. */
export const readers: readonly SystemReader[] = [ifcfgReader, ifupdownReader, netplanReader, keyfileReader, networkdReader]
