import { afterAll, beforeAll, expect, it } from 'vitest'
import { labDescribe } from '../../../test/lab/describe.js'
import { type Lab, startLab } from '../../../test/lab/index.js'
import { type NetworkConfig, networkConfig } from './index.js'

const source = networkConfig.sources.linux?.[0]
const script = source?.command([{}]).args ?? []

/** A line of a script, and what is told of it; null: nothing. */
const lines: readonly (readonly [line: string, told: string | null])[] = [
  ['ip route add 10.0.0.0/8 via 10.1.1.1; echo hi', 'routes ip route add 10.0.0.0/8 via 10.1.1.1'],
  ['[ "$1" = up ] && /sbin/ip -4 ro a 10.1.0.0/16 via 10.1.1.1 && exit 0', 'routes ip -4 ro a 10.1.0.0/16 via 10.1.1.1'],
  ['$IP route del default', 'routes $IP route del default'],
  ['IP=/sbin/ip; $IP ro a 10.0.0.0/8 dev eth0', 'routes $IP ro a 10.0.0.0/8 dev eth0'],
  ['ip r r 10.0.0.0/8 dev eth0', 'routes ip r r 10.0.0.0/8 dev eth0'],
  ['change() { ip route $1 10.0.0.0/8 dev eth0; }', 'routes ip route $1 10.0.0.0/8 dev eth0'],
  ['ip route $(echo add) 10.0.0.0/8 dev eth0', 'routes ip route $ echo add 10.0.0.0/8 dev eth0'],
  ['ip $what add 10.0.0.0/8 dev eth0', 'routes ip $what add 10.0.0.0/8 dev eth0'],
  ['ip route \\\n  add 10.0.0.0/8 dev eth0', 'routes ip route add 10.0.0.0/8 dev eth0'],
  ['ip route del 169.254.0.0/16; ip route add 10.0.0.0/8 dev eth0', 'routes ip route add 10.0.0.0/8 dev eth0'],
  ['nmcli -t device modify eth1 +ipv4.routes 10.0.0.0/8', 'routes nmcli -t device modify eth1 +ipv4.routes 10.0.0.0/8'],
  ['ip -6 route replace default via fe80::1 dev eth0', 'routes ip -6 route replace default via fe80::1 dev eth0'],
  ["run(['ip', '-f', 'inet', 'route', 'add', net])", 'routes ip -f inet route add net'],
  ['/sbin/route add -net 10.0.0.0 netmask 255.0.0.0 gw 10.1.1.1', 'routes route add -net 10.0.0.0 netmask 255.0.0.0 gw 10.1.1.1'],
  ['route -A inet6 add 2001:db8::/32 gw fe80::1 dev eth0', 'routes route -A inet6 add 2001:db8::/32 gw fe80::1 dev eth0'],
  ['ip route $ACTION 10.0.0.0/8 dev eth0', 'routes ip route $ACTION 10.0.0.0/8 dev eth0'],
  ['ip -batch /run/routes', 'routes ip -batch /run/routes'],
  ['ip rule add from 192.0.2.1 table 5', 'routes ip rule add from 192.0.2.1 table 5'],
  ['echo now && ip rule del from 192.0.2.1', 'routes ip rule del from 192.0.2.1'],
  ['ip a add 10.9.9.9/24 dev eth0', 'addresses ip a add 10.9.9.9/24 dev eth0'],
  ['ip address flush dev eth1 | true', 'addresses ip address flush dev eth1'],
  ['ifconfig eth0:1 10.1.1.1 up', 'addresses ifconfig eth0:1 10.1.1.1 up'],
  ['ifconfig eth1 inet6 add fd00::1/64', 'addresses ifconfig eth1 inet6 add fd00::1/64'],
  ['ip netns exec x ip addr add 10.1.1.1/32 dev lo', 'addresses ip addr add 10.1.1.1/32 dev lo'],
  ['# ip route add 10.0.0.0/8 via 10.1.1.1', null],
  ['ip route show; ip r; ip ro get 192.0.2.1; ip rule list; ip -s ro', null],
  ['ip addr show dev eth0; ip a; ip a s dev eth0; ip -4 -o addr', null],
  ['ip link add link eth0 name eth0.5 type vlan id 5; ip link set eth0 address 02:00:00:00:00:01', null],
  ['route -n | grep add', null],
  ['ifconfig eth0 up; ifconfig -a', null],
  ['echo route add failed', null],
  ['ip route add 169.254.0.0/16 dev $IFACE metric 1000 scope link', null],
  ['# a comment \\\nip route show', null],
  ['$IP route show; ip $what show; nmcli device show', null],
  ['ip link set $IFACE address $MAC', null],
  ['iptables -t nat -A POSTROUTING -j MASQUERADE', null],
]

