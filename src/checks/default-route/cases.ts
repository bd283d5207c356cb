import type { Link, Links } from '../../facts/links/index.js'
import type { NextHop, Route, RouteTables } from '../../facts/routes/index.js'
import type { Rules } from '../../facts/rules/index.js'
import { nothingLearnt } from '../../lib/learnt.js'
import type { CheckContext, Finding } from '../../model/check.js'
import { defaultRoute } from './index.js'
import type { Spec } from './schema.js'

// What the tests of this room share.

const context = { host: { name: 'web1' } } as CheckContext

export const hop = (via: string | null, device: string, ...flags: readonly string[]): NextHop => ({
  via,
  interface: device,
  weight: 1,
  flags,
})

/** A route of table main, set by hand. */
export const to = (destination: string, nextHops: readonly NextHop[] | null, more: Partial<Route> = {}): Route => ({
  ...{ destination, types: ['unicast'], nextHops, metric: 0, table: 'main', protocol: 'boot', scope: 'global' },
  ...{ source: null, from: null, tos: null, ...more },
})

export const front = to('0.0.0.0/0', [hop('203.0.113.1', 'eth0')], { metric: 200 })
export const back = to('0.0.0.0/0', [hop('10.10.0.1', 'eth1')], { metric: 100 })

const connected = [
  to('203.0.113.0/24', [hop(null, 'eth0')], { protocol: 'kernel', scope: 'link' }),
  to('10.10.0.0/24', [hop(null, 'eth1')], { protocol: 'kernel', scope: 'link' }),
]

export const tables = (...routes: readonly Route[]): RouteTables => ({
  family: 'inet',
  tables: 'all',
  hides: [],
  routes: [...routes, ...connected],
})

export const tables6 = (...routes: readonly Route[]): RouteTables => ({ family: 'inet6', tables: 'all', hides: [], routes })

const link = (name: string, ...altNames: readonly string[]): Link => ({
  ...{ name, altNames, up: true, carrier: true, operState: 'up', mac: null, mtu: 1500, type: 'ethernet' },
  ...{ vlanId: null, parent: null, master: null, addresses: [] },
})

export const links: Links = { hides: [], links: [link('lo'), link('eth0', 'enp0s3', 'front'), link('eth1')] }
export const hidden: Links = { hides: ['alternative-names'], links: [link('lo'), link('eth0'), link('eth1')] }

export const evaluate = (spec: Spec, read: RouteTables, known?: Links, rules?: Rules): readonly Finding[] =>
  defaultRoute.evaluate(
    spec,
    { tables: read, ...(known === undefined ? {} : { links: known }), ...(rules === undefined ? {} : { rules }) },
    context,
    nothingLearnt,
  )

export const show = ({ verdict, subject, expected, actual, message }: Finding): string =>
  `${verdict} | ${subject} | ${expected} | ${actual}${message === '' ? '' : ` | ${message}`}`

/** A specification, the tables it is judged by, and the findings as `show` words them. */
export type Row = readonly [spec: Spec, tables: RouteTables, ...findings: readonly string[]]
