import { printableLine } from '../../lib/printable.js'
import type { PingAddress, PingArgs } from './value.js'

type Problem = NonNullable<PingAddress['problem']>

/** In the words of glibc and musl, of iputils and of BusyBox, with LC_ALL=C. */
const texts: readonly (readonly [RegExp, Problem['kind']])[] = [
  [/usage:|invalid option|unrecognized option|bad number of packets|cannot flood|invalid argument:/i, 'unsupported'],
  [/message too long/i, 'too-big'],
  [/socket: Operation not permitted|permission denied \(are you root|socket: Permission denied/i, 'not-permitted'],
  [
    /bind: |SO_BINDTODEVICE|unknown iface|no such device|can't set multicast source|assign requested address|Address not available/i,
    'source-error',
  ],
  [
    /unknown host|name or service not known|name resolution|no address associated|bad address|does not resolve|Name does not resolve/i,
    'name-error',
  ],
  [/network (?:is )?unreachable|no route to host|host is unreachable|network is down/i, 'no-route'],
  // EACCES of connect(2), which ping takes for a broadcast address; a `prohibit` route gives the same.
  [/do you want to ping broadcast/i, 'local-policy'],
  [/operation not permitted|permission denied|invalid argument/i, 'local-policy'],
]

/** What a line of ping says of its own host; null when it says nothing of the kind. */
export function localProblem(line: string, request: PingArgs): Problem | null {
  const words = /^(?:\S*ping6?: |connect: |bind: |sendmsg: |Do you want |unknown host)(.*)$/.exec(line)
  if (words === null || /warning/i.test(line)) return null
  const detail = printableLine(line.replace(/^\S*ping6?: /, ''))
  const kind = texts.find(([pattern]) => pattern.test(line))?.[1] ?? 'unsupported'
  const isSource = kind === 'name-error' && request.source !== undefined && line.includes(`'${request.source}'`)
  return { kind: isSource ? 'source-error' : kind, detail }
}
