import { pythonTool } from '../../lib/probe/python-tool.js'
import type { Source } from '../../model/fact.js'
import { decodeAnswers } from './answers.js'
import { parsePing } from './ping-output.js'
import { encodeTargets } from './protocol.js'
import { pythonProbe } from './python/index.js'
import { shellProbe } from './shell.js'
import { decodeTagged } from './tagged.js'
import { commandTimeoutMs, deadlineMs, shellAtOnce } from './timing.js'
import type { Ping, PingArgs } from './value.js'

type PingSource = Source<PingArgs, Ping>

const fromPython = (name: string, privileged: boolean): PingSource => ({
  name,
  command: (requests) => ({
    tool: pythonTool,
    args: ['-E', '-s', '-S', '-c', pythonProbe, String(deadlineMs(requests))],
    stdin: encodeTargets(requests),
    timeoutMs: commandTimeoutMs(requests),
    ...(privileged ? { privileged } : {}),
  }),
  parse: (output, requests) => decodeAnswers(output.stdout, requests),
})

/**
 * Python 3 or 2.7: ICMP errors with their sender, what the host itself forbids, all addresses side by side.
 * `-E -s -S`: nothing of the host's own Python settings is loaded. Ends with 77 where this user may not open ICMP sockets.
 */
export const python: PingSource = fromPython('python', false)

/** The same by the host's `become`. */
export const privilegedPython: PingSource = fromPython('python (become)', true)

/** ping(8) of iputils or BusyBox, which are privileged where Python is not. */
export const pingTool: PingSource = {
  name: 'ping',
  command: (requests) => ({
    tool: ['sh'],
    args: ['-c', shellProbe, 'netproof', String(deadlineMs(requests, shellAtOnce))],
    stdin: encodeTargets(requests),
    timeoutMs: commandTimeoutMs(requests, shellAtOnce),
  }),
  parse: (output, requests) => decodeTagged(output.stdout, requests, 'ping', parsePing),
}
