import { pythonTool } from '../../lib/probe/python-tool.js'
import type { Source } from '../../model/fact.js'
import { decodeTraces } from './decode.js'
import { encodeRequests } from './protocol.js'
import { pythonProbe } from './python/index.js'
import { commandTimeoutMs, deadlineMs, toolDeadlineMs } from './timing.js'
import { readToolTraces } from './tools/output.js'
import { toolProgram } from './tools/program.js'
import type { Trace, TraceArgs } from './value.js'

/** Packets of its own where it may make them. `-E -s -S`: nothing of the host's own Python settings is loaded. */
export const python: Source<TraceArgs, Trace> = {
  name: 'python',
  command: (requests) => ({
    tool: pythonTool,
    args: ['-E', '-s', '-S', '-c', pythonProbe, String(deadlineMs(requests))],
    stdin: encodeRequests(requests),
    privileged: true,
    timeoutMs: commandTimeoutMs(requests),
  }),
  parse: ({ stdout }, requests) => decodeTraces(stdout, requests),
}

/** Whatever traceroute there is. A flow keeps its ports by TCP and UDP with Butskoy's and Toren's alone. */
export const tools: Source<TraceArgs, Trace> = {
  name: 'traceroute',
  command: (requests) => ({
    tool: ['sh'],
    args: ['-c', toolProgram, 'netproof', String(toolDeadlineMs(requests))],
    stdin: encodeRequests(requests),
    privileged: true,
    timeoutMs: toolDeadlineMs(requests) + commandTimeoutMs([]),
  }),
  parse: ({ stdout }, requests) => readToolTraces(stdout, requests),
}
