import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hostBatch, namespaceBatch, switchBatch } from './batches.js'
import { fleet } from './fleet.js'
import { planLab } from './plan.js'
import { serviceLines } from './services.js'
import { checkTopology, loadTopology } from './topology.js'

const names = readdirSync(join(import.meta.dirname, 'topologies')).map((file) => file.replace(/\.yaml$/, ''))

describe('topologies', () => {
  it.each(names)('%s can be read and planned', (name) => {
    expect(planLab(loadTopology(name), 'np1xabcdef', '/nowhere').hosts.length).toBeGreaterThan(1)
  })

  it.each([
    [{ hosts: { a: { lan: {} } } }, '/hosts/a must NOT have additional properties {"additionalProperty":"lan"}'],
    [{ hosts: { 'A B': {} } }, '/hosts must match pattern "^[a-z][a-z0-9-]{0,30}$"'],
    [{ hosts: { a: { services: [{ address: '::' }] } } }, "/hosts/a/services/0 must have required property 'tcp'"],
    [{ hosts: { a: {} }, routers: { a: {} } }, 'x: more than one machine is called a'],
    [null, 'x is not a topology:\n  / must be object'],
  ])('%j is refused', (topology, message) => {
    expect(() => checkTopology(topology, 'x')).toThrow(message)
  })
})

describe('plans', () => {
  const plan = planLab(
    {
      hosts: {
        a: { lans: { x: { address: '192.0.2.1/24' }, y: { address: ['10.0.0.1/8', '2001:db8::1/64'], dev: 'data' } } },
        switch: {
          lans: { x: {} },
          routes: [
            { to: 'default', via: '2001:db8::1' },
            { to: 'default', dev: 'eth0' },
          ],
        },
      },
    },
    'np1xabcdef',
    '/lab',
  )

  it('keep the switch apart from a host of that name', () => {
    expect(namespaceBatch(plan)).toEqual(['netns add np1xabcdef-switch.', 'netns add np1xabcdef-a', 'netns add np1xabcdef-switch'])
  })

  it('cable every interface to the bridge of its LAN', () => {
    expect(switchBatch(plan)).toEqual([
      'link add br-x up type bridge mcast_snooping 0',
      'link add br-y up type bridge mcast_snooping 0',
      'link add port0 type veth peer name eth0 netns np1xabcdef-a',
      'link set port0 master br-x up',
      'link add port1 type veth peer name data netns np1xabcdef-a',
      'link set port1 master br-y up',
      'link add port2 type veth peer name eth0 netns np1xabcdef-switch',
      'link set port2 master br-x up',
    ])
  })

  it('give hosts their addresses and routes, default routes in the family of their gateway', () => {
    expect(plan.hosts.map(hostBatch)).toEqual([
      [
        'link set lo up',
        'address add 192.0.2.1/24 dev eth0',
        'link set eth0 up',
        'address add 10.0.0.1/8 dev data',
        'address add 2001:db8::1/64 dev data nodad',
        'link set data up',
      ],
      ['link set lo up', 'link set eth0 up', 'route add unicast ::/0 via 2001:db8::1', 'route add unicast default dev eth0'],
    ])
  })
})

describe('services', () => {
  it('expand ranges of ports', () => {
    expect(
      serviceLines([
        { tcp: '7-8', say: 'hi\n', after: 'close' },
        { udp: 53, process: 'named', address: '::', v6only: true },
      ]),
    ).toEqual([
      'lab-service\t\ttcp\t0.0.0.0\t7\t0\t128\tclose\t68690a',
      'lab-service\t\ttcp\t0.0.0.0\t8\t0\t128\tclose\t68690a',
      'named\t\tudp\t::\t53\t1\t128\thold\t',
    ])
  })

  it.each(['0', '9-8', '1-65536', 'http', ''])('refuse %j', (tcp) => {
    expect(() => serviceLines([{ tcp }])).toThrow(`not a port or a range of ports: ${tcp}`)
  })
})

describe('fleet', () => {
  it('is one host around which all others stand', () => {
    const topology = fleet(20)
    expect(Object.keys(topology.hosts)).toHaveLength(21)
    expect(topology.hosts.h20?.routes).toHaveLength(50)
    expect(checkTopology(topology, 'fleet')).toBe(topology)
  })

  it('has a size', () => {
    expect(() => fleet(0)).toThrow('a fleet has 1 to 200 hosts, not 0')
  })
})
