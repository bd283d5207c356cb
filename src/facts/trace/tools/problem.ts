import type { Trace } from '../value.js'

type Problem = NonNullable<Trace['problem']>

/** What tools say on standard error, in the C locale, glibc's and musl's. */
const sayings: readonly (readonly [RegExp, Problem['kind']])[] = [
  [/privileges|not permitted|must be root|suid/i, 'not-permitted'],
  [/name resolution|name or service|not known|bad address|unknown host|does not resolve|no address/i, 'name-error'],
  [/assign requested address|address not available|no such device/i, 'source-error'],
  [/network (is )?unreachable|no route to host|host is unreachable/i, 'no-route'],
  [/permission denied|invalid argument/i, 'local-policy'],
]

/** Why a traceroute printed no hop. */
export function problemOf(lines: readonly string[]): Problem {
  const said = lines.filter((line) => line.trim() !== '' && !/^(traceroute to|Tracing the path|Selected device)/.test(line))
  for (const [words, kind] of sayings) {
    const line = said.find((one) => words.test(one))
    if (line !== undefined) return { kind, detail: line.trim() }
  }
  return { kind: 'unsupported', detail: said[0]?.trim() ?? 'traceroute said nothing' }
}
