import { showFunction } from '../../lib/marked-sections.js'
import { amount, listOf, mapOf, oneOf, orNull, whole } from '../../lib/shape.js'
import type { FactKind, Source } from '../../model/fact.js'
import { readConntrack, readStat, readTool } from './read.js'
import { type Conntrack, type ConntrackArgs, type ConntrackCounter, conntrackCounterNames } from './value.js'

export type * from './value.js'
export { conntrackCounterNames } from './value.js'

const files = `${showFunction}
show count /proc/sys/net/netfilter/nf_conntrack_count
show max /proc/sys/net/netfilter/nf_conntrack_max
`

function source(name: string, script: string, privileged: boolean, read: typeof readStat): Source<ConntrackArgs, Conntrack> {
  return {
    name,
    // Requests of one group have one window.
    command: ([first]) => ({
      tool: ['sh'],
      args: ['-c', script],
      privileged,
      ...(first === undefined || first.overMs === 0 ? {} : { againAfterMs: first.overMs }),
    }),
    parse: (output, requests) => {
      const value = readConntrack(output, read)
      return requests.map(() => value)
    },
  }
}

/** Ends with 3 where nothing tracks connections, so that the next source is asked. */
const procScript = `[ -e /proc/net/stat/nf_conntrack ] || { echo 'nf_conntrack is not loaded, or does not show its counters in /proc' >&2; exit 3; }
${files}show stat /proc/net/stat/nf_conntrack
echo '@ end'`

/**
 * For kernels without CONFIG_NF_CONNTRACK_PROCFS. The tool speaks netlink, for which the kernel would load a module: only where that is
 * loaded already, built in, or where modules cannot be loaded at all.
 */
const toolScript = `[ -e /proc/sys/net/netfilter/nf_conntrack_count ] || { echo 'nf_conntrack is not loaded: this host tracks no connections' >&2; exit 3; }
if [ -e /proc/modules ] && ! grep -q '^nf_conntrack_netlink ' /proc/modules; then
  grep -qs '/nf_conntrack_netlink\\.ko' "/lib/modules/$(uname -r)/modules.builtin" || { echo 'nf_conntrack_netlink is not loaded' >&2; exit 3; }
fi
${files}text=$(conntrack -S) || exit 1
echo '@ stat'
printf '%s\\n' "$text" | sed 's/^/ /'
echo '@ end'`

const counter = mapOf<ConntrackCounter>({ name: oneOf(conntrackCounterNames), total: whole, growth: orNull(whole) })

/** How full the table of tracked connections is, and what it counts, as it stands or as it changes. */
export const conntrack: FactKind<ConntrackArgs, Conntrack> = {
  name: 'conntrack',
  summary: 'The table of tracked connections: entries, maximum, and what it could not track, as it stands or over a time',
  active: false,
  group: ({ overMs }) => String(overMs),
  isValue: mapOf<Conntrack>({ entries: orNull(whole), maximum: orNull(whole), counters: listOf(counter), afterMs: orNull(amount) }),
  sources: { linux: [source('/proc', procScript, false, readStat), source('conntrack -S', toolScript, true, readTool)] },
}
