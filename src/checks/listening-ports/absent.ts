import { isLoopback } from '../../lib/sockets/bound.js'
import { few, noSocket } from '../../lib/sockets/words.js'
import type { Missing } from './judge.js'
import type { OfPort, Scene } from './scene.js'
import { showPlace, showPlaces } from './words.js'

/** Of a port that is to listen and was not seen to: the nearest truth. */
export function absent({ spec }: Scene, { entry, protocol, port, doubtful, near }: Missing): OfPort {
  const common = { protocol, port, property: '', expected: `listening${showPlace(entry)}` } as const
  if (doubtful.length > 0) {
    const message = doubtful.some(({ address, v6only }) => address === '::' && v6only === null)
      ? 'Whether this socket takes IPv4 too is not known: only ss of iproute2 4.2 or newer, on Linux 4.3 or newer, shows IPV6_V6ONLY. Install iproute2 on the host.'
      : `It takes only what comes in through ${few(doubtful.map(({ interface: device }) => device ?? '?'))}, and whether that address does is not known: write it with %${doubtful[0]?.interface ?? 'eth0'} if so.`
    return { ...common, verdict: 'error', actual: showPlaces(doubtful), message }
  }
  if (near.length === 0) {
    const message = `${noSocket(protocol)} Is the service running? Look at its status and its log: a bind that failed is told there.`
    return { ...common, verdict: 'fail', actual: 'nothing listening', message }
  }
  const local = near.every(({ address }) => isLoopback(address))
  const message =
    local && spec.scope === 'external'
      ? "It is bound to the loopback only, so it is reachable only from the host itself: change the service's bind address."
      : "It is bound elsewhere: change the service's bind address, or this check."
  return { ...common, verdict: 'fail', actual: showPlaces(near), message }
}
