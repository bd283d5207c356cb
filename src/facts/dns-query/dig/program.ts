import { addressFamily } from '../../../lib/address.js'
import { isAskable } from '../protocol.js'
import { pace } from '../timing.js'
import type { DnsQueryArgs } from '../value.js'

/** Processes side by side. */
const atOnce = 16
const mostMs = 30 * 60_000

/** Numbers, as an old dig takes an unknown name of a type for a further name to look up. */
const typeNumbers = { A: 1, NS: 2, CNAME: 5, SOA: 6, PTR: 12, MX: 15, TXT: 16, AAAA: 28, SRV: 33, CAA: 257 } as const

/**
 * For sh: reads questions, `index pause server port transport source seconds tries recurse dnssec type name`, and runs dig for each.
 * Every line of dig is written behind the index; one of more than 3,900 octets, which the kernel would not write in one piece, as `!`.
 * A server that does not know EDNS is asked without it (RFC 6891 section 6.2.2). No .digrc is read.
 */
export const digProgram = `
command -v dig >/dev/null || exit 127
HOME=/nonexistent
export HOME
ask() {
  index=$1
  shift
  text=$(dig "$@" +bufsize=1232 2>&1 </dev/null)
  case $text in
    *'status: FORMERR'* | *'status: NOTIMP'*) text=$(dig "$@" +noedns 2>&1 </dev/null) ;;
  esac
  printf '%s\\n' "$text" | while IFS= read -r line; do
    if [ "\${#line}" -gt 3900 ]; then printf '%s !\\n' "$index"; else printf '%s %s\\n' "$index" "$line"; fi
  done
}
echo 'probe dig'
busy=0
while read -r index pause server port transport source seconds tries recurse dnssec type name; do
  set -- "@$server" -p "$port" +noall +comments +question +answer +authority +additional +stats "+time=$seconds" "+tries=$tries"
  [ "$transport" = tcp ] && set -- "$@" +tcp
  [ "$source" = - ] || set -- "$@" -b "$source"
  [ "$recurse" = 1 ] || set -- "$@" +norecurse
  if [ "$dnssec" = 1 ]; then set -- "$@" +dnssec +adflag; else set -- "$@" +noadflag; fi
  [ "$pause" = 0 ] || sleep "$pause"
  ask "$index" "$@" -t "$type" -q "$name" &
  busy=$((busy + 1))
  if [ "$busy" -ge ${atOnce} ]; then
    wait
    busy=0
  fi
done
wait
`

/** Why dig is not asked this; null when it is. */
export function undiggable(request: DnsQueryArgs): string | null {
  if (!isAskable(request)) return 'not an address that can be asked'
  if (request.source !== undefined && addressFamily(request.source) === null)
    return 'dig cannot send from an interface, only from an address'
  return null
}

/** Standard input of the program: as many questions as can be asked in half an hour. */
export function digQuestions(requests: readonly DnsQueryArgs[]): string {
  const most = Math.max(1, Math.floor(mostMs / waveMs(requests))) * atOnce
  return requests
    .map((request, index) => (undiggable(request) === null ? `${index} ${questionLine(request)}\n` : ''))
    .filter((line) => line !== '')
    .slice(0, most)
    .join('')
}

/** How long the program may take, in milliseconds. */
export function digTimeoutMs(requests: readonly DnsQueryArgs[]): number {
  const pauses = requests.map(pauseOf).reduce((sum, pause) => sum + pause, 0) * 1_000
  return Math.min(2 * mostMs, Math.ceil(requests.length / atOnce) * waveMs(requests) + pauses + 15_000)
}

/** Everything silent: the tries over UDP, those over TCP, and both without EDNS. */
function waveMs(requests: readonly DnsQueryArgs[]): number {
  return Math.max(...requests.map((request) => 3_000 * secondsOf(request) * triesOf(request)))
}

const secondsOf = ({ timeoutMs }: DnsQueryArgs): number => Math.max(1, Math.ceil(timeoutMs / 1_000))
const triesOf = ({ transport, tries = pace.tries }: DnsQueryArgs): number => (transport === 'tcp' ? 1 : Math.max(1, Math.round(tries)))
const pauseOf = ({ rate }: DnsQueryArgs): number => (rate == null || !(rate > 0) ? 0 : Math.min(60, 1 / rate))

function questionLine(request: DnsQueryArgs): string {
  const { server, port = 53, transport = 'udp', source = '-', recurse = true, dnssec = false, type, name } = request
  const pause = pauseOf(request)
  const paused = pause === 0 ? '0' : pause.toFixed(3)
  const flags = [recurse, dnssec].map(Number)
  return [paused, server, port, transport, source, secondsOf(request), triesOf(request), ...flags, `TYPE${typeNumbers[type]}`, name].join(
    ' ',
  )
}
