import { afterAll, beforeAll, expect, it } from 'vitest'
import { posixQuote } from '../../src/lib/quote.js'
import { labDescribe } from '../lab/describe.js'
import { type Lab, startLab } from '../lab/index.js'
import { complaints, prove, resultOf, verdicts, writeRunbook } from './in-lab.js'

const dual = ['alpine', 'centos7', 'rhel9', 'ubuntu16', 'ubuntu24']

labDescribe('configuration and what runs', () => {
  let lab: Lab
  let inventory: string
  beforeAll(async () => {
    lab = await startLab('distros')
    inventory = lab.inventory({ transport: 'exec' })
  })
  afterAll(() => lab?.stop())

  const run = (checks: readonly object[]) => prove(lab, [writeRunbook(lab, { checks }), '-i', inventory])

  it('is understood on every system, and is what runs', async () => {
    const { report } = await run([
      { id: 'same', on: dual, 'network-config': { 'matches-running': true } },
      {
        ...{ id: 'front', on: dual },
        'network-config': { interface: 'eth0', onboot: true, method: 'static', gateway: '203.0.113.1', defroute: true, routes: [] },
      },
      {
        ...{ id: 'back', on: dual },
        'network-config': {
          ...{ interface: 'eth1', onboot: true, method: 'static', defroute: false },
          routes: [
            { destination: '10.20.0.0/16', via: '10.10.0.1' },
            { destination: '10.30.0.0/16', via: '10.10.0.1' },
          ],
        },
      },
      { id: 'route', on: dual, route: { destination: '10.20.0.0/16', via: '10.10.0.1', interface: 'eth1', persistent: true } },
    ])
    const told = report.results.flatMap((result) => complaints(result).map((words) => `${result.host}: ${words}`))
    expect(told).toEqual([])
    expect(verdicts(report)).toEqual(dual.flatMap((host) => ['back', 'front', 'route', 'same'].map((id) => `${host}/${id}: pass`)))
  })

  it.each([
    {
      host: 'centos7',
      change: 'ip route del 10.20.0.0/16',
      undo: 'ip route add 10.20.0.0/16 via 10.10.0.1',
      told: [
        'network-config: route 10.20.0.0/16: expected after a reboot: 10.20.0.0/16 via 10.10.0.1 dev eth1, actual no such route. ' +
          '/etc/sysconfig/network-scripts/route-eth1:1 configures it, but it is not in the table: it comes back at the next boot.',
      ],
    },
    {
      host: 'ubuntu16',
      change: 'ip route add 10.40.0.0/16 via 10.10.0.1',
      undo: 'ip route del 10.40.0.0/16',
      told: [
        'network-config: route 10.40.0.0/16: expected after a reboot: gone, actual 10.10.0.1 dev eth1. It is set now but configured nowhere: it is gone after a reboot. ' +
          'Looked at: /etc/network/interfaces, /etc/network/interfaces.d/eth1. Write `up ip route add 10.40.0.0/16 via 10.10.0.1 dev eth1` under iface eth1 in /etc/network/interfaces.d/eth1.',
      ],
    },
    {
      host: 'rhel9',
      change: 'ip address add 10.10.0.99/24 dev eth1',
      undo: 'ip address del 10.10.0.99/24 dev eth1',
      told: [
        'network-config: address 10.10.0.99/24 on eth1: expected after a reboot: gone, actual set. 10.10.0.99/24 is set now but configured nowhere: it is gone after a reboot. ' +
          'eth1 is configured in /etc/NetworkManager/system-connections/eth1.nmconnection:1.',
      ],
    },
    {
      host: 'ubuntu24',
      change: 'ip route replace default via 203.0.113.254',
      undo: 'ip route replace default via 203.0.113.1',
      told: [
        'network-config: route default: expected after a reboot: default via 203.0.113.1 dev eth0, actual 203.0.113.254 dev eth0. It is another at the next boot: ' +
          '/etc/netplan/50-cloud-init.yaml:15 has default via 203.0.113.1 dev eth0.',
      ],
    },
  ])('tells what a reboot changes on $host after $change', async ({ host, change, undo, told }) => {
    const check = [{ id: 'same', on: host, 'network-config': { 'matches-running': true } }]
    await lab.sh(host, change)
    const during = await run(check)
    await lab.sh(host, undo)
    const after = await run(check)
    expect(complaints(resultOf(during.report, 'same'))).toEqual(told)
    expect(during.exitCode).toBe(1)
    expect(verdicts(after.report)).toEqual([`${host}/same: pass`])
  })

  it('misses a route whose line is taken out, though it runs, and finds it again', async () => {
    const check = [
      { id: 'stays', on: 'ubuntu16', route: { destination: '10.30.0.0/16', via: '10.10.0.1', persistent: true } },
      { id: 'bare', on: 'ubuntu16', route: { destination: '10.30.0.0/16', persistent: true } },
    ]
    await lab.sh(
      'ubuntu16',
      'cp /etc/network/interfaces.d/eth1 /run/eth1 && sed -i "/up route add -net 10.30/d" /etc/network/interfaces.d/eth1',
    )
    const during = await run(check)
    await lab.sh('ubuntu16', 'cp /run/eth1 /etc/network/interfaces.d/eth1')
    const after = await run(check)
    const told = [
      'route 10.30.0.0/16: persistent: expected configured, actual not configured. It is gone after a reboot. Looked at: /etc/network/interfaces, /etc/network/interfaces.d/eth1. ' +
        'Write `up ip route add 10.30.0.0/16 via 10.10.0.1 dev eth1` under iface eth1 in /etc/network/interfaces.d/eth1.',
    ]
    expect(complaints(resultOf(during.report, 'stays'))).toEqual(told)
    expect(complaints(resultOf(during.report, 'bare'))).toEqual(told)
    expect(verdicts(after.report)).toEqual(['ubuntu16/bare: pass', 'ubuntu16/stays: pass'])
  })

  it('follows policy rules', async () => {
    const check = [{ id: 'same', on: ['ubuntu16', 'rhel9', 'ubuntu24'], 'network-config': { 'matches-running': true } }]
    await lab.sh('rhel9', 'ip rule add from 10.10.0.12 table 100')
    await lab.sh('ubuntu24', 'ip -6 rule add to 2001:db8:7::/48 blackhole')
    await lab.sh('ubuntu16', 'echo "    up ip rule add from 10.10.0.13 table 100 priority 900" >> /etc/network/interfaces.d/eth1')
    const missing = await run(check)
    await lab.sh('ubuntu16', 'ip rule add from 10.10.0.13 table 100 priority 900')
    const applied = await run(check)
    await lab.sh('rhel9', 'ip rule del from 10.10.0.12 table 100')
    await lab.sh('ubuntu24', 'ip -6 rule del to 2001:db8:7::/48 blackhole')
    await lab.sh('ubuntu16', 'ip rule del priority 900; sed -i "/rule add/d" /etc/network/interfaces.d/eth1')
    const told = missing.report.results.map((result) => complaints(result).map((words) => words.replace(/ Looked at.*/, '')))
    const goes = 'It is set now but configured nowhere: it is gone after a reboot, and with it the way of what it is about.'
    expect(told.flat()).toEqual([
      'network-config: rule from 10.10.0.13/32: expected after a reboot: ip rule add from 10.10.0.13 table 100 priority 900, actual no such rule. ' +
        '/etc/network/interfaces.d/eth1:9 configures it, but there is no such rule: it comes back at the next boot. Look at `ip rule`.',
      `network-config: rule from 10.10.0.12/32: expected after a reboot: gone, actual 32765: from 10.10.0.12/32 lookup 100. ${goes}`,
      `network-config: rule from all to 2001:db8:7::/48 (IPv6): expected after a reboot: gone, actual 32765: from all to 2001:db8:7::/48 blackhole. ${goes}`,
    ])
    expect(verdicts(applied.report)).toEqual(['rhel9/same: fail', 'ubuntu16/same: pass', 'ubuntu24/same: fail'])
    expect(verdicts((await run(check)).report)).toEqual(['rhel9/same: pass', 'ubuntu16/same: pass', 'ubuntu24/same: pass'])
  })

  it('sees that a route would have another source address', async () => {
    const check = [{ id: 'same', on: 'ubuntu16', 'network-config': { 'matches-running': true } }]
    await lab.sh(
      'ubuntu16',
      `ip route replace 10.20.0.0/16 via 10.10.0.1 src $(ip -4 -o address show eth0 | awk '{ sub("/.*", "", $4); print $4 }')`,
    )
    const during = await run(check)
    await lab.sh('ubuntu16', 'ip route replace 10.20.0.0/16 via 10.10.0.1')
    expect(complaints(resultOf(during.report, 'same'))).toEqual([expect.stringContaining('It is another at the next boot')])
    expect(verdicts((await run(check)).report)).toEqual(['ubuntu16/same: pass'])
  })

  it('does not count a keyfile that NetworkManager refuses', async () => {
    const check = [{ id: 'same', on: 'rhel9', 'network-config': { 'matches-running': true } }]
    await lab.sh('rhel9', 'chmod 644 /etc/NetworkManager/system-connections/eth1.nmconnection')
    const during = await run(check)
    await lab.sh('rhel9', 'chmod 600 /etc/NetworkManager/system-connections/eth1.nmconnection')
    expect(complaints(resultOf(during.report, 'same'))).toEqual([
      'network-config: matches running: expected the same after a reboot, actual no difference in what is understood. ' +
        '/etc/NetworkManager/system-connections/eth1.nmconnection is not understood (NetworkManager does not read it, as others than root have permissions for it): ' +
        'chmod 600 /etc/NetworkManager/system-connections/eth1.nmconnection.',
    ])
    expect(verdicts((await run(check)).report)).toEqual(['rhel9/same: pass'])
  })

  it('does not guess what a script does', async () => {
    const check = [{ id: 'same', on: 'alpine', 'network-config': { 'matches-running': true } }]
    await lab.sh('alpine', 'echo "	up /usr/local/sbin/routes" >> /etc/network/interfaces')
    const during = await run(check)
    await lab.sh('alpine', 'sed -i "/routes/d" /etc/network/interfaces')
    expect(complaints(resultOf(during.report, 'same'))).toEqual([
      'network-config: matches running: expected the same after a reboot, actual no difference in what is understood. ' +
        '/etc/network/interfaces:14 is not understood (a command that is not understood): up /usr/local/sbin/routes.',
    ])
    expect(verdicts((await run(check)).report)).toEqual(['alpine/same: pass'])
  })

  it.each([
    {
      host: 'centos7',
      file: '/etc/rc.d/rc.local',
      text: '#!/bin/sh\ntouch /var/lock/subsys/local\nip route add 10.40.0.0/16 via 10.10.0.1\n',
      seen: '/etc/rc.d/rc.local:3 is not understood (a script that runs at boot beside the configuration): ip route add 10.40.0.0/16 via 10.10.0.1.',
    },
    {
      host: 'ubuntu16',
      file: '/etc/network/if-up.d/routes',
      text: '#!/bin/sh\n. /etc/default/routes\n[ "$IFACE" = eth1 ] && $IP route add 10.40.0.0/16 via $GATEWAY || true\n',
      seen: '/etc/network/if-up.d/routes:3 is not understood (a script that runs at boot beside the configuration): $IP route add 10.40.0.0/16 via $GATEWAY.',
    },
    {
      host: 'rhel9',
      file: '/etc/NetworkManager/dispatcher.d/30-routes',
      text: "#!/usr/bin/python3\nimport subprocess\nsubprocess.run(['ip', '-4', 'route', 'add', '10.40.0.0/16', 'via', '10.10.0.1'])\n",
      seen: '/etc/NetworkManager/dispatcher.d/30-routes:3 is not understood (a script that runs at boot beside the configuration): ip -4 route add 10.40.0.0/16 via 10.10.0.1.',
    },
    {
      host: 'alpine',
      file: '/etc/local.d/routes.start',
      text: '#!/bin/sh\n/etc/more-routes start\n',
      seen: '/etc/more-routes:2 is not understood (a script that runs at boot beside the configuration): ip ro a 10.40.0.0/16 via 10.10.0.1.',
    },
  ])('calls a route that $file may set on $host neither lost nor kept', async ({ host, file, text, seen }) => {
    const checks = [
      { id: 'same', on: host, 'network-config': { 'matches-running': true } },
      { id: 'stays', on: host, route: { destination: '10.40.0.0/16', via: '10.10.0.1', persistent: true } },
    ]
    const folder = file.replace(/\/[^/]*$/, '')
    await lab.sh(
      host,
      `mkdir -p ${folder} && printf '#!/bin/sh\nip ro a 10.40.0.0/16 via 10.10.0.1\n' > /etc/more-routes && chmod +x /etc/more-routes`,
    )
    await lab.sh(host, `printf %s ${posixQuote(text)} > ${file}; ip route add 10.40.0.0/16 via 10.10.0.1`)
    const idle = await run(checks)
    await lab.sh(host, `chmod +x ${file}`)
    const { report } = await run(checks)
    await lab.sh(host, `rm -f ${file} /etc/more-routes; ip route del 10.40.0.0/16`)
    expect(verdicts(idle.report)).toEqual([`${host}/same: fail`, `${host}/stays: fail`])
    expect(complaints(resultOf(report, 'same'))[0]).toContain(
      `actual 10.10.0.1 dev eth1. It is set now but configured nowhere: it is gone after a reboot.`,
    )
    expect(complaints(resultOf(report, 'same'))[0]).toContain(`But ${seen}`)
    expect(complaints(resultOf(report, 'stays'))).toEqual([
      `route 10.40.0.0/16: persistent: expected configured, actual not in what is understood. ${seen}`,
    ])
    expect(verdicts(report)).toEqual([`${host}/same: error`, `${host}/stays: error`])
  })
})
