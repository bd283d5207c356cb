/** errno names by what the C library calls them with LC_ALL=C: glibc, musl (the second of a pair) and BSD. */
const texts: readonly (readonly [RegExp, string])[] = [
  [/connection refused/i, 'ECONNREFUSED'],
  [/no route to host|host is unreachable/i, 'EHOSTUNREACH'],
  [/network is unreachable|network unreachable/i, 'ENETUNREACH'],
  [/host is down/i, 'EHOSTDOWN'],
  [/permission denied/i, 'EACCES'],
  [/operation not permitted/i, 'EPERM'],
  [/invalid argument/i, 'EINVAL'],
  [/connection reset/i, 'ECONNRESET'],
  [/(?:cannot|can't) assign requested address|address not available/i, 'EADDRNOTAVAIL'],
  [/no such device/i, 'ENODEV'],
  [/protocol not available/i, 'ENOPROTOOPT'],
]

/** The errno that a tool's message speaks of; null when it speaks of none. */
export function errnoOf(text: string | null): string | null {
  if (text === null) return null
  return texts.find(([pattern]) => pattern.test(text))?.[1] ?? null
}
