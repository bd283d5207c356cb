import type { Source } from '../../model/fact.js'
import { decodeTraces } from './decode.js'
import { encodeRequests } from './protocol.js'
import { pythonProbe } from './python/index.js'
import { commandTimeoutMs, deadlineMs } from './timing.js'
import type { Trace, TraceArgs } from './value.js'

/** Packets of its own where it may make them. `-E -s -S`: nothing of the host's own Python settings is loaded. */
export const python: Source<TraceArgs, Trace> = {
  name: 'python',
  command: (requests) => ({
    tool: ['python3', '/usr/libexec/platform-python', 'python2', 'python'],
    args: ['-E', '-s', '-S', '-c', pythonProbe, String(deadlineMs(requests))],
    stdin: encodeRequests(requests),
    privileged: true,
    timeoutMs: commandTimeoutMs(requests),
  }),
  parse: ({ stdout }, requests) => decodeTraces(stdout, requests),
}
