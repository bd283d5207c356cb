import { pythonFilter, pythonGround } from '../../../lib/probe/python.js'
import { pace } from '../timing.js'
import { pythonLinks } from './links.js'
import { pythonMain } from './main.js'
import { pythonWire } from './wire.js'

const constants = `
REQUESTS, INTERVAL, LINGER, AT_ONCE = ${pace.requests}, ${pace.intervalMs / 1_000}, ${pace.lingerMs / 1_000}, ${pace.atOnce}
`

/** Asks for all addresses of a host from one process, on Python 2.7 and 3; needs CAP_NET_RAW, and ends with 77 without it. */
export const pythonProbe: string = [pythonGround, pythonFilter, constants, pythonLinks, pythonWire, pythonMain].join('\n\n')
