import { addressFamily, canonicalAddress } from '../../lib/address.js'
import { NotUnderstood } from '../../lib/errors.js'
import { printableLine } from '../../lib/printable.js'
import type { Source } from '../../model/fact.js'
import { encodeTargets } from './protocol.js'
import { decodeTagged } from './tagged.js'
import { commandTimeoutMs } from './timing.js'
import type { Ping, PingAddress, PingArgs, PingError, PingReply } from './value.js'

/** UTF-8 as the console's code page is what ping.exe then writes; else it is the OEM code page (949 in Korea). */
const script = String.raw`
$ProgressPreference = 'SilentlyContinue'
[Console]::OutputEncoding = New-Object Text.UTF8Encoding $false
'#ping.exe'
while ($null -ne ($line = [Console]::In.ReadLine())) {
  $w = $line.Split(' ')
  if ($w.Length -ne 9) { continue }
  $a = @('-n', $w[3], '-l', $w[5], '-w', $w[8])
  if ($w[6] -eq '1') { $a += '-f' }
  if ($w[2] -ne '0') { $a += '-' + $w[2] }
  if ($w[7] -ne '-') { $a += '-S', $w[7] }
  & ping.exe $a $w[1] 2>&1 | ForEach-Object { '=' + $w[0] + ' ' + $w[1] + ' |' + $_ }
  '=' + $w[0] + ' ' + $w[1] + ' !' + $LASTEXITCODE
}
`

/** Written from documented outputs; never run. Of a name it asks the one address that Windows prefers. */
export const pingExe: Source<PingArgs, Ping> = {
  name: 'ping.exe',
  command: (requests) => ({
    tool: ['powershell'],
    args: ['-NoLogo', '-NoProfile', '-NonInteractive', '-EncodedCommand', Buffer.from(script, 'utf16le').toString('base64')],
    stdin: encodeTargets(requests),
    timeoutMs: commandTimeoutMs(
      requests.map((request) => ({ ...request, intervalMs: Math.max(1_000, request.timeoutMs) })),
      1,
    ),
  }),
  parse: (output, requests) => decodeTagged(output.stdout, requests, 'ping.exe', parsePingExe),
}

/** English, German and Korean; other languages say it in words that are not known here. */
const icmpWords: readonly (readonly [RegExp, number, number])[] = [
  [/destination host unreachable|zielhost nicht erreichbar|대상 호스트에 연결할 수 없습니다/i, 3, 1],
  [/destination net unreachable|zielnetz nicht erreichbar|대상 네트워크에 연결할 수 없습니다/i, 3, 0],
  [/destination port unreachable|zielport nicht erreichbar|대상 포트에 연결할 수 없습니다/i, 3, 3],
  [/packet needs to be fragmented|paket müsste fragmentiert werden|패킷 조각화가 필요하지만/i, 3, 4],
  [/ttl expired in transit|gültigkeitsdauer|ttl이 만료되었습니다/i, 11, 0],
]
const timeouts = /request timed out|zeitüberschreitung der anforderung|요청 시간이 만료되었습니다/i
const anyAddress = /(?:\d{1,3}\.){3}\d{1,3}|[0-9a-f]*:[0-9a-f:.]+(?:%\d+)?/i

/**
 * What ping.exe wrote, in any language. "Destination host unreachable" counts as received there, with 0 % loss and exit code 0:
 * a reply is only what comes from the target, with a time, and in IPv4 with `TTL=` (IPv6 has none).
 * @throws NotUnderstood when there is no line of what was asked.
 */
function parsePingExe(text: string, request: PingArgs, host: string | null): PingAddress {
  const lines = text.split('\n').map((line) => line.trim())
  const header = lines.findIndex((line) => line.endsWith(':'))
  const title = lines[header] ?? ''
  const address = canonicalAddress(host ?? '') ?? canonicalAddress(/\[([^\]]+)\]/.exec(title)?.[1] ?? '')
  if (header === -1 || address === null) throw new NotUnderstood('the heading of ping.exe', text)
  const end = lines.indexOf('', header)
  const body = lines.slice(header + 1, end === -1 ? undefined : end).slice(0, request.count)
  const read = body.map((line, sequence) => readLine(line, sequence, address))
  const replies = read.flatMap((each) => ('reply' in each ? each.reply : []))
  const errors = read.flatMap((each) => ('error' in each ? each.error : []))
  const local = read.flatMap((each) => ('local' in each ? each.local : []))
  const sent = body.length - local.length
  const detail = local[0] ?? `ping.exe sent only ${sent} of ${request.count}`
  const kind = isTooBig(detail) ? 'too-big' : 'unsupported'
  return {
    address,
    source: null,
    sent,
    replies,
    duplicates: 0,
    errors,
    // Whether a line in other words was a time-out or an error cannot be known.
    confirmed: replies.length > 0 || errors.length > 0,
    problem: sent < request.count ? { kind, detail } : null,
  }
}

const isTooBig = (line: string): boolean => icmpWords.find(([words]) => words.test(line))?.[2] === 4

type Line = { readonly reply: PingReply } | { readonly error: PingError } | { readonly local: string } | { readonly silent: true }

function readLine(line: string, sequence: number, address: string): Line {
  const sender = canonicalAddress(anyAddress.exec(line)?.[0].replace(/:$/, '') ?? '')
  const time = /([=<])(\d{1,6}) ?ms\b/.exec(line)
  const ttl = /\bTTL=(\d{1,3})\b/.exec(line)
  if (sender === address && time !== null && (ttl !== null || addressFamily(address) === 6)) {
    const rttMs = time[1] === '<' ? null : Number(time[2])
    return { reply: { sequence, rttMs, ttl: ttl === null ? null : Number(ttl[1]) } }
  }
  const icmp = icmpWords.find(([words]) => words.test(line))
  if (icmp !== undefined && sender !== null) return { error: { sequence, type: icmp[1], code: icmp[2], from: sender, mtu: null } }
  if (sender === null && !timeouts.test(line)) return { local: printableLine(line) }
  return { silent: true }
}
