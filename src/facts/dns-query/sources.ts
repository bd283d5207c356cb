import type { Source } from '../../model/fact.js'
import { decodeAnswers } from './answers.js'
import { encodeQuestions } from './protocol.js'
import { pythonProbe } from './python/index.js'
import { commandTimeoutMs, deadlineMs } from './timing.js'
import type { DnsQuery, DnsQueryArgs } from './value.js'

/** `-E -s -S`: nothing of the host's own Python settings is loaded. */
export const python: Source<DnsQueryArgs, DnsQuery> = {
  name: 'python',
  command: (requests) => ({
    tool: ['python3', '/usr/libexec/platform-python', 'python2', 'python'],
    args: ['-E', '-s', '-S', '-c', pythonProbe, String(deadlineMs(requests))],
    stdin: encodeQuestions(requests),
    timeoutMs: commandTimeoutMs(requests),
  }),
  parse: (output, requests) => decodeAnswers(output.stdout, requests),
}
