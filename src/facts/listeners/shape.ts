import { canonicalAddress } from '../../lib/address.js'
import { flag, listOf, mapOf, oneOf, orNull, type Shape, text, whole } from '../../lib/shape.js'
import type { Listener } from '../../lib/sockets/listener.js'
import type { SocketProcess } from '../../lib/sockets/process.js'

const address: Shape<string> = (value): value is string => text(value) && canonicalAddress(value) !== null

/** What a recording must hold to be judged. */
export const listenersShape: Shape<readonly Listener[]> = listOf(
  mapOf<Listener>({
    protocol: oneOf(['tcp', 'udp']),
    family: oneOf([4, 6]),
    address,
    port: whole,
    interface: orNull(text),
    interfaceShown: flag,
    v6only: orNull(flag),
    processes: orNull(listOf(mapOf<SocketProcess>({ name: text, pid: whole }))),
    uid: orNull(whole),
  }),
)
