import { pythonTool } from '../../lib/probe/python-tool.js'
import type { Source } from '../../model/fact.js'
import { decodeAnswers } from './answers.js'
import { perlProbe } from './perl/index.js'
import { encodeQuestions } from './protocol.js'
import { pythonProbe } from './python/index.js'
import { commandTimeoutMs, deadlineMs } from './timing.js'
import type { DnsQuery, DnsQueryArgs } from './value.js'

type DnsSource = Source<DnsQueryArgs, DnsQuery>

const fromInterpreter = (name: string, tool: readonly [string, ...string[]], flags: readonly string[], program: string): DnsSource => ({
  name,
  command: (requests) => ({
    tool,
    args: [...flags, program, String(deadlineMs(requests))],
    stdin: encodeQuestions(requests),
    timeoutMs: commandTimeoutMs(requests),
  }),
  parse: (output, requests) => decodeAnswers(output.stdout, requests),
})

/** `-E -s -S`: nothing of the host's own Python settings is loaded. */
export const python = fromInterpreter('python', pythonTool, ['-E', '-s', '-S', '-c'], pythonProbe)

export const perl = fromInterpreter('perl', ['perl'], ['-e'], perlProbe)
