import { ednsOctets } from '../../../lib/dns/encode.js'
import { pythonErrorQueue, pythonGround, pythonRoom, pythonSource } from '../../../lib/probe/python.js'
import { pace } from '../timing.js'
import { pythonAsking } from './asking.js'
import { pythonExchange } from './exchange.js'
import { pythonServer } from './server.js'

const constants = `
import binascii

EDNS_OCTETS = ${ednsOctets}
WINDOW, MOST_WINDOW, LEAST_WINDOW = ${pace.window}, ${pace.mostWindow}, ${pace.leastWindow}
BURST, PATIENCE = ${pace.burst}, ${pace.patience}
MOST_SOCKETS, MOST_OCTETS = ${pace.sockets}, ${pace.octets}
`

/**
 * Any number of questions from one process, on Python 2.7 and 3. Each has a socket of its own, and with it an unpredictable port and
 * id (RFC 5452); what answers something else is counted and passed over. Standard input is that of `protocol.ts`; standard output
 * one line an answer, see `answers.ts`. Messages are not taken apart here beyond their header and the question they repeat.
 */
export const pythonProbe: string = [
  pythonGround,
  constants,
  pythonErrorQueue,
  pythonSource,
  pythonRoom,
  pythonServer,
  pythonExchange,
  pythonAsking,
].join('\n\n')
