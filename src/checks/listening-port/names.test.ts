import { describe, expect, test } from 'vitest'
import type { Links } from '../../facts/links/index.js'
import type { Listener } from '../../facts/listeners/index.js'
import { nothingLearnt } from '../../lib/learnt.js'
import type { CheckContext, Finding } from '../../model/check.js'
import { listeningPort } from './index.js'
import type { Spec } from './schema.js'

const context = { host: { name: 'web1', become: 'none', ssh: {} } } as CheckContext
const link = (name: string, ...altNames: readonly string[]): Links['links'][number] => ({
  ...{ name, altNames, up: true, carrier: true, operState: 'up', mac: null, mtu: 1500, type: 'ethernet' },
  ...{ vlanId: null, parent: null, master: null, addresses: [] },
})
const links: Links = { hides: [], links: [link('lo'), link('eth0', 'enp0s3'), link('mgmt')] }
const hidden: Links = { hides: ['alternative-names'], links: [link('lo'), link('eth0'), link('mgmt')] }
const onEth0: Listener = {
  ...{ protocol: 'tcp', family: 4, address: '0.0.0.0', port: 22, interface: 'eth0' },
  ...{ interfaceShown: true, v6only: null, processes: null, uid: 0 },
}
const show = ({ verdict, subject, expected, actual, message }: Finding): string =>
  `${verdict} | ${subject} | ${expected} | ${actual}${message === '' ? '' : ` | ${message}`}`

describe('names of interfaces', () => {
  const typo = 'The host has no interface mgnt. Did you mean mgmt? There are: lo, eth0, mgmt.'
  const hides = 'The host shows no interface enp0s3. There are: lo, eth0, mgmt. Alternative names of interfaces are not shown by this host.'
  const on = (zone: string, absent = false): Spec => ({ port: 22, address: `10.0.0.1%${zone}`, ...(absent ? { absent } : {}) })

  test.each<readonly [Spec, Links, RegExp | string]>([
    [on('enp0s3'), links, /^pass /],
    [on('enp0s3', true), links, /^fail /],
    [on('mgmt', true), links, /^pass /],
    [on('mgnt'), links, `fail | listening-port 22/tcp | listening on 10.0.0.1 through mgnt | no such interface | ${typo}`],
    [
      on('mgnt', true),
      links,
      `error | listening-port 22/tcp | nothing listening on 10.0.0.1 through mgnt | no such interface | ${typo} Absence from it proves nothing.`,
    ],
    [on('enp0s3'), hidden, `error | listening-port 22/tcp | listening on 10.0.0.1 through enp0s3 | no such interface | ${hides}`],
  ])('%j', (spec, known, finding) => {
    const found = listeningPort.evaluate(spec, { listeners: [onEth0], links: known, users: [] }, context, nothingLearnt).map(show)
    expect(found).toEqual([typeof finding === 'string' ? finding : expect.stringMatching(finding)])
  })

  test('are asked for only where one is named', () => {
    const facts = (spec: Spec): readonly string[] =>
      Object.values(listeningPort.needs(spec, context)).flatMap((wish) => [wish].flat().map(({ fact }) => fact))
    expect(facts({ port: 22, address: '10.0.0.1' })).toEqual(['listeners'])
    expect(facts(on('mgmt'))).toEqual(['listeners', 'links'])
  })
})
