import { listOf, mapOf, oneOf, orNull, text } from '../../lib/shape.js'
import type { FactKind, Source } from '../../model/fact.js'
import { readSysctl } from './parse.js'
import { script } from './script.js'
import type { SysctlArgs, SysctlEntry, SysctlValues } from './value.js'

export type * from './value.js'

/** As root, since a few files are root's alone. */
const procSys: Source<SysctlArgs, SysctlValues> = {
  name: '/proc/sys',
  command: (requests) => ({ tool: ['sh'], args: ['-c', script, 'sysctl', ...requests.map(({ path }) => path)], privileged: true }),
  parse: ({ stdout }, requests) => readSysctl(stdout, requests.length),
}

const nearby = mapOf<NonNullable<SysctlValues['nearby']>>({ folder: text, names: listOf(text) })

/** Settings of the running kernel: all that are asked for with one command. */
export const sysctl: FactKind<SysctlArgs, SysctlValues> = {
  name: 'sysctl',
  summary: 'Settings of the running kernel, from /proc/sys',
  active: false,
  group: () => '',
  isValue: mapOf<SysctlValues>({
    entries: listOf(mapOf<SysctlEntry>({ path: text, value: orNull(text), problem: orNull(oneOf(['denied', 'unreadable'])) })),
    nearby: orNull(nearby),
  }),
  sources: { linux: [procSys] },
}
