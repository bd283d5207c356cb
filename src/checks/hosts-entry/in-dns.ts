import type { DnsClient } from '../../facts/dns-client/index.js'
import { type DnsQuery, type DnsQueryArgs, dnsQuery } from '../../facts/dns-query/index.js'
import type { HostsFile } from '../../facts/hosts-file/index.js'
import { addressFamily } from '../../lib/address.js'
import { canonicalName } from '../../lib/dns/name.js'
import { request } from '../../lib/fact-key.js'
import type { CheckContext } from '../../model/check.js'
import type { FactRequest } from '../../model/fact.js'

const mostServers = 6

export interface Server {
  readonly address: string
  readonly port: number
}

/**
 * The servers to ask: never one on the host itself, since systemd-resolved and dnsmasq answer from /etc/hosts, and that would
 * compare the file with itself.
 */
export function serversToAsk({ library, resolved, networkManager }: DnsClient): readonly Server[] | { readonly error: string } {
  const isLocal = (address: string): boolean => address === '::1' || (addressFamily(address) === 4 && address.startsWith('127.'))
  const upstreams =
    resolved !== null && resolved !== 'unknown'
      ? [...resolved.servers, ...(resolved.links ?? []).flatMap(({ servers }) => servers)]
      : networkManager
  const asked = [...new Set(library.servers.every(isLocal) ? (upstreams ?? []) : library.servers)].filter((server) => !isLocal(server))
  if (asked.length > 0) return asked.slice(0, mostServers).map(readServer)
  return {
    error: `${library.servers.join(', ')} is a server on the host itself, which may answer from /etc/hosts, and whom it asks is not shown`,
  }
}

function readServer(text: string): Server {
  const [, host = text, port] = /^\[([^\]]+)\](?::(\d+))?$/.exec(text) ?? /^(\d+\.\d+\.\d+\.\d+):(\d+)$/.exec(text) ?? []
  return { address: host, port: port === undefined ? 53 : Number(port) }
}

/** The whole name that DNS is asked for: that of the line, or with the first search domain, where it is short. */
export function nameInDns(name: string, { entries }: HostsFile, { library }: DnsClient): string | null {
  const long = entries.flatMap(({ names }) => names).find((written) => written.toLowerCase().startsWith(`${name.toLowerCase()}.`))
  // `search .` completes no name.
  const [domain] = library.search.filter((each) => each !== '.')
  const whole = name.includes('.') ? name : (long ?? (domain === undefined ? name : `${name}.${domain}`))
  return canonicalName(whole)
}

export const typesOf = ({ entries }: HostsFile): readonly ('A' | 'AAAA')[] =>
  (['A', 'AAAA'] as const).filter((type) => entries.some(({ address }) => (addressFamily(address) === 4) === (type === 'A')))

export function queryFor({ host, timeoutMs }: CheckContext, server: Server, name: string, type: 'A' | 'AAAA'): FactRequest<DnsQuery> {
  const args: DnsQueryArgs = {
    server: server.address,
    port: server.port,
    name,
    type,
    timeoutMs: Math.max(1, Math.min(3_000, Math.floor(timeoutMs / 2))),
    tries: 2,
  }
  return request(dnsQuery, host.name, args)
}
