import { showFunction } from '../../lib/marked-sections.js'
import { flag, listOf, mapOf, orNull, text, whole } from '../../lib/shape.js'
import type { FactKind, Source } from '../../model/fact.js'
import { readHostsFile } from './parse.js'
import type { HostsEntry, HostsFile, HostsFileArgs } from './value.js'

export type * from './value.js'

const script = `${showFunction}
show hosts /etc/hosts
show nsswitch /etc/nsswitch.conf
show hostconf /etc/host.conf
show hostname /proc/sys/kernel/hostname
echo '@ end'`

const files: Source<HostsFileArgs, HostsFile> = {
  name: '/etc/hosts',
  command: () => ({ tool: ['sh'], args: ['-c', script] }),
  parse: ({ stdout }, requests) =>
    readHostsFile(
      stdout,
      requests.map(({ name }) => name),
    ),
}

const entry = mapOf<HostsEntry>({ line: whole, address: text, names: listOf(text) })

/** What the hosts file says of names, and whether anybody asks it: one command, however many names. */
export const hostsFile: FactKind<HostsFileArgs, HostsFile> = {
  name: 'hosts-file',
  summary: 'What the hosts file says of a name, and whether it is asked before DNS',
  active: false,
  group: () => '',
  isValue: mapOf<HostsFile>({
    exists: flag,
    entries: listOf(entry),
    sources: orNull(listOf(text)),
    multi: flag,
    hostname: orNull(text),
    cloudInit: flag,
  }),
  sources: { linux: [files] },
}
