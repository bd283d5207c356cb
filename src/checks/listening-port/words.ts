import type { Listener } from '../../facts/listeners/index.js'
import { isWildcard } from '../../lib/sockets/bound.js'
import type { Want } from '../../lib/sockets/reach.js'
import { few, showAddress } from '../../lib/sockets/words.js'

const ofFamily = (family: 4 | 6): string => `IPv${family}`

/** ` on 10.0.0.1`, ` on every IPv4 address`, ` for IPv6`; empty when anywhere will do. */
function where(want: Want): string {
  const through = want.interface === null ? '' : ` through ${want.interface}`
  if (want.address !== null && want.family !== null) {
    return ` on ${isWildcard(want.address) ? `every ${ofFamily(want.family)} address` : want.address}${through}`
  }
  return want.family === null ? '' : ` for ${ofFamily(want.family)}${through}`
}

/** `listening on 10.0.0.1`, `nothing listening`. */
export const expectedOn = (want: Want, absent: boolean): string => `${absent ? 'nothing listening' : 'listening'}${where(want)}`

export const showListening = (listeners: readonly Listener[]): string =>
  listeners.length === 0 ? 'nothing listening' : `listening on ${few(listeners.map(showAddress))}`
