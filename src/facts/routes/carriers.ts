import type { RouteTables } from './value.js'

const heading = '@ carriers'

/**
 * A script that runs its arguments and then prints which interfaces have a signal: `@ carriers`, then `1 eth0` or `0 eth1`. Of one that
 * is administratively down the kernel tells nothing (sysfs-class-net), and routes over it are gone. Where /sys is that of another
 * network namespace, as after `nsenter -n`, /proc/net/dev names other interfaces: then nothing is printed.
 */
export const withCarriers = `command -v "$1" >/dev/null || exit 127
"$@" || exit
of_proc=$(awk -F: 'NR > 2 { gsub(/ /, "", $1); print $1 }' /proc/net/dev 2>/dev/null | sort)
of_sys=$(ls /sys/class/net 2>/dev/null | grep -v '^bonding_masters$' | sort)
[ "$of_proc" = "$of_sys" ] || exit 0
echo '${heading}'
for file in /sys/class/net/*/carrier; do
  { read -r carrier <"$file"; } 2>/dev/null || continue
  name=\${file%/carrier}
  printf '%s %s\\n' "$carrier" "\${name##*/}"
done
:`

/** What the tool printed, and which interfaces have a signal. */
export function splitCarriers(stdout: string): { readonly text: string; readonly carriers: ReadonlyMap<string, boolean> } {
  const at = stdout.startsWith(`${heading}\n`) ? 0 : stdout.indexOf(`\n${heading}\n`) + 1
  if (at === 0 && !stdout.startsWith(heading)) return { text: stdout, carriers: new Map() }
  const lines = stdout.slice(at).split('\n').slice(1)
  const carriers = lines.flatMap((line) => {
    const [, signal, name] = /^([01]) (\S+)$/.exec(line) ?? []
    return name === undefined ? [] : [[name, signal === '1'] as const]
  })
  return { text: stdout.slice(0, at), carriers: new Map(carriers) }
}

/** Routes with `linkdown` where iproute2 shows it (RTNH_F_LINKDOWN), as far as the signals of all their interfaces are known. */
export function markLinks(tables: RouteTables, carriers: ReadonlyMap<string, boolean>): RouteTables {
  const hops = tables.routes.flatMap(({ nextHops }) => nextHops ?? [])
  const isKnown = hops.every((hop) => hop.interface !== null && carriers.has(hop.interface))
  if (carriers.size === 0 || !isKnown || !tables.hides.includes('link-state')) return tables
  const routes = tables.routes.map((route) => ({
    ...route,
    nextHops:
      route.nextHops?.map((hop) => (carriers.get(hop.interface ?? '') === false ? { ...hop, flags: [...hop.flags, 'linkdown'] } : hop)) ??
      null,
  }))
  return { ...tables, hides: tables.hides.filter((what) => what !== 'link-state'), routes }
}
