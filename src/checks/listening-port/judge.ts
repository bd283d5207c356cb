import type { Listener, Protocol } from '../../facts/listeners/index.js'
import type { User } from '../../facts/users/index.js'
import { describeExpectation, type Expectation } from '../../lib/expectation.js'
import { sentences } from '../../lib/sentences.js'
import { isExcluded, isHeldByExcluded, type Judgement, judgeProcesses, processType } from '../../lib/sockets/holder.js'
import { judgeOwner, ownerType } from '../../lib/sockets/owner.js'
import { mayBeBound, type Reach, reach, type Want } from '../../lib/sockets/reach.js'
import { few, interfaceNotShown, otherProtocol, showAddress, showProcesses, showSocket } from '../../lib/sockets/words.js'
import type { Finding } from '../../model/check.js'
import type { Host } from '../../model/inventory.js'
import { nearestTruth, sameProcess } from './nearest.js'
import type { Spec } from './schema.js'
import { expectedOn, showListening } from './words.js'

/** A finding before it is known which neighbouring ports share it. */
export type Judged = Omit<Finding, 'subject'> & { readonly property: '' | 'process' | 'user' }

/** All that a port is judged by. */
export interface Scene {
  readonly spec: Spec
  readonly want: Want
  readonly protocol: Protocol
  readonly host: Host
  readonly users: readonly User[]
  /** Every listener of the host, by protocol and port. */
  readonly on: (protocol: Protocol, port: number) => readonly Listener[]
  readonly all: readonly Listener[]
  /** Whether processes may have been hidden from who looked: it was not shown who holds some socket of the host. */
  readonly partial: boolean
}

export function judgePort(scene: Scene, port: number): readonly Judged[] {
  const { want, protocol, spec } = scene
  const samePort = scene.on(protocol, port)
  const reached = samePort.map((listener) => ({ listener, reach: reach(listener, want) }))
  const serving = reached.filter(({ reach }) => reach === 'yes').map(({ listener }) => listener)
  const absent = spec.absent === true
  const doubt = serving.length > 0 ? undefined : reached.find(({ reach }) => reach !== 'no')
  const expected = expectedOn(want, absent)
  const actual = showListening(samePort)
  const common = { property: '', expected, actual } as const
  if (doubt !== undefined) return [{ ...common, verdict: 'error', message: doubtful(doubt.listener, doubt.reach, want) }]
  // Where anywhere will do, a socket on one interface is as good.
  const caveat =
    (want.address !== null || want.interface !== null) && serving.length > 0 && serving.every(mayBeBound) ? interfaceNotShown : ''
  if (absent)
    return [
      serving.length === 0
        ? { ...common, verdict: 'pass', message: '' }
        : { ...common, verdict: 'fail', message: sentences(inTheWay(serving), caveat) },
    ]
  if (serving.length > 0)
    return [{ ...common, verdict: 'pass', message: caveat }, ...judgeProcess(scene, serving), ...judgeUser(scene, serving)]
  const others = scene.on(otherProtocol[protocol], port)
  const message = nearestTruth({ protocol, want, process: spec.process, samePort, otherProtocol: others, all: scene.all })
  return [{ ...common, verdict: 'fail', message }]
}

function doubtful(listener: Listener, why: Reach, want: Want): string {
  if (why === 'interface-unknown') {
    return `${showAddress(listener)} takes only what comes in through ${listener.interface}, and whether ${want.address} does is not known: write address: ${want.address}%${listener.interface} if so.`
  }
  return 'Whether this socket takes IPv4 too is not known: only ss of iproute2 4.2 or newer, on Linux 4.3 or newer, shows IPV6_V6ONLY. Install iproute2 on the host, or leave out address and family; a tcp-port check proves it from outside.'
}

function inTheWay(listeners: readonly Listener[]): string {
  const processes = showProcesses(listeners)
  const who = processes === 'not shown' ? 'Find out who holds it with ss -lntup as root' : `It is held by ${processes}`
  return `${who}: stop the service, or let it bind another port or address.`
}

