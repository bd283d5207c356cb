import type { DnsClient } from '../../facts/dns-client/index.js'
import type { View } from './view.js'

/** The root, which completes no name: systemd-resolved writes `search .` where it has no domain. */
export const isRoot = (domain: string): boolean => domain === '.'

export const lowerDomain = (domain: string): string => domain.toLowerCase().replace(/(.)\.$/, '$1')

/**
 * The domains that complete short names: those of the line, or the domain of the host's own name where glibc finds no line
 * (`domain_from_hostname` in resolv/res_init.c); musl takes none then (src/network/resolvconf.c).
 * @param meets whether domains are as expected: where two C libraries have others and both are right, it does not matter which is there.
 */
export function searchOf(
  { library, hostName, cLibrary }: DnsClient,
  meets: (domains: readonly string[]) => boolean,
): View<readonly string[]> {
  const written = library.search.filter((domain) => !isRoot(domain)).map(lowerDomain)
  if (library.search.length > 0 || cLibrary === 'musl') return { value: written, note: '' }
  if (hostName === null)
    return {
      actual: 'not known',
      message: `There is no line \`search\`: glibc then takes the domain of the host's own name, and that is not shown by /proc/sys/kernel/hostname.`,
    }
  const domain = lowerDomain(/\.(.+)$/.exec(hostName)?.[1] ?? '.')
  if (isRoot(domain)) return { value: [], note: '' }
  const taken = `There is no line \`search\`: glibc then takes the domain of the host's own name, ${hostName}`
  if (cLibrary === 'glibc') return { value: [domain], note: `${taken}; \`search .\` keeps it out.` }
  if (meets([]) && meets([domain])) return { value: [], note: '' }
  return { actual: `none, or ${domain}`, message: `${taken}, musl does not, and which of them is there is not known.` }
}
