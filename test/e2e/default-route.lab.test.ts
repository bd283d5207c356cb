import { afterAll, beforeAll, expect, it } from 'vitest'
import { labDescribe } from '../lab/describe.js'
import { type Lab, startLab } from '../lab/index.js'
import { complaints, prove, resultOf, verdicts, writeRunbook } from './in-lab.js'

labDescribe('default routes that change', () => {
  let lab: Lab
  let inventory: string
  beforeAll(async () => {
    lab = await startLab('web-db')
    inventory = lab.inventory({ transport: 'exec' })
  })
  afterAll(() => lab?.stop())

  const check = { via: '203.0.113.1', interface: 'eth0' }
  const proof = (spec: object) =>
    prove(lab, [writeRunbook(lab, { checks: [{ id: 'it', on: 'web1', 'default-route': spec }] }), '-i', inventory])

  const mistake =
    'Two default gateways, on eth1 and eth0: the classic mistake on a host with several networks. The one via 10.10.0.1 dev eth1 metric 100 wins: it has the lowest metric. ' +
    'What comes in by eth0 from beyond 203.0.113.0/24 is answered by eth1: stateful firewalls drop such replies, and strict rp_filter drops the requests. ' +
    'Keep the one via 203.0.113.1 dev eth0 alone, and reach the networks behind the other by routes of their own, such as `ip route add NETWORK via 10.10.0.1 dev eth1`. ' +
    'The one via 10.10.0.1 dev eth1 is to go. It comes from DHCP. ' +
    'To last, do the same in the network configuration: no gateway and no default route from DHCP at the back end, but these routes; the check `network-config` proves it. ' +
    'Look at `ip route show default table all`.'

  it.each([
    {
      name: 'a second default gateway with a lower metric',
      spec: check,
      change: 'ip route add default via 10.10.0.1 metric 100 proto dhcp',
      undo: 'ip route del default via 10.10.0.1 metric 100',
      told: [
        `default-route: count: expected 1, actual 2: 10.10.0.1 dev eth1 metric 100; 203.0.113.1 dev eth0 metric 200. ${mistake}`,
        'default-route: via: expected 203.0.113.1 dev eth0, actual 10.10.0.1 dev eth1 metric 100. There is one via 203.0.113.1 dev eth0 too: its metric is 200, and the lower metric wins.',
      ],
    },
    {
      name: 'no default gateway at all',
      spec: {},
      change: 'ip route del default via 203.0.113.1 metric 200',
      undo: 'ip route add default via 203.0.113.1 metric 200',
      told: [
        'default-route: count: expected 1, actual 0. Table main has no way to other networks. A default route goes when its interface does: ' +
          'look at `ip route show default table all` and `ip link`, then at the gateway in the network configuration or the DHCP lease.',
      ],
    },
    {
      name: 'a blackhole that comes first',
      spec: {},
      change: 'ip route add blackhole default metric 5',
      undo: 'ip route del blackhole default metric 5',
      told: [
        'default-route: type: expected a route that leads somewhere, actual blackhole metric 5. ' +
          'It has the lowest metric, so that traffic is turned away in spite of the gateways behind it. It was set by hand or by a script (protocol boot).',
      ],
    },
    {
      name: 'another name for its interface, which is the one that must not be',
      spec: { interface: { not: 'enp0s3' } },
      change: 'ip link property add dev eth0 altname enp0s3',
      undo: 'ip link property del dev eth0 altname enp0s3',
      told: [
        'default-route: interface: expected not enp0s3, actual 203.0.113.1 dev eth0 metric 200. enp0s3 is another name of eth0. ' +
          'It was set by hand or by a script (protocol boot).',
      ],
    },
    {
      name: 'a default route through the back end in a table of its own',
      spec: { table: 77, absent: true },
      change: 'ip route add default via 10.10.0.1 table 77',
      undo: 'ip route del default via 10.10.0.1 table 77',
      told: [
        'default-route table 77: expected no default route, actual 10.10.0.1 dev eth1. The default route is there. It was set by hand or by a script (protocol boot). ' +
          'Take the gateway out of the network configuration of that interface, or the default route out of what DHCP may set.',
      ],
    },
  ])('$name fails the check, and its end lets it pass again', { timeout: 60_000 }, async ({ spec, change, undo, told }) => {
    const before = await proof(spec)
    await lab.sh('web1', change)
    const during = await proof(spec).finally(() => lab.sh('web1', undo))
    const after = await proof(spec)
    expect(complaints(resultOf(during.report, 'it'))).toEqual(told)
    expect([before.exitCode, during.exitCode, after.exitCode]).toEqual([0, 1, 0])
  })

  it('policy routing is no mistake', { timeout: 60_000 }, async () => {
    await lab.sh('web1', 'ip route add default via 10.10.0.1 table 78; ip rule add from 10.10.0.11 lookup 78')
    const { report } = await proof(check).finally(() => lab.sh('web1', 'ip rule del from 10.10.0.11 lookup 78; ip route flush table 78'))
    expect(verdicts(report)).toEqual(['web1/it: pass'])
    expect(resultOf(report, 'it').findings.map(({ message }) => message)).toEqual(['', ''])
  })

  it('says so where a rule leads traffic past it', { timeout: 60_000 }, async () => {
    await lab.sh('web1', 'ip route add default dev eth1 table 78; ip rule add not fwmark 0x1 lookup 78 pref 100')
    const { report } = await proof(check).finally(() =>
      lab.sh('web1', 'ip rule del not fwmark 0x1 lookup 78 pref 100; ip route flush table 78'),
    )
    expect(verdicts(report)).toEqual(['web1/it: pass'])
    expect(resultOf(report, 'it').findings[0]?.message).toBe(
      'Hardly any traffic takes it: the rule `100: from all not fwmark 0x1 lookup 78` comes before table main and leads to dev eth1, as VPN clients set it.',
    )
  })
})
