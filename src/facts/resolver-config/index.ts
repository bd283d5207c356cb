import { readResolvConf } from '../../lib/dns/resolv-conf.js'
import { NotUnderstood } from '../../lib/errors.js'
import { listOf, mapOf, text } from '../../lib/shape.js'
import type { FactKind, Source } from '../../model/fact.js'
import type { ResolverConfig, ResolverConfigArgs } from './value.js'

export type * from './value.js'

/**
 * A link that leads nowhere is no file to the library either. One that exists and cannot be read ends the command with 1: what
 * root's programs see is then not known.
 */
const script = 'file=/etc/resolv.conf; if [ -e "$file" ]; then echo present; cat "$file"; else echo missing; fi'

const resolvConf: Source<ResolverConfigArgs, ResolverConfig> = {
  name: '/etc/resolv.conf',
  command: () => ({ tool: ['sh'], args: ['-c', script] }),
  parse: ({ stdout }, requests) => {
    const [, state, content = ''] = /^(present|missing)\n(.*)$/s.exec(stdout) ?? []
    if (state === undefined) throw new NotUnderstood('whether there is an /etc/resolv.conf', stdout)
    const { servers, search, options } = readResolvConf(state === 'present' ? content : null)
    const config: ResolverConfig = { servers, search, options }
    return requests.map(() => config)
  },
}

/** The DNS servers that a host is configured with. */
export const resolverConfig: FactKind<ResolverConfigArgs, ResolverConfig> = {
  name: 'resolver-config',
  summary: 'The DNS servers that a host is configured with',
  active: false,
  isValue: mapOf<ResolverConfig>({ servers: listOf(text), search: listOf(text), options: listOf(text) }),
  sources: { linux: [resolvConf] },
}
