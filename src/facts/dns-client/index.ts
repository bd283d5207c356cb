import type { ResolvConf } from '../../lib/dns/resolv-conf.js'
import { either, flag, listOf, mapOf, oneOf, orNull, type Shape, text } from '../../lib/shape.js'
import type { FactKind, Source } from '../../model/fact.js'
import { readDnsClient } from './parse.js'
import { script } from './script.js'
import type { DnsClient, DnsClientArgs, DnsLink, Upstreams } from './value.js'

export type * from './value.js'

const files: Source<DnsClientArgs, DnsClient> = {
  name: 'files and resolvectl',
  command: () => ({ tool: ['sh'], args: ['-c', script] }),
  parse: ({ stdout }, requests) => {
    const value = readDnsClient(stdout)
    return requests.map(() => value)
  },
}

const words = listOf(text)
const resolvConf: Shape<ResolvConf> = mapOf({ servers: words, ignored: words, search: words, options: words })
const link: Shape<DnsLink> = mapOf({ interface: text, servers: words, domains: words })
const upstreams: Shape<Upstreams> = mapOf({ servers: words, domains: words, links: orNull(listOf(link)) })
const file: Shape<DnsClient['file']> = mapOf({ exists: flag, target: orNull(text), comments: words })

/** Whom the programs of a host ask for names: resolv.conf, nsswitch.conf, and what stands behind a local stub. */
export const dnsClient: FactKind<DnsClientArgs, DnsClient> = {
  name: 'dns-client',
  summary: 'Whom the programs of a host ask for names, behind a local stub too, and who decides that',
  active: false,
  isValue: mapOf<DnsClient>({
    library: resolvConf,
    file,
    hostName: orNull(text),
    cLibrary: orNull(oneOf(['glibc', 'musl'])),
    hosts: orNull(words),
    resolved: orNull(either(upstreams, oneOf(['unknown']))),
    networkManager: orNull(words),
  }),
  sources: { linux: [files] },
}
