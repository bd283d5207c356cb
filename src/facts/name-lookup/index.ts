import { pythonTool } from '../../lib/probe/python-tool.js'
import { listOf, mapOf, oneOf, orNull, text } from '../../lib/shape.js'
import type { FactKind, Source } from '../../model/fact.js'
import { getentLookup } from './getent.js'
import { decodeLookups, encodeNames } from './protocol.js'
import { pythonLookup } from './python.js'
import type { NameLookup, NameLookupArgs } from './value.js'

export type * from './value.js'

/** A resolver library that gets no answer asks up to three servers twice, 5 s each (resolv.conf(5)). */
const hangingMs = 35_000
const atOnce = 32
const mostMs = 10 * 60_000
const startMs = 10_000

/** Long enough for every name to hang, up to a bound. */
const deadlineMs = (requests: readonly NameLookupArgs[]): number => Math.min(mostMs, Math.ceil(requests.length / atOnce) * hangingMs)

const parse: Source<NameLookupArgs, NameLookup>['parse'] = ({ stdout }, requests) => decodeLookups(stdout, requests)

const python: Source<NameLookupArgs, NameLookup> = {
  name: 'python',
  command: (requests) => ({
    tool: pythonTool,
    args: ['-E', '-s', '-S', '-c', pythonLookup, String(deadlineMs(requests) / 1_000)],
    stdin: encodeNames(requests),
    timeoutMs: deadlineMs(requests) + startMs,
  }),
  parse,
}

const getent: Source<NameLookupArgs, NameLookup> = {
  name: 'getent',
  command: (requests) => ({
    tool: ['sh'],
    args: ['-c', getentLookup],
    stdin: encodeNames(requests),
    timeoutMs: deadlineMs(requests) + startMs,
  }),
  parse,
}

/** What the programs of a host find for a name or an address: one process for all names. */
export const nameLookup: FactKind<NameLookupArgs, NameLookup> = {
  name: 'name-lookup',
  summary: 'What the programs of a host find for a name or an address',
  active: true,
  group: () => '',
  isValue: mapOf<NameLookup>({ found: listOf(text), problem: oneOf([null, 'none', 'temporary']), detail: orNull(text) }),
  sources: { linux: [python, getent], darwin: [python] },
}
