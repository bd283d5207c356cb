/**
 * The path below /proc/sys that a key means, as sysctl(8) and sysctl.d(5) read it: if its first separator is a dot, dots separate and
 * slashes stand for dots in names (`net.ipv4.conf.eth0/100.rp_filter`); if it is a slash, the key is a path.
 */
export function pathOf(key: string): string {
  const first = /[./]/.exec(key)?.[0]
  return first === '.' ? key.replace(/[./]/g, (separator) => (separator === '.' ? '/' : '.')) : key
}

/** The same the other way round: `net.ipv4.conf.eth0/100.rp_filter`. */
export const keyOf = (path: string): string => path.replace(/[./]/g, (separator) => (separator === '/' ? '.' : '/'))
