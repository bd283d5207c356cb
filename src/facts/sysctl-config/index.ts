import { listOf, mapOf, orNull, text, whole } from '../../lib/shape.js'
import type { FactKind, Source } from '../../model/fact.js'
import { readSysctlConfig } from './parse.js'
import type { SysctlAssignment, SysctlConfig, SysctlConfigArgs } from './value.js'

export type * from './value.js'

/** Folders by precedence (sysctl.d(5), sysctl(8) `--system`). A file or a folder that exists and cannot be read ends the script. */
const script = `[ ! -d /run/systemd/system ] || echo '@ systemd'
for folder in /etc/sysctl.d /run/sysctl.d /usr/local/lib/sysctl.d /usr/lib/sysctl.d /lib/sysctl.d; do
  [ ! -d "$folder" ] || { [ -r "$folder" ] && [ -x "$folder" ]; } || { echo "$folder cannot be read" >&2; exit 1; }
done
for file in /etc/sysctl.d/*.conf /run/sysctl.d/*.conf /usr/local/lib/sysctl.d/*.conf /usr/lib/sysctl.d/*.conf /lib/sysctl.d/*.conf /etc/sysctl.conf; do
  [ -e "$file" ] || continue
  echo "/ $file"
  case $(readlink "$file" 2>/dev/null) in ../sysctl.conf|/etc/sysctl.conf) echo '= linked' ;; esac
  sed 's/^/ /' "$file" || exit 1
  echo
done
echo '@ end'`

const files: Source<SysctlConfigArgs, SysctlConfig> = {
  name: 'sysctl.d',
  command: () => ({ tool: ['sh'], args: ['-c', script], privileged: true }),
  parse: ({ stdout }, requests) => {
    const value = readSysctlConfig(stdout)
    return requests.map(() => value)
  },
}

const assignments = listOf(mapOf<SysctlAssignment>({ path: text, value: orNull(text), file: text, line: whole }))

/** What sets the kernel's settings at the next boot. */
export const sysctlConfig: FactKind<SysctlConfigArgs, SysctlConfig> = {
  name: 'sysctl-config',
  summary: "What sets the kernel's settings at the next boot: the files of sysctl.d in their order",
  active: false,
  isValue: mapOf<SysctlConfig>({ assignments, unread: assignments }),
  sources: { linux: [files] },
}