const verdictOf = { met: 'pass', unmet: 'fail', unknown: 'error' } as const

/** Every socket counts: another service on one address of the port takes that address's traffic from the wildcard. */
function worst(
  listeners: readonly Listener[],
  judge: (listener: Listener) => Judgement,
): { readonly judgement: Judgement; readonly by: readonly Listener[] } {
  const judged = listeners.map((listener) => ({ listener, judgement: judge(listener) }))
  const judgement = (['unmet', 'unknown'] as const).find((bad) => judged.some((entry) => entry.judgement === bad)) ?? 'met'
  return { judgement, by: judged.filter((entry) => entry.judgement === judgement).map(({ listener }) => listener) }
}

function judgeProcess({ spec, host, all, partial }: Scene, serving: readonly Listener[]): readonly Judged[] {
  const { process } = spec
  if (process === undefined) return []
  const { judgement, by } = worst(serving, (listener) => judgeProcesses(listener, process, partial))
  const messages: Record<Judgement, () => string> = {
    met: () => '',
    unmet: () =>
      by.some((listener) => isHeldByExcluded(listener, process))
        ? `A process that must not hold ${few(by.map(showAddress))} does: stop it, and find out who started it.`
        : shared(serving, by, process) ||
          `Another process holds ${few(by.map(showAddress))}. ${sameProcess(all, process, serving)}`.trimEnd(),
    unknown: () =>
      by.every(({ processes }) => processes !== null)
        ? `Further processes of other users may hold ${few(by.map(showAddress))}, and are shown to root alone: set become: sudo for ${host.name} in the inventory.`
        : host.become === 'none'
          ? `Who holds ${few(by.map(showAddress))} is shown to root alone: set become: sudo for ${host.name} in the inventory. Was it root already, the kernel itself holds the socket, as for NFS and WireGuard.`
          : `Nobody was shown to hold ${few(by.map(showAddress))}, though root asked: the kernel itself may, as for NFS and WireGuard, or a process that its /proc does not show.`,
  }
  const expected = describeExpectation(processType, process)
  const actual = showProcesses(by, (holder) => isExcluded(holder, process))
  return [{ property: 'process', verdict: verdictOf[judgement], expected, actual, message: messages[judgement]() }]
}

/** With SO_REUSEPORT (socket(7)) several sockets have one address and port, and the kernel shares the traffic out among them. */
function shared(serving: readonly Listener[], others: readonly Listener[], process: Expectation<string>): string {
  const theirs = serving.filter((listener) => judgeProcesses(listener, process, false) === 'met')
  const same = (one: Listener, two: Listener): boolean => one.address === two.address && one.interface === two.interface
  const both = others.filter((listener) => theirs.some((one) => same(one, listener)))
  if (both.length === 0) return ''
  return `Another process shares ${few(both.map(showSocket))} with ${showProcesses(theirs)} (SO_REUSEPORT), and takes some of what comes in: stop it, and find out who started it.`
}

function judgeUser({ spec, users }: Scene, serving: readonly Listener[]): readonly Judged[] {
  const { user } = spec
  if (user === undefined) return []
  const type = ownerType(users)
  const { judgement, by } = worst(serving, (listener) => judgeOwner(listener, user, users))
  const owners = few(by.map(({ uid }) => (uid === null ? 'not shown' : type.show(type.read(uid)))))
  const messages: Record<Judgement, () => string> = {
    met: () => '',
    unmet: () =>
      by.some(({ uid }) => uid === 0)
        ? 'A socket belongs to the user who opened it: a service that binds as root and drops its rights later is shown as root.'
        : "Compare User= of the service's unit, or the user in its configuration.",
    unknown: () =>
      by.some(({ uid }) => uid === null)
        ? "The tools of this host do not show a socket's owner: install iproute2 (ss) on it."
        : `The host knows no name for ${owners}, nor all users that are expected: compare getent passwd, or expect the number.`,
  }
  return [
    {
      property: 'user',
      verdict: verdictOf[judgement],
      expected: describeExpectation(type, user),
      actual: owners,
      message: messages[judgement](),
    },
  ]
}
