import { readFileSync } from 'node:fs'
import type { Links } from '../../facts/links/index.js'
import type { RouteTables } from '../../facts/routes/index.js'
import { nothingLearnt } from '../../lib/learnt.js'
import type { CheckContext, Finding } from '../../model/check.js'
import { route } from './index.js'
import type { Spec } from './schema.js'

// What the tests of this room share.

const context = { host: { name: 'web1' } } as CheckContext

/** What `ip -j` showed of a real host: see the recordings of the fact. */
const recorded = <Value = RouteTables>(file: string, fact = 'routes'): Value =>
  JSON.parse(readFileSync(new URL(`../../facts/${fact}/fixtures/${file}.expected.json`, import.meta.url), 'utf8')) as Value

export const inet = recorded('ip-j.inet.debian12')
export const inet6 = recorded('ip-j.inet6.debian12')
export const linkDown = recorded('ip-j.inet.debian12-link-down')
export const procInet = recorded('proc.inet.debian12')
export const procInet6 = recorded('proc.inet6.debian12')
export const busyBox = recorded('busybox-ip.inet.debian12')

/** With eth0, which goes by front-end-of-the-house too, and eth1. */
export const links = recorded<Links>('ip-j-d.debian12', 'links')
/** The same, which hide that name. */
export const busyBoxLinks = recorded<Links>('busybox-ip.debian12', 'links')

export const evaluate = (spec: Spec, tables: RouteTables, known?: Links): readonly Finding[] =>
  route.evaluate(spec, known === undefined ? { tables } : { tables, links: known }, context, nothingLearnt)

/** A specification, the tables it is judged by, and the findings as `show` words them. */
export type Row = readonly [spec: Spec, tables: RouteTables, ...findings: readonly string[]]
export const show = ({ subject, expected, actual, message }: Finding): string =>
  `${subject} | ${expected} | ${actual}${message === '' ? '' : ` | ${message}`}`

export const name = ([spec]: Row): string => JSON.stringify(spec)
