import { pythonErrorQueue, pythonGround, pythonNames, pythonRoom, pythonSource } from '../../../lib/probe/python.js'
import { pythonEcho } from '../../../lib/probe/python-echo.js'
import { pythonRecvmsg } from '../../../lib/probe/python-recvmsg.js'
import { pace } from '../timing.js'
import { pythonMain } from './main.js'
import { pythonRun } from './run.js'
import { pythonTask } from './task.js'

const constants = `
GAP, ALONE, SAMPLES, RATE = ${pace.gapMs / 1_000}, ${pace.aloneMs / 1_000}, ${pace.samples}, ${pace.rate}
RESOLVE, MOST_ADDRESSES, MOST_SOCKETS = ${pace.resolveMs / 1_000}, ${pace.addressesPerName}, ${pace.sockets}
BURST = 4  # sent before answers are looked at, so that an answer's time is its own
`

/** Many targets from one process, on Python 2.7 and 3; without privileges where the kernel allows pings at all. */
export const pythonProbe: string = [
  pythonGround,
  pythonErrorQueue,
  pythonSource,
  pythonNames,
  pythonRoom,
  pythonRecvmsg,
  pythonEcho,
  constants,
  pythonTask,
  pythonRun,
  pythonMain,
].join('\n\n')
