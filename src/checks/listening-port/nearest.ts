import type { Listener, Protocol } from '../../facts/listeners/index.js'
import type { Expectation } from '../../lib/expectation.js'
import { isLoopback, isWildcard } from '../../lib/sockets/bound.js'
import { isExpected } from '../../lib/sockets/holder.js'
import { reach, type Want } from '../../lib/sockets/reach.js'
import { few, noSocket, otherProtocol, showAddress, showProcesses, showSocket } from '../../lib/sockets/words.js'

/** What is known beside the sockets that were looked for. */
export interface Surroundings {
  readonly protocol: Protocol
  readonly want: Want
  readonly process: Expectation<string> | undefined
  /** On the same port and protocol; none takes the wanted traffic. */
  readonly samePort: readonly Listener[]
  /** On the same port with the other protocol. */
  readonly otherProtocol: readonly Listener[]
  /** Of the same protocol, on any port. */
  readonly all: readonly Listener[]
}

/** The truth that comes nearest to what was expected, and what to do about it. */
export function nearestTruth(around: Surroundings): string {
  if (around.samePort.length > 0) return elsewhere(around.samePort, around.want)
  const other = otherProtocol[around.protocol]
  const swapped =
    around.otherProtocol.length === 0
      ? ''
      : `Something listens there with ${other}, not ${around.protocol}: ${showProtocol(around.otherProtocol)}. `
  const moved = around.process === undefined ? '' : sameProcess(around.all, around.process)
  if (swapped !== '' || moved !== '') return `${swapped}${moved}Compare the service's configuration with this check.`
  return `${noSocket(around.protocol)} Is the service running? Look at its status and its log: a bind that failed is told there.`
}

function elsewhere(listeners: readonly Listener[], want: Want): string {
  const addresses = few(listeners.map(showAddress))
  if (listeners.every(({ address }) => isLoopback(address))) {
    return `It is bound to ${addresses} only, so it is reachable only from the host itself: change the service's bind address.`
  }
  const { family } = want
  if (family !== null && listeners.every((listener) => reach(listener, { address: null, interface: null, family }) === 'no')) {
    return family === 4
      ? 'It listens on IPv6 only: let the service bind 0.0.0.0 too, or :: without IPV6_V6ONLY (nginx calls that ipv6only=off).'
      : 'It listens on IPv4 only: let the service bind :: too.'
  }
  if (listeners.every(({ address, interface: device }) => device !== null && isWildcard(address))) {
    return `It is bound to an interface (${addresses}) and takes only what comes in there.`
  }
  return `It is bound to ${addresses} only: change the service's bind address, or the address in this check.`
}

const showProtocol = (listeners: readonly Listener[]): string => {
  const processes = showProcesses(listeners)
  return processes === 'not shown' ? few(listeners.map(showSocket)) : `${few(listeners.map(showSocket))}, held by ${processes}`
}

/** Where a process that is looked for does listen. @param here sockets of the port in question, which are nowhere else. */
export function sameProcess(all: readonly Listener[], expected: Expectation<string>, here: readonly Listener[] = []): string {
  const theirs = all.filter(({ processes }) => processes?.some((process) => isExpected(process, expected)))
  if (theirs.length === 0) return ''
  const names = few(
    theirs
      .flatMap(({ processes }) => processes ?? [])
      .filter((process) => isExpected(process, expected))
      .map(({ name }) => name),
  )
  const beside = theirs.filter((listener) => here.includes(listener))
  if (beside.length > 0) return `${names} listens on ${few(beside.map(showSocket))} beside it. `
  return `${names} listens on ${few(theirs.map(showSocket))} instead. `
}
