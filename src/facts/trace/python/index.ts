import { pythonErrorQueue, pythonFilter, pythonGround, pythonNames, pythonSource } from '../../../lib/probe/python.js'
import { pythonRecvmsg } from '../../../lib/probe/python-recvmsg.js'
import { pythonAnswers } from './answers.js'
import { pythonAsking } from './asking.js'
import { pythonBase } from './base.js'
import { pythonDoubts } from './doubts.js'
import { pythonJobs } from './jobs.js'
import { pythonLanes } from './lanes.js'
import { pythonMain } from './main.js'
import { pythonModel } from './model.js'
import { pythonPackets } from './packets.js'
import { pythonRaw } from './raw.js'
import { pythonSockets } from './sockets.js'
import { pythonTracer } from './tracer.js'

/** Traces all targets of a host from one process, on Python 2.7 and 3. Standard input and output are those of `protocol.ts`. */
export const pythonProbe: string = [
  pythonGround,
  pythonErrorQueue,
  pythonSource,
  pythonNames,
  pythonFilter,
  pythonBase,
  pythonModel,
  pythonPackets,
  pythonAnswers,
  pythonRaw,
  pythonRecvmsg,
  pythonSockets,
  pythonLanes,
  pythonDoubts,
  pythonTracer,
  pythonAsking,
  pythonJobs,
  pythonMain,
].join('\n\n')
