import type { DnsRecord } from '../../../facts/dns-query/index.js'
import { addressFamily, canonicalAddress } from '../../../lib/address.js'
import { canonicalName } from '../../../lib/dns/name.js'
import { isAsked } from '../family.js'
import { dnsPort, type Server, showServer } from '../resolver-words.js'
import type { DnsRecordSpec } from '../spec.js'

/** A server of a zone. */
export interface NameServer {
  /** null where it was given by its address. */
  readonly name: string | null
  /** Empty where it has none, or none was found. */
  readonly servers: readonly Server[]
}

/** Who serves the zone of the name. */
export type Authority =
  | {
      readonly kind: 'found'
      /** null where the runbook names the servers. */
      readonly zone: string | null
      readonly nameServers: readonly NameServer[]
      /** What a person should know about how they were found; sentences. */
      readonly notes: readonly string[]
    }
  | { readonly kind: 'broken'; readonly why: string }

/** More servers than this are not asked: real zones have at most 13, and a hostile one may name thousands. */
const mostNameServers = 16
const mostAddresses = 4

/** The servers named by NS records of `zone`, with the addresses that came along. */
export function nameServersIn(
  zone: string,
  records: readonly DnsRecord[],
  glue: readonly DnsRecord[],
  spec: DnsRecordSpec,
): readonly NameServer[] {
  const named = records.filter(({ type, name }) => type === 'NS' && name === zone).map(({ data }) => data)
  // A name with escapes in it is no host, and cannot be asked for.
  const names = [...new Set(named)].filter((name) => canonicalName(name) === name)
  return names.slice(0, mostNameServers).map((name) => ({ name, servers: serversAt(addressesIn(name, glue), spec) }))
}

export function addressesIn(name: string, records: readonly DnsRecord[]): readonly string[] {
  return records.flatMap((record) => {
    const address = record.name === name && (record.type === 'A' || record.type === 'AAAA') ? canonicalAddress(record.data) : null
    return address === null ? [] : [address]
  })
}

/** Where a name server is asked: at its addresses of the right family, each once. */
export function serversAt(addresses: readonly string[], spec: DnsRecordSpec): readonly Server[] {
  const asked = [...new Set(addresses)].filter((address) => isAsked(spec, address))
  return asked.slice(0, mostAddresses).map((address) => ({ address, port: dnsPort }))
}

/** Both lists as one: a name of both has the addresses of both. */
export function joinNameServers(first: readonly NameServer[], second: readonly NameServer[]): readonly NameServer[] {
  const joined = new Map<string, NameServer>()
  for (const { name, servers } of [...first, ...second]) {
    const key = name ?? servers.map(showServer).join()
    const before = joined.get(key)?.servers ?? []
    const added = servers.filter((server) => !before.some((known) => showServer(known) === showServer(server)))
    joined.set(key, { name, servers: [...before, ...added] })
  }
  return [...joined.values()].slice(0, mostNameServers)
}

/** All addresses, both families near the front: a host may have but one of them. */
export function interleaved(nameServers: readonly NameServer[]): readonly Server[] {
  const all = nameServers.flatMap(({ servers }) => servers)
  const four = all.filter(({ address }) => addressFamily(address) === 4)
  const six = all.filter(({ address }) => addressFamily(address) === 6)
  const mixed: Server[] = []
  while (four.length > 0 || six.length > 0) mixed.push(...four.splice(0, 2), ...six.splice(0, 1))
  return mixed
}
