import { pythonTool } from '../../lib/probe/python-tool.js'
import type { FactKind, Source } from '../../model/fact.js'
import { decodeAnswers, encodeTargets } from './protocol.js'
import { pythonProbe } from './python/index.js'
import { pathMtuShape } from './shape.js'
import { commandTimeoutMs, deadlineMs } from './timing.js'
import type { PathMtu, PathMtuArgs } from './value.js'

export type * from './value.js'

const python = (name: string, privileged: boolean): Source<PathMtuArgs, PathMtu> => ({
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
 * The largest packet that reaches a target without fragmentation. The first source needs no privilege where the kernel
 * allows pings (`net.ipv4.ping_group_range`); the second uses the host's `become`. No tool does: they hold back what the kernel
 * has learnt before, and do not tell that from the interface's own limit.
 */
export const pathMtu: FactKind<PathMtuArgs, PathMtu> = {
  name: 'path-mtu',
  summary: 'The largest packet that reaches a target without fragmentation',
  active: true,
  group: () => 'all',
  isValue: pathMtuShape,
  sources: { linux: [python('python', false), python('python (become)', true)] },
}
