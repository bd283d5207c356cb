import { pythonErrorQueue, pythonGround, pythonNames, pythonSource } from '../../../lib/probe/python.js'
import { pythonEcho } from '../../../lib/probe/python-echo.js'
import { pythonRecvmsg } from '../../../lib/probe/python-recvmsg.js'
import { pace, usualSizes } from '../timing.js'
import { pythonMain } from './main.js'
import { pythonSearch } from './search.js'

const constants = `
TRIES, MOST_ASKS, ROUNDS, EACH, AT_ONCE = ${pace.tries}, ${pace.asks}, ${pace.rounds}, ${pace.eachMs / 1_000}, ${pace.atOnce}
RESOLVE = ${pace.resolveMs / 1_000}
USUAL = [${usualSizes.join(', ')}]
`

/** The search by echo requests that forbid fragmentation, on Python 2.7 and 3. */
export const pythonProbe: string = [
  pythonGround,
  pythonErrorQueue,
  pythonSource,
  pythonNames,
  pythonRecvmsg,
  pythonEcho,
  constants,
  pythonSearch,
  pythonMain,
].join('\n\n')
