import type { PingAddress, PingError, PingReply } from '../../facts/ping/index.js'
import type { CheckContext } from '../../model/check.js'
import type { Host } from '../../model/inventory.js'

/** For tests: a host as inventories make it. */
const host = (name: string, address: string): Host => ({
  name,
  address,
  platform: 'linux',
  transport: 'ssh',
  ssh: {},
  become: 'none',
  groups: [],
  vars: {},
})

const web1 = host('web1', '10.10.0.11')
const hosts = [web1, host('db1', '10.20.0.5'), host('db2', 'db2.internal'), host('db6', 'fd00:20::5')]

/** The view of web1: db1, db2 and db6 are in the inventory, and the router core1. */
export const context: CheckContext = {
  host: web1,
  inventory: {
    hosts: new Map(hosts.map((each) => [each.name, each])),
    groups: new Map(),
    routers: { core1: ['10.10.0.1', '10.20.0.1'] },
    resolvers: new Map(),
  },
  timeoutMs: 10_000,
}

/** Replies with these times, in order; null for a request that got none. */
export const replied = (...times: readonly (number | null)[]): readonly PingReply[] =>
  times.flatMap((rttMs, sequence) => (rttMs === null ? [] : [{ sequence, rttMs, ttl: 63 }]))

/** The same ICMP error for so many requests. */
export const refused = (count: number, type: number, code: number, from: string | null, mtu: number | null = null): readonly PingError[] =>
  Array.from({ length: count }, (_, sequence) => ({ sequence, type, code, from, mtu }))

/** What the probe saw of 10.20.0.5, as far as a test cares. */
export const seen = (more: Partial<PingAddress> = {}): PingAddress => ({
  address: '10.20.0.5',
  source: '10.10.0.11',
  sent: 5,
  replies: [],
  duplicates: 0,
  errors: [],
  confirmed: true,
  problem: null,
  ...more,
})
