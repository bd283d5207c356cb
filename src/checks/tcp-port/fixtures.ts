import type { TcpAddressResult, TcpConnect, TcpStatus } from '../../facts/tcp-connect/index.js'
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

/** What the probe saw of 10.20.0.5, as far as a test cares. */
export function seen(status: TcpStatus | readonly [TcpStatus, ...TcpStatus[]], more: Partial<TcpAddressResult> = {}): TcpAddressResult {
  const possible: readonly [TcpStatus, ...TcpStatus[]] = typeof status === 'string' ? [status] : status
  return {
    address: '10.20.0.5',
    status: possible.length === 1 ? possible[0] : 'ambiguous',
    possible,
    answerMs: null,
    source: '10.10.0.11',
    icmp: null,
    errno: null,
    local: false,
    confirmed: true,
    limited: false,
    attempts: 1,
    detail: null,
    ...more,
  }
}

/** One target's value. */
export function value(first: TcpAddressResult, ...rest: readonly TcpAddressResult[]): TcpConnect {
  return { probe: 'python3', addresses: [first, ...rest] }
}
