import { pythonTool } from '../../lib/probe/python-tool.js'
import type { Source } from '../../model/fact.js'
import { decodeAnswers, encodeRequests } from './protocol.js'
import { pythonProbe } from './python/index.js'
import { commandTimeoutMs, deadlineMs, toolTimeoutMs } from './timing.js'
import { readArping } from './tool/output.js'
import { toolAtOnce, toolProgram } from './tool/program.js'
import type { Arp, ArpArgs } from './value.js'

/** Frames of its own, for both families. `-E -s -S`: nothing of the host's own Python settings is loaded. */
export const python: Source<ArpArgs, Arp> = {
  name: 'python',
  command: (requests) => ({
    tool: pythonTool,
    args: ['-E', '-s', '-S', '-c', pythonProbe, String(deadlineMs(requests))],
    stdin: encodeRequests(requests),
    privileged: true,
    timeoutMs: commandTimeoutMs(requests),
  }),
  parse: ({ stdout }, requests) => decodeAnswers(stdout, requests),
}

/** Whatever arping there is: IPv4 only, and only on an interface that is named. */
export const arping: Source<ArpArgs, Arp> = {
  name: 'arping',
  command: (requests) => ({
    tool: ['sh'],
    args: ['-c', toolProgram],
    stdin: encodeRequests(requests),
    privileged: true,
    timeoutMs: toolTimeoutMs(requests, toolAtOnce),
  }),
  parse: ({ stdout }, requests) => readArping(stdout, requests),
}
