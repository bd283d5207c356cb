import { mayBeBound } from '../../lib/sockets/reach.js'
import { few, interfaceNotShown, showAddress } from '../../lib/sockets/words.js'
import type { Fault, Seen } from './judge.js'
import type { OfPort, Scene } from './scene.js'
import { manyWords, showEntry, showHolder, showPlace, showPlaces, showWho } from './words.js'

/** Where a client's own ports begin (`net.ipv4.ip_local_port_range`, ip-sysctl): 32768 to 60999 unless somebody changed it. */
const firstEphemeral = 32_768

/** Of sockets that share a port, a protocol and a fault. */
export function faulty(scene: Scene, sockets: readonly [Seen, ...Seen[]]): OfPort {
  const [{ listener, fault, entries }] = sockets
  const { protocol, port } = listener
  const listeners = sockets.map((each) => each.listener)
  const who = showWho(listeners.map(scene.whoHolds), entries)
  const places = entries.map(showPlace).filter((place) => place !== '')
  const expected =
    fault === 'unlisted' || entries.length === 0
      ? 'nothing listening'
      : fault === 'holder' || fault === 'holder-unknown'
        ? few(entries.map((entry) => showHolder(entry).trim()).filter((words) => words !== ''))
        : `listening${places.length === 0 ? '' : few(places)} and nowhere else`
  const actual = `${showPlaces(listeners)}${who}`
  const verdict = fault === 'holder-unknown' || fault === 'v6only-unknown' ? 'error' : 'fail'
  return {
    protocol,
    port,
    property: fault?.startsWith('holder') === true ? 'holder' : '',
    verdict,
    expected,
    actual,
    message: explain(scene, fault, sockets, who),
  }
}

function explain({ host, spec }: Scene, fault: Fault | null, sockets: readonly [Seen, ...Seen[]], who: string): string {
  const listeners = sockets.map(({ listener }) => listener)
  const [{ protocol, port, uid }] = [sockets[0].listener]
  const hidden = host.become === 'none' && host.ssh.user !== 'root'
  const unseen = who.includes('(pid ')
    ? ''
    : hidden
      ? `Who holds it is shown to root alone: set become: sudo for ${host.name} in the inventory, or run ss -lntup as root.`
      : 'Nobody was shown to hold it: the kernel itself may, as for NFS and WireGuard.'
  const ignored = sockets.flatMap(({ entries }) => entries)
  const uncovered = ignored.length === 0 ? '' : `\`ignore\` leaves out ${manyWords(ignored.map(showEntry))}, which does not cover it.`
  const ephemeral =
    uncovered === '' && protocol === 'udp' && port >= firstEphemeral
      ? 'A UDP socket on such a port may also be a client that waits for an answer: ignore: ["32768-60999/udp"] leaves those out.'
      : ''
  // A socket that is bound to the loopback's interface is not reached from outside, and one on a named interface may be expected.
  const depends = spec.scope === 'external' || sockets.some(({ entries }) => entries.some((entry) => entry.interface !== null))
  const caveat = depends && listeners.every(mayBeBound) ? interfaceNotShown : ''
  const sentences: Record<Fault, readonly string[]> = {
    unlisted: [unseen, ephemeral, uncovered, 'Stop the service, or add it to the list if it is meant to be there.', caveat],
    wider: [
      `It is bound to ${few(listeners.map(showAddress))}, which takes more than is expected: let the service bind nothing else.`,
      listeners.some(({ address, v6only }) => address === '::' && v6only === false)
        ? 'A socket on :: takes IPv4 too: for both families leave out address.'
        : '',
      unseen,
      caveat,
    ],
    holder:
      uid === 0 && sockets.some(({ entries }) => entries.some((entry) => entry.user !== undefined))
        ? [
            'Somebody else holds it. A socket belongs to the user who opened it: a service that binds as root and drops its rights later is shown as root.',
          ]
        : ['Somebody else holds it: find out who started that, and what became of the service.'],
    'holder-unknown': [
      unseen === ''
        ? `Further processes of other users may hold it, and are shown to root alone: set become: sudo for ${host.name} in the inventory.`
        : unseen,
    ],
    'v6only-unknown': [
      'Whether this socket takes IPv4 too is not known: only ss of iproute2 4.2 or newer, on Linux 4.3 or newer, shows IPV6_V6ONLY.',
      spec.family === 'inet' ? 'Install iproute2 on the host, or leave out family.' : 'Install iproute2 on the host, or leave out address.',
    ],
  }
  return fault === null ? '' : sentences[fault].filter((sentence) => sentence !== '').join(' ')
}
