import { resolverConfig } from '../../facts/resolver-config/index.js'
import { request } from '../../lib/fact-key.js'
import { isAsked } from './family.js'
import type { Inquiry } from './inquiry.js'
import { dnsPort, type Server } from './resolver-words.js'

/** The C library asks no more than three (resolv.conf(5), MAXNS). */
const mostServers = 3

/** The DNS servers that the host is configured with, those of the right family. @returns undefined while that is not known. */
export function systemServers({
  spec,
  context,
  of,
}: Inquiry): { readonly servers: readonly Server[] } | { readonly error: string } | undefined {
  const outcome = of(request(resolverConfig, context.host.name, {}))
  if (outcome === undefined) return undefined
  if ('error' in outcome) return { error: outcome.error.message }
  const addresses = outcome.value.servers.slice(0, mostServers)
  const asked = addresses.filter((address) => isAsked(spec, address))
  if (asked.length === 0)
    return { error: `none of its DNS servers (${addresses.join(', ')}) has an address of the family that is asked for` }
  return { servers: asked.map((address) => ({ address, port: dnsPort })) }
}
