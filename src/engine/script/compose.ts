import { posixQuote } from '../../lib/quote.js'
import type { Command } from '../../model/fact.js'
import type { Become } from '../../model/inventory.js'

/**
 * What one visit asks for: sections run one after another, and within a section sources until one is accepted. After the last
 * section come the second readings of the commands that are to be run again.
 */
export interface ScriptSection {
  readonly attempts: readonly { readonly source: number; readonly command: Command }[]
}

export interface ScriptOptions {
  /** Unguessable and made anew for each script, so that no output can pass for a frame. Letters and digits only. */
  readonly nonce: string
  readonly become: Become
  /** After so many seconds the host ends the script by itself, should the connection have died unnoticed. */
  readonly deadlineSeconds: number
  /** For one section whose command announces itself: it is given the line to print, and what is written to the script later. */
  readonly announces?: boolean
}

const escalation: Record<Become, string> = { none: '', sudo: 'sudo -n -- ' }

/** System directories first, so that nothing in a user's directory stands in for a tool. */
const searchPath = '/usr/sbin:/sbin:/usr/bin:/bin:/usr/local/sbin:/usr/local/bin'

/**
 * One POSIX shell script for a whole visit, to be given to `sh -s` on standard input.
 *
 * The body is one function, so that a script cut short runs nothing. Frames go to both streams, which lets the
 * reader tell what belongs to which command. Two guards end the script's process group: one when standard input
 * ends (the connection or the run is gone), one at the deadline. What is written to a command that announces itself
 * comes through the first of them, and ends with it: so it is told even where a privileged command cannot be killed.
 */
export function composeScript(sections: readonly ScriptSection[], options: ScriptOptions): string {
  const commands = sections.flatMap(({ attempts }) => attempts.map(({ command }) => command))
  const isForeign = commands.some(({ foreign }) => foreign === true)
  const killAll = `${commands.some((command) => escalates(command, options.become)) ? killEscalated : ''}kill -s KILL 0`
  return `np_frame() { printf '\\n${options.nonce} %s\\n' "$*"; printf '\\n${options.nonce} %s\\n' "$*" >&2; }
np_find() { for np_tool in "$@"; do command -v "$np_tool" >/dev/null 2>&1 && return 0; done; return 1; }
${isForeign ? findProgram : ''}np_now() {
if [ -r /proc/uptime ]; then read -r np_up np_idle </proc/uptime; np_clock_now=$(( \${np_up%.*} * 100 + 1\${np_up#*.} - 100 ))
else np_clock_now=$(( $(date +%s) * 100 )); fi
}
np_wait() {
np_now; np_left=$(( $1 - np_clock_now ))
[ "$np_left" -gt 0 ] || return 0
np_part=$(( np_left % 100 + 100 ))
sleep "$(( np_left / 100 )).\${np_part#1}" 2>/dev/null || sleep $(( np_left / 100 + 1 ))
np_wait "$1"
}
np_main() {
LC_ALL=C LANG=C PATH=${searchPath}
export LC_ALL LANG PATH
unset LANGUAGE
exec 3<&0 </dev/null
${options.announces === true ? relayingGuard(options.nonce) : silentGuard(killAll)}
}
np_visit() {
( trap 'kill $!; exit 0' TERM; sleep ${options.deadlineSeconds} & wait $!; ${killAll} ) >/dev/null 2>&1 &
np_clock=$!
np_os=
[ -r /proc/sys/kernel/ostype ] && read -r np_os </proc/sys/kernel/ostype
[ -n "$np_os" ] || np_os=$(uname -s)
np_frame hello "$np_os"
${sections.map((section, index) => composeSection(section, index, options)).join('\n')}
${sections.map((section, index) => composeSecondReadings(section, index, options.become)).join('')}kill "$np_guard" "$np_clock"
np_frame bye
${isForeign ? endRest : ''}}
np_main; exit 0
`
}

/** Finds a program as exec(3) does, and nothing that only the shell knows; a file that cannot be run is found, too. */
const findProgram = `np_program() {
np_tool=$1
case $1 in /*) [ -f "$1" ]; return ;; esac
for np_dir in ${searchPath.replaceAll(':', ' ')}; do [ -f "$np_dir/$1" ] && [ -x "$np_dir/$1" ] && return 0; done
return 1
}
`

/** What foreign commands left in the background would hold the connection open; the shell itself outlives this. */
const endRest = "trap '' TERM\nkill -s TERM 0\n"

