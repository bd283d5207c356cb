import { afterAll, beforeAll, expect, it } from 'vitest'
import { labDescribe } from '../lab/describe.js'
import { type Lab, startLab } from '../lab/index.js'
import { complaints, type Proof, prove, resultOf, writeRunbook } from './in-lab.js'

labDescribe('neighbours that change', () => {
  let lab: Lab
  let inventory: string
  beforeAll(async () => {
    lab = await startLab({
      hosts: {
        web1: { lans: { front: { address: ['203.0.113.11/24'] } }, routes: [{ to: 'default', via: '203.0.113.1' }], ssh: true },
        web2: { lans: { front: { address: ['203.0.113.12/24'] } } },
      },
      routers: { edge1: { lans: { front: { address: ['203.0.113.1/24'] } } } },
    })
    inventory = lab.inventory({ transport: 'exec' })
    await lab.sh('edge1', 'ip link set eth0 address 02:00:00:00:00:01')
    await lab.sh('web2', 'ip link set eth0 address 02:00:00:00:00:02')
  })
  afterAll(() => lab?.stop())

  const proof = (spec: object): Promise<Proof> =>
    prove({ ...lab, netproof: (_, args, options) => lab.netproof('web1', args, options) }, [
      writeRunbook(lab, { checks: [{ id: 'it', on: 'web1', neighbor: spec }] }),
      ...['-i', inventory],
    ])
  const gateway = 'neighbor 203.0.113.1 dev eth0 (gateway)'
  const lookThere =
    'Look at the neighbour itself, at `ip -s link show eth0`, and at the port of the switch; `arping -I eth0 203.0.113.1` asks again.'

  it.each([
    {
      name: 'a gateway that goes down',
      spec: { gateway: true, resolved: true },
      where: 'edge1',
      change: 'ip link set eth0 down',
      undo: 'ip link set eth0 up',
      told: [
        `${gateway}: resolved: expected its MAC address is known, actual no answer to 3 requests on eth0 (before: stale, 02:00:00:00:00:01). Nobody has that address any more, and the host sends to 02:00:00:00:00:01 until it notices: the neighbour is down, or in another VLAN. ${lookThere}`,
      ],
    },
    {
      name: 'another box that takes over the address of the gateway',
      spec: { gateway: true, mac: '02-00-00-00-00-01' },
      where: 'edge1',
      change: 'ip link set eth0 address 00:00:5e:00:01:07',
      undo: 'ip link set eth0 address 02:00:00:00:00:01',
      told: [
        `${gateway}: mac: expected 02:00:00:00:00:01, actual 00:00:5e:00:01:07 (VRRP, group 7). The table of the host still has stale, 02:00:00:00:00:01. Another device has that address: a new network card, a failover to another router, a double address, or somebody who pretends to be it.`,
      ],
    },
    {
      name: 'a second host with the address of the gateway',
      spec: { address: '203.0.113.1', duplicates: 'none' },
      where: 'web2',
      change: 'ip address add 203.0.113.1/24 dev eth0',
      undo: 'ip address del 203.0.113.1/24 dev eth0',
      told: [
        'neighbor 203.0.113.1: duplicates: expected one MAC address answers for it, actual 02:00:00:00:00:01 and 02:00:00:00:00:02 on eth0. Two answer for 203.0.113.1: traffic goes to whichever answered last, and connections hang or break at random. Find them by their MAC addresses in the tables of the switch (`show mac address-table`). A router that answers for others (proxy_arp) looks the same.',
      ],
    },
    {
      name: 'a second host with our own address',
      spec: { address: '203.0.113.11', duplicates: 'none' },
      where: 'web2',
      change: 'ip address add 203.0.113.11/24 dev eth0',
      undo: 'ip address del 203.0.113.11/24 dev eth0',
      told: [
        'neighbor 203.0.113.11: duplicates: expected nobody else answers for it, actual 02:00:00:00:00:02 on eth0. One other than this host answers for 203.0.113.11: traffic goes to whichever answered last, and connections hang or break at random. Find them by their MAC addresses in the tables of the switch (`show mac address-table`). A router that answers for others (proxy_arp) looks the same.',
      ],
    },
    {
      name: 'a neighbour that somebody set by hand',
      spec: { address: '203.0.113.77', absent: true },
      where: 'web1',
      change: 'ip neigh add 203.0.113.77 lladdr 02:00:00:00:00:77 dev eth0',
      undo: 'ip neigh del 203.0.113.77 dev eth0',
      told: [
        'neighbor 203.0.113.77: expected not known to this host, actual permanent, 02:00:00:00:00:77 on eth0. It was there when this host sent to it last, or somebody set it. `ip neigh del 203.0.113.77 dev eth0` forgets it; it comes back when something is sent and it answers.',
      ],
    },
  ])('$name fails the check, and its end lets it pass again', { timeout: 60_000 }, async ({ spec, where, change, undo, told }) => {
    // What the host remembers is old: who answers now is to count.
    const forget = (): Promise<string> => lab.sh('web1', 'ip neigh replace 203.0.113.1 lladdr 02:00:00:00:00:01 dev eth0 nud stale')
    await forget()
    const before = await proof(spec)
    await forget()
    await lab.sh(where, change)
    const during = await proof(spec).finally(() => lab.sh(where, undo))
    await forget()
    const after = await proof(spec)
    const found = complaints(resultOf(during.report, 'it')).map((line) =>
      line.replace('02:00:00:00:00:02 and 02:00:00:00:00:01', '02:00:00:00:00:01 and 02:00:00:00:00:02'),
    )
    expect(found).toEqual(told)
    expect([before.exitCode, during.exitCode, after.exitCode]).toEqual([0, 1, 0])
  })

  it('what another interface of a host answers for is a neighbour only where a route says so', { timeout: 60_000 }, async () => {
    const spec = { address: '192.0.2.3', interface: 'eth0', resolved: true }
    await lab.sh('edge1', 'ip address add 192.0.2.3/32 dev lo')
    const before = await proof(spec)
    await lab.sh('web1', 'ip route add 192.0.2.3 dev eth0')
    const during = await proof(spec).finally(() => lab.sh('web1', 'ip route del 192.0.2.3 dev eth0'))
    await lab.sh('edge1', 'ip address del 192.0.2.3/32 dev lo')
    expect(complaints(resultOf(before.report, 'it'))).toEqual([
      'neighbor 192.0.2.3 dev eth0: resolved: expected its MAC address is known, actual no entry. 192.0.2.3 is in none of the networks of eth0 (203.0.113.0/24 on eth0): packets to it go through a gateway, and it can have no entry. Is the prefix length right? Look at `ip route get 192.0.2.3`.',
    ])
    expect([before.exitCode, during.exitCode]).toEqual([1, 0])
  })

  it('an interface goes by its other name, too, and one that is not there proves nothing', { timeout: 60_000 }, async () => {
    await lab.sh('web1', 'ip neigh add 203.0.113.77 lladdr 02:00:00:00:00:77 dev eth0; ip link property add dev eth0 altname enp0s3')
    const known = await proof({ address: '203.0.113.77', interface: 'enp0s3', absent: true })
    const free = await proof({ address: '203.0.113.78', interface: 'enp0s3', absent: true })
    const typo = await proof({ address: '203.0.113.77', interface: 'enp0s4', absent: true })
    await lab.sh('web1', 'ip neigh del 203.0.113.77 dev eth0; ip link property del dev eth0 altname enp0s3')
    expect([known.exitCode, free.exitCode, typo.exitCode]).toEqual([1, 0, 2])
  })
})
