import { NotUnderstood } from '../../lib/errors.js'
import { listOf, mapOf, orNull, text, whole } from '../../lib/shape.js'
import type { FactKind, Source } from '../../model/fact.js'
import { containerOf, unitOf } from './cgroup-path.js'
import type { ProcessUnit, ProcessUnitsArgs } from './value.js'

export type { ProcessUnit, ProcessUnitsArgs } from './value.js'

/** Prints `PID LINE` for each line of /proc/PID/cgroup, and `end`. The numbers are arguments of the script and never part of it. */
const script = 'for pid do while read -r line; do printf "%s %s\\n" "$pid" "$line"; done <"/proc/$pid/cgroup"; done 2>/dev/null; echo end'

/** /proc/PID/cgroup (cgroups(7)): `0::PATH` of version 2, `N:CONTROLLERS:PATH` of version 1. */
const proc: Source<ProcessUnitsArgs, readonly ProcessUnit[]> = {
  name: '/proc/PID/cgroup',
  command: (requests) => ({
    tool: ['sh'],
    args: ['-c', script, 'process-units', ...[...new Set(requests.flatMap(({ pids }) => pids))].map(String)],
    privileged: true,
  }),
  parse: ({ stdout }, requests) => {
    const lines = stdout.trimEnd().split('\n')
    if (lines.at(-1) !== 'end') throw new NotUnderstood('the control groups of processes, and an end', stdout)
    const groups = new Map<number, Group[]>()
    for (const line of lines.slice(0, -1)) {
      const [, pid, controllers = '', path = ''] = /^(\d{1,10}) \d+:([^:]*):(\/.*)$/.exec(line) ?? []
      // A kernel without a hierarchy of that kind, and what a later one may add, tells nothing of units.
      if (pid === undefined) continue
      const known = groups.get(Number(pid))
      if (known === undefined) groups.set(Number(pid), [{ controllers, path }])
      else known.push({ controllers, path })
    }
    return requests.map(({ pids }) => pids.map((pid) => unitFrom(pid, groups.get(pid) ?? [])))
  },
}

interface Group {
  readonly controllers: string
  readonly path: string
}

function unitFrom(pid: number, groups: readonly Group[]): ProcessUnit {
  const managed = groups.find(({ controllers }) => controllers === 'name=systemd') ?? groups.find(({ controllers }) => controllers === '')
  const openrc = groups.find(({ controllers, path }) => controllers === 'name=openrc' && path !== '/')
  const containers = groups.map(({ path }) => containerOf(path)).filter((container) => container !== null)
  const unit = managed === undefined ? null : unitOf(managed.path)
  return {
    pid,
    unit: unit ?? (openrc === undefined ? null : `${openrc.path.slice(1)} (OpenRC)`),
    container: containers[0] ?? null,
  }
}

/** Which unit of systemd (or service of OpenRC) and which container a process belongs to. */
export const processUnits: FactKind<ProcessUnitsArgs, readonly ProcessUnit[]> = {
  name: 'process-units',
  summary: 'The systemd unit, OpenRC service or container of processes',
  active: false,
  group: () => '',
  isValue: listOf(mapOf<ProcessUnit>({ pid: whole, unit: orNull(text), container: orNull(text) })),
  sources: { linux: [proc] },
}