/** Only root can end what runs as root; and should sudo itself hang, the rest is ended a second later. */
const killEscalated = 'sudo -n -- kill -s KILL 0 & sleep 1; '

const escalates = ({ privileged }: Command, become: Become): boolean => privileged === true && escalation[become] !== ''

const silentGuard = (killAll: string): string => `( while read -r np_line; do :; done; ${killAll} ) <&3 >/dev/null 2>&1 &
np_guard=$!
exec 3<&-
np_visit`

const relayingGuard = (nonce: string): string => `( sh -c 'echo "$PPID"'; echo '${nonce} ready'
while read -r np_line; do printf '%s\\n' "$np_line"; done; kill -s KILL 0 ) <&3 2>/dev/null | np_listen
}
np_listen() {
exec 3<&-
read -r np_guard
exec 4<&0 </dev/null
np_visit`

function composeSection(section: ScriptSection, index: number, options: ScriptOptions): string {
  const [first, ...others] = section.attempts
  if (first === undefined) return ''
  const next = others.length === 0 ? '' : `\nif [ "$np_done" = no ]; then\n${composeRest(others, index, options)}\nfi`
  return `np_done=no\n${composeAttempt(first.command, index, first.source, options)}${next}`
}

function composeRest(attempts: ScriptSection['attempts'], index: number, options: ScriptOptions): string {
  return attempts
    .map(({ command, source }) => `if [ "$np_done" = no ]; then\n${composeAttempt(command, index, source, options)}\nfi`)
    .join('\n')
}

function composeAttempt(command: Command, section: number, source: number, { become, announces }: ScriptOptions): string {
  const place = `${section} ${source}`
  const accepted = command.accept === 'any' ? '*' : (command.accept ?? [0]).join('|')
  const isSampled = command.againAfterMs !== undefined
  const note = isSampled ? `np_tool_${section}=$np_tool np_source_${section}=${source} np_since_${section}=$np_clock_now ` : ''
  return `if ${finding(command, become)}; then
np_frame begin ${place}
${isSampled ? 'np_now\n' : ''}${running(command, become, announces === true ? ' <&4' : '')}
np_frame end ${place} "$np_code"
case $np_code in ${accepted}) ${note}np_done=yes ;; esac
else
np_frame missing ${place}
fi`
}

function finding(command: Command, become: Become): string {
  const names = command.tool.map(posixQuote)
  if (command.foreign !== true) return `np_find ${names.join(' ')}`
  // Where only root may look, sudo says what it does not find.
  if (escalates(command, become) && command.tool[0].startsWith('/')) return `np_tool=${names[0]}`
  return `np_program ${names[0]}`
}

/** A foreign command replaces a shell of its own, which takes no word for one of its own; what our shell says of its end is not heard. */
function running(command: Command, become: Become, input: string): string {
  if (command.foreign !== true) return `${commandLine('"$np_tool"', command, become)}${input}\nnp_code=$?`
  const { stdin, ...rest } = command
  const own = `( exec ${commandLine('"$np_tool"', rest, become)} ) 2>&4 4>&-`
  return `{ ${fed(own, stdin)}; np_code=$?; } 4>&2 2>/dev/null`
}

/** The source that answered is run again, once its window has passed; the frame that ends it says how long that was. */
function composeSecondReadings(section: ScriptSection, index: number, become: Become): string {
  const sampled = section.attempts.flatMap(({ source, command }) => {
    const { againAfterMs } = command
    if (againAfterMs === undefined) return []
    const place = `${index} ${source}`
    return [
      `${source})
np_frame again ${place}
np_wait $(( np_since_${index} + ${Math.ceil(againAfterMs / 10)} ))
np_now; np_passed=$(( np_clock_now - np_since_${index} ))
${commandLine(`"$np_tool_${index}"`, command, become)}
np_frame end ${place} "$?" "$np_passed" ;;`,
    ]
  })
  return sampled.length === 0 ? '' : `case \${np_source_${index}-} in\n${sampled.join('\n')}\nesac\n`
}

function commandLine(tool: string, command: Command, become: Become): string {
  const words = [tool, ...command.args.map(posixQuote)].join(' ')
  return fed(`${command.privileged === true ? escalation[become] : ''}${words}`, command.stdin)
}

const fed = (line: string, stdin: string | undefined): string => (stdin === undefined ? line : `printf %s ${posixQuote(stdin)} | ${line}`)

/** The line a person would type for this command: what `plan` and evidence show. */
export function showCommand(command: Command, become: Become): string {
  return commandLine(posixQuote(command.tool[0]), command, become)
}
