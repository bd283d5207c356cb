import type { Resolver } from '../../../model/inventory.js'
import { dnsPort } from '../resolver-words.js'
import type { NameServer } from './name-server.js'

/**
 * The root servers, where every delegation begins.
 * Source: https://www.internic.net/domain/named.root, version 2024041801 of 18 April 2024. IANA announces changes years ahead
 * (https://www.iana.org/domains/root/servers); an address that moved costs a question, as the others are asked too.
 */
const rootServers: Readonly<Record<string, readonly [v4: string, v6: string]>> = {
  a: ['198.41.0.4', '2001:503:ba3e::2:30'],
  b: ['170.247.170.2', '2801:1b8:10::b'],
  c: ['192.33.4.12', '2001:500:2::c'],
  d: ['199.7.91.13', '2001:500:2d::d'],
  e: ['192.203.230.10', '2001:500:a8::e'],
  f: ['192.5.5.241', '2001:500:2f::f'],
  g: ['192.112.36.4', '2001:500:12::d0d'],
  h: ['198.97.190.53', '2001:500:1::53'],
  i: ['192.36.148.17', '2001:7fe::53'],
  j: ['192.58.128.30', '2001:503:c27::2:30'],
  k: ['193.0.14.129', '2001:7fd::1'],
  l: ['199.7.83.42', '2001:500:9f::42'],
  m: ['202.12.27.33', '2001:dc3::35'],
}

/** The name under which an inventory has root servers of its own, such as those of a closed network. */
const rootResolver = 'root'

/** The servers of the root zone: those of the inventory's `root`, or of the Internet. */
export function rootsOf(resolvers: ReadonlyMap<string, Resolver>): readonly NameServer[] {
  const own = resolvers.get(rootResolver)
  if (own !== undefined) return [{ name: rootResolver, servers: own.addresses.map((address) => ({ address, port: own.port })) }]
  return Object.entries(rootServers).map(([letter, addresses]) => ({
    name: `${letter}.root-servers.net`,
    servers: addresses.map((address) => ({ address, port: dnsPort })),
  }))
}
