import { pythonErrorQueue, pythonGround, pythonNames, pythonRoom, pythonSource } from '../../../lib/probe/python.js'
import { pythonAsk } from './ask.js'
import { pythonBase } from './base.js'
import { pythonJobs } from './jobs.js'
import { pythonPhases } from './phases.js'
import { pythonProber } from './prober.js'

/**
 * The first rung of the ladder: many TCP targets from one process, without privileges, on Python 2.7 and 3, importing
 * nothing that a minimal installation lacks. Standard input and output are those of `protocol.ts`.
 */
export const pythonProbe: string = [
  pythonGround,
  pythonErrorQueue,
  pythonSource,
  pythonNames,
  pythonRoom,
  pythonBase,
  pythonAsk,
  pythonProber,
  pythonJobs,
  pythonPhases,
].join('\n\n')