labDescribe('scripts that run beside the configuration', () => {
  let lab: Lab
  beforeAll(async () => {
    const each = lines.map(([line], index) => [`etc/network/if-up.d/${String(index).padStart(2, '0')}`, `#!/bin/sh\n${line}\n`])
    const route = 'ip route add 10.0.0.0/8 via 10.1.1.1'
    lab = await startLab({
      hosts: {
        lines: { lans: {}, root: { 'etc/network/interfaces': 'auto lo\n', ...Object.fromEntries(each) } },
        places: {
          lans: {},
          root: {
            'etc/network/if-up.d/call': '#!/bin/sh\nexec "/etc/net/first" up\n',
            'etc/net/first': `#!/bin/sh\n/etc/net/second\n${route}\n`,
            'etc/net/sourced': `${route} dev sourced\n`,
            'etc/net/interpreted': `#!/bin/sh\n${route} dev interpreted\n`,
            'etc/network/if-up.d/calls':
              '#!/bin/sh\n. /etc/net/sourced\nA=`sh /etc/net/interpreted>/dev/null`\ncat /etc/network/interfaces /etc/net/elf\n',
            'etc/net/elf': `\x7fELF\n${route}\n`,
            'etc/net/second': `#!/bin/sh\n${route} # also called by what is called\n`,
            'etc/network/if-up.d/elf': '\x7fELF\x02\x01\n',
            'etc/network/if-up.d/large': `#!/bin/sh\n#${'x'.repeat(140_000)}\n${route}\n`,
            'etc/network/if-up.d/many': `#!/bin/sh\n${`${route}\n`.repeat(50)}`,
            'etc/network/if-up.d/old.dpkg-old': `#!/bin/sh\n${route}\n`,
            'etc/network/if-up.d/a b *': `#!/bin/sh\n${route}\n`,
            'etc/network/if-down.d/down': `#!/bin/sh\n${route}\n`,
            'etc/NetworkManager/dispatcher.d/pre-up.d/10': `#!/bin/sh\n${route}\n`,
            'etc/NetworkManager/dispatcher.d/pre-down.d/10': `#!/bin/sh\n${route}\n`,
            'etc/networkd-dispatcher/routable.d/10': `#!/bin/sh\n${route}\n`,
            'etc/systemd/system/wanted.service': `[Service]\nExecStartPre=-/etc/net/unit\nExecStart=/sbin/ip route add 10.0.0.0/8 dev eth0\nExecStop=/sbin/${route}\n`,
            'etc/app/linked.service': `[Service]\nExecStart=/sbin/${route} dev linked\n`,
            'etc/systemd/system/timed.timer': '[Timer]\nOnBootSec=1\n',
            'etc/systemd/system/timed.service': `[Service]\nExecStart=/sbin/ip route \\\n  add 10.0.0.0/8 dev timed\n`,
            'usr/lib/systemd/system/vendor.service': `[Service]\nExecStart=/sbin/${route}\n`,
            'etc/systemd/system/idle.service': `[Service]\nExecStart=/sbin/${route}\n`,
            'etc/systemd/system/sshd.service.d/routes.conf': `[Service]\nExecStartPost=/sbin/${route}\n`,
            'etc/net/unit': `#!/bin/sh\n${route} dev unit\n`,
          },
        },
      },
    })
    await lab.sh('lines', 'chmod +x /etc/network/if-up.d/*')
    await lab.sh(
      'places',
      [
        'chmod -R +x /etc/network /etc/NetworkManager /etc/networkd-dispatcher /etc/net; cd /etc',
        'ln -s ../../net/second network/if-up.d/link; mkdir -p systemd/system/multi-user.target.wants',
        'ln -s /etc/systemd/system/wanted.service /etc/app/linked.service systemd/system/multi-user.target.wants/',
        'ln -s /etc/systemd/system/timed.timer /usr/lib/systemd/system/vendor.service systemd/system/multi-user.target.wants/',
        'chmod -x net/sourced net/interpreted; mkdir -p /run/systemd/system',
        'touch systemd/system/multi-user.target.wants/networking.service systemd/system/multi-user.target.wants/NetworkManager.service',
      ].join('\n'),
    )
  })
  afterAll(() => lab?.stop())

  const hooksOf = async (host: string, shell: string): Promise<NetworkConfig['hooks']> => {
    const { exitCode, stdout, stderr } = await lab.exec(host, ['env', 'LC_ALL=C', ...shell.split(' '), ...script])
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    const config = source?.parse({ exitCode: 0, stdout, stderr }, [{}])[0]
    expect(networkConfig.isValue(config)).toBe(true)
    return config?.hooks ?? []
  }

  it.each(['dash', 'bash', 'busybox sh'])('%s tells which lines set or remove routes and addresses, and no others', async (shell) => {
    const told = new Map(
      (await hooksOf('lines', shell)).map(({ file, line, text, topics }) => [file.slice(-2), [line, `${topics} ${text}`]]),
    )
    const expected = lines.map(([line, text], index) => [
      line,
      told.get(String(index).padStart(2, '0')),
      text === null ? undefined : [2, text],
    ])
    for (const [line, found, wanted] of expected) expect(found, String(line)).toEqual(wanted)
  })

  it.each(['dash', 'bash', 'busybox sh'])('%s looks where such scripts are, and at what these name, and no further', async (shell) => {
    const told = (await hooksOf('places', shell)).map(({ file, line, text }) => `${file}:${line} ${text}`)
    const route = 'ip route add 10.0.0.0/8 via 10.1.1.1'
    expect([...told].sort()).toEqual(
      [
        '/etc/network/if-up.d/elf:0 /etc/network/if-up.d/elf',
        '/etc/network/if-up.d/large:0 /etc/network/if-up.d/large',
        ...[2, 3, 4, 5, 6].map((line) => `/etc/network/if-up.d/many:${line} ${route}`),
        `/etc/network/if-up.d/a b *:2 ${route}`,
        `/etc/net/first:3 ${route}`,
        `/etc/net/sourced:1 ${route} dev sourced`,
        `/etc/net/interpreted:2 ${route} dev interpreted`,
        `/etc/app/linked.service:2 ${route} dev linked`,
        '/etc/systemd/system/timed.service:2 ip route add 10.0.0.0/8 dev timed',
        `/etc/net/second:2 ${route} # also called by what is called`,
        `/etc/NetworkManager/dispatcher.d/pre-up.d/10:2 ${route}`,
        `/etc/networkd-dispatcher/routable.d/10:2 ${route}`,
        '/etc/systemd/system/wanted.service:3 ip route add 10.0.0.0/8 dev eth0',
        `/etc/net/unit:2 ${route} dev unit`,
        `/etc/systemd/system/sshd.service.d/routes.conf:2 ${route}`,
      ].sort(),
    )
  })

  it.each([
    ['System V init', 'etc/init.d/routes', 'etc/rc3.d/S20routes'],
    ['OpenRC', 'etc/init.d/more', 'etc/runlevels/default/more'],
  ])('looks at services of %s where systemd is not', async (_, script, link) => {
    await lab.sh(
      'lines',
      `mkdir -p /${link.replace(/\/[^/]*$/, '')} /etc/init.d; printf '#!/bin/sh\\nip route add 10.7.0.0/16 dev eth0\\n' > /${script}`,
    )
    await lab.sh('lines', `chmod +x /${script}; ln -sf /${script} /${link}`)
    const seen = (await hooksOf('lines', 'sh')).filter(({ file }) => file === `/${script}`)
    await lab.sh('lines', 'mkdir -p /run/systemd/system')
    const natively = (await hooksOf('lines', 'sh')).filter(({ file }) => file === `/${script}`)
    await lab.sh('lines', `rm -r /run/systemd /${link} /${script}`)
    expect([seen.map(({ text }) => text), natively]).toEqual([['ip route add 10.7.0.0/16 dev eth0'], []])
  })

  it('takes what it may not read for what may set anything', async () => {
    await lab.sh('places', 'chmod 700 /etc/network/if-up.d/call /etc/NetworkManager/dispatcher.d')
    const { stdout } = await lab.exec('places', ['setpriv', '--reuid=65534', '--clear-groups', 'env', 'LC_ALL=C', 'sh', ...script])
    await lab.sh('places', 'chmod 755 /etc/network/if-up.d/call /etc/NetworkManager/dispatcher.d')
    const hooks = source?.parse({ exitCode: 0, stdout, stderr: '' }, [{}])[0]?.hooks
    expect(hooks?.filter(({ why }) => why.endsWith('read it')).map(({ file }) => file)).toContain('/etc/NetworkManager/dispatcher.d')
    expect(hooks?.filter(({ file }) => file.endsWith('call'))).toEqual([
      {
        ...{
          file: '/etc/network/if-up.d/call',
          line: 0,
          text: '/etc/network/if-up.d/call',
          interface: null,
          topics: ['addresses', 'routes'],
        },
        why: 'a script that runs at boot beside the configuration, and only root may read it',
      },
    ])
  })
})
