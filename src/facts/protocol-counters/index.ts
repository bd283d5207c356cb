import { showFunction } from '../../lib/marked-sections.js'
import { amount, listOf, mapOf, orNull, text } from '../../lib/shape.js'
import type { FactKind, Source } from '../../model/fact.js'
import { readCounters } from './parse.js'
import type { ProtocolCounter, ProtocolCounters, ProtocolCountersArgs } from './value.js'

export type * from './value.js'

const script = `${showFunction}
show snmp /proc/net/snmp
show netstat /proc/net/netstat
show snmp6 /proc/net/snmp6
echo '@ end'`

/**
 * The kernel's own files, which every Linux has. `netstat -s` words the same numbers anew with every version, and nstat(8) writes its
 * history to the host.
 */
const proc: Source<ProtocolCountersArgs, ProtocolCounters> = {
  name: '/proc/net',
  // Requests of one group have one window.
  command: ([first]) => ({
    tool: ['sh'],
    args: ['-c', script],
    ...(first === undefined || first.overMs === 0 ? {} : { againAfterMs: first.overMs }),
  }),
  parse: (output, requests) => {
    const value = readCounters(output)
    return requests.map(() => value)
  },
}

const counter = mapOf<ProtocolCounter>({ name: text, before: orNull(text), after: orNull(text) })

/** The kernel's counters of IP, ICMP, TCP, UDP and their extensions, as they stand and as they change. */
export const protocolCounters: FactKind<ProtocolCountersArgs, ProtocolCounters> = {
  name: 'protocol-counters',
  summary: "The kernel's counters of IP, ICMP, TCP and UDP, as they stand or as they change over a time",
  active: false,
  group: ({ overMs }) => String(overMs),
  isValue: mapOf<ProtocolCounters>({ afterMs: orNull(amount), counters: listOf(counter) }),
  sources: { linux: [proc] },
}
