import type { SysctlEntry, SysctlValues } from '../../facts/sysctl/index.js'
import { nearest } from '../../lib/nearest.js'
import { keyOf } from '../../lib/sysctl-key.js'
import { type PerInterface, perInterface } from './key.js'

/** Why a key that was asked for is not there, and what was most likely meant. */
export function missing(path: string, { nearby }: SysctlValues): string {
  if (nearby === null) return 'The kernel has no such key.'
  const { folder, names } = nearby
  if (folder === path) return `It is a group of keys, not a key: ${few(names)}.`
  const [, above, parent, vlan, below] = /^(net\/ipv[46]\/(?:conf|neigh))\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(path) ?? []
  if (above !== undefined) return `A dot in the name of an interface is a slash here: ${keyOf(`${above}/${parent}.${vlan}/${below}`)}.`
  const wanted = path.split('/')[folder === '' ? 0 : folder.split('/').length] ?? ''
  // Nobody who writes ipv6 means ipv4.
  const candidate = wanted === 'ipv6' ? null : nearest(wanted, names)
  const where = folder === '' ? 'The kernel' : keyOf(folder)
  if (candidate !== null) return `${where} has ${candidate}: is that meant?`
  const cause = /nf_conntrack|bridge-nf/.test(path) ? 'Its kernel module may not be loaded.' : moduleOr(folder)
  return `${where} has no ${wanted}. ${cause}`
}

const moduleOr = (folder: string): string =>
  folder === 'net'
    ? 'The protocol may be switched off or its kernel module not loaded: look at `ls /proc/sys/net`.'
    : `Look at \`ls /proc/sys/${folder}\`; older kernels and network namespaces have fewer keys.`

function few(names: readonly string[]): string {
  const shown = names.slice(0, 8).join(', ')
  return names.length > 8 ? `${shown} and ${names.length - 8} more` : shown
}

export function refused({ path, problem }: SysctlEntry): string {
  if (problem === 'denied')
    return `Only root may read it: set \`become: sudo\` for this host in the inventory, or look at \`sudo sysctl ${keyOf(path)}\`.`
  return 'The kernel does not let it be read: it may be for writing only.'
}

/** Where it comes from that a value is as it is. */
export const whoSets = (path: string): string => {
  const name = path.split('/').at(-1) ?? path
  return `What sets it: \`grep -rs ${name} /etc/sysctl.conf /etc/sysctl.d /run/sysctl.d /usr/lib/sysctl.d\`; now: \`sysctl ${keyOf(path)}\`.`
}

/** What the values of `all` and `default` do not prove; empty for others. */
export function caveat(path: string): string {
  const setting = perInterface(path)
  if (setting === null || (setting.device !== 'all' && setting.device !== 'default')) return ''
  const instead = `net.${setting.family}.conf.*.${setting.setting} with \`interfaces: all\` proves what is in effect.`
  if (setting.device === 'default')
    return `\`default\` is what interfaces begin with that come later; those that exist keep theirs: ${instead}`
  return `${ofAll(setting)} ${instead}`
}

function ofAll({ family, setting }: PerInterface): string {
  if (setting === 'forwarding' || (family === 'ipv6' && setting === 'disable_ipv6'))
    return 'Writing `all` has set every interface, and each can have been set again since:'
  return '`all` alone does not say what is in effect on an interface, which has a value of its own:'
}
