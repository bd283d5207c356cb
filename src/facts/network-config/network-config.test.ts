import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../lib/errors.js'
import { type NetworkConfig, networkConfig } from './index.js'

const directory = new URL('fixtures/', import.meta.url)
const read = (name: string): string => readFileSync(new URL(name, directory), 'utf8')
const source = networkConfig.sources.linux?.[0]

function parse(stdout: string): NetworkConfig | { readonly notUnderstood: string } {
  try {
    const value = source?.parse({ exitCode: 0, stdout, stderr: '' }, [{}])[0]
    if (value === undefined) throw new Error('no value')
    return value
  } catch (error) {
    if (error instanceof NotUnderstood) return { notUnderstood: error.message }
    throw error
  }
}

/** What the script prints of these files: a path and its text. */
const printed = (files: readonly (readonly [path: string, text: string])[], ...signs: readonly string[]): string => {
  const shown = files.map(([path, text]) => [`file ${path}`, ...text.split('\n').map((line) => `|${line}`), 'end'].join('\n'))
  return [...shown, ...signs, 'done', ''].join('\n')
}

function systems(stdout: string): NetworkConfig['systems'] {
  const value = parse(stdout)
  if ('notUnderstood' in value) throw new Error(value.notUnderstood)
  return value.systems
}

describe('hosts', () => {
  const names = readdirSync(directory).filter((name) => name.endsWith('.out'))

  it.each(names)('%s', (name) => {
    const value = parse(read(name))
    expect(value).toEqual(JSON.parse(read(name.replace(/out$/, 'expected.json'))))
    expect(networkConfig.isValue(value)).toBe(true)
  })

  it('any damage gives a value of the right shape or is refused', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.nat(), fc.string({ maxLength: 8 }), fc.nat({ max: 60 }), (name, at, patch, cut) => {
        const text = read(name)
        const place = at % text.length
        const value = parse(text.slice(0, place) + patch + text.slice(place + cut))
        expect('notUnderstood' in value || networkConfig.isValue(value)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('a line of a file with any text gives a value of the right shape', () => {
    const paths = ['/etc/sysconfig/network-scripts/ifcfg-eth0', '/etc/sysconfig/network-scripts/route-eth0', '/etc/network/interfaces']
    const word = fc.constantFrom(
      'iface',
      'up',
      'ip',
      'route',
      'add',
      'via',
      'IPADDR=',
      '10.0.0.1',
      '/33',
      '-net',
      '$(x)',
      '"',
      "'",
      '\\',
      'dev',
      'auto',
      'eth0',
    )
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.array(fc.oneof(word, fc.string({ maxLength: 6 })), { maxLength: 12 }), (path, words) => {
        const value = parse(
          printed([
            ['/etc/sysconfig/network-scripts/ifcfg-eth0', ''],
            [path, words.join(' ').replaceAll('\n', '')],
          ]),
        )
        expect(networkConfig.isValue(value)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})

describe('frames', () => {
  it.each([
    ['', 'expected configuration files to their end, found nothing'],
    ['file /etc/x\n|a\nend\n', 'expected configuration files to their end, found "file /etc/x\\n|a\\nend\\n"'],
    ['file /etc/x\n|a\ndone\n', 'expected the end of a configuration file, found "/etc/x"'],
    ['file /etc/x\nfile /etc/y\nend\ndone\n', 'expected a line of a configuration file, found "file /etc/y"'],
    ['hello\ndone\n', 'expected a line about configuration files, found "hello"'],
    ['boot x\ndone\n', 'expected a line about configuration files, found "boot x"'],
  ])('refuses %j', (stdout, notUnderstood) => {
    expect(parse(stdout)).toEqual({ notUnderstood })
  })

  it('a line of a file is never a frame', () => {
    const text = 'end\ndone\nfile /etc/network/interfaces\n'
    expect(parse(printed([['/etc/network/interfaces', text]]))).toHaveProperty('systems.0.files', ['/etc/network/interfaces'])
  })

  it('what was not read is told', () => {
    const told = 'unreadable /etc/netplan/a.yaml\nfile /etc/netplan/b.yaml\n|x\ncut\nlimit 400 files\ndone\n'
    expect(parse(told)).toEqual({
      distribution: null,
      systems: [],
      hooks: [],
      unread: [
        { file: '/etc/netplan/a.yaml', why: 'only root may read it' },
        { file: '/etc/netplan/b.yaml', why: 'larger than 128 KiB' },
        { file: 'further files', why: 'left out: 400 files' },
      ],
    })
  })

  it('a host without any configuration has none', () => {
    expect(parse('done\n')).toEqual({ distribution: null, systems: [], hooks: [], unread: [] })
  })
})

describe('which system applies', () => {
  const interfaces = ['/etc/network/interfaces', 'auto eth0\niface eth0 inet dhcp'] as const
  const ifcfg = ['/etc/sysconfig/network-scripts/ifcfg-eth0', 'DEVICE=eth0\nBOOTPROTO=dhcp'] as const
  const applies = (stdout: string): readonly string[] =>
    systems(stdout).map(({ system, applies, because }) => `${system} ${applies}: ${because}`)
  const networking = 'boot networking /etc/systemd/system/multi-user.target.wants/networking.service'
  const manager = 'boot NetworkManager /etc/systemd/system/multi-user.target.wants/NetworkManager.service'
  const systemd = 'has systemd /run/systemd/system'
  const started = 'networking is started at boot (/etc/systemd/system/multi-user.target.wants/networking.service).'

  it.each<[string, string, ...string[]]>([
    ['the only one', printed([interfaces]), 'ifupdown yes: It is the only configuration of this host.'],
    ['one that is started', printed([interfaces], networking, systemd), `ifupdown yes: ${started}`],
    [
      'one whose start is not seen',
      printed([interfaces], systemd),
      'ifupdown maybe: No sign of what starts networking at boot, though its files are all the configuration there is.',
    ],
    [
      'one that is masked',
      printed([interfaces], systemd, 'mask networking /etc/systemd/system/networking.service'),
      'ifupdown maybe: /etc/systemd/system/networking.service keeps systemd from starting networking.',
    ],
    [
      'two, and one is started',
      printed([interfaces, ifcfg], networking, systemd),
      'ifcfg no: Nothing starts network or NetworkManager at boot; ifupdown is read instead.',
      `ifupdown yes: ${started}`,
    ],
    [
      'two, and no sign of either',
      printed([interfaces, ifcfg]),
      'ifcfg maybe: No sign of what starts network or NetworkManager at boot, and ifupdown has configuration too.',
      'ifupdown maybe: No sign of what starts networking at boot, and ifcfg has configuration too.',
    ],
    [
      "systemd-networkd's own files beside those of netplan, which starts it",
      printed(
        [
          ['/etc/netplan/50.yaml', 'network: {ethernets: {eth0: {dhcp4: true}}}'],
          ['/etc/systemd/network/05-eth0.network', '[Match]\nName=eth0\n[Network]\nDHCP=yes'],
        ],
        'has netplan-generator /usr/lib/systemd/system-generators/netplan',
        systemd,
      ),
      'netplan yes: /usr/lib/systemd/system-generators/netplan reads it at boot.',
      'networkd yes: /usr/lib/systemd/system-generators/netplan starts it at boot, for /etc/netplan/50.yaml.',
    ],
    [
      'ifcfg files of RHEL 10, which NetworkManager no longer reads',
      printed([['/etc/os-release', 'ID="rhel"\nVERSION_ID="10.0"'], ifcfg], manager, systemd),
      'ifcfg maybe: No sign of what starts network or NetworkManager at boot, though its files are all the configuration there is.',
    ],
    [
      'ifcfg files of RHEL 9, which it reads',
      printed([['/etc/os-release', 'ID="rhel"\nVERSION_ID="9.4"'], ifcfg], manager, systemd),
      'ifcfg yes: NetworkManager is started at boot (/etc/systemd/system/multi-user.target.wants/NetworkManager.service).',
    ],
  ])('%s', (_, stdout, ...expected) => {
    expect(applies(stdout)).toEqual(expected)
  })
})

describe('commands of interfaces(5)', () => {
  const up = (command: string): readonly string[] => {
    const [system] = systems(printed([['/etc/network/interfaces', `iface eth0 inet static\n address 10.0.0.2/24\n up ${command}`]]))
    const routes =
      system?.routes.map((route) => `${route.destination} ${route.via} ${route.interface} ${route.metric} ${route.table} ${route.type}`) ??
      []
    const rules = system?.rules.map((rule) => `rule ${rule.from} ${rule.to} ${rule.table} ${rule.priority}`) ?? []
    const addresses = system?.interfaces[0]?.addresses.map(({ address, prefixLength }) => `${address}/${prefixLength}`).slice(1) ?? []
    return [...routes, ...rules, ...addresses, ...(system?.opaque.map(({ text }) => `? ${text}`) ?? [])]
  }

  it.each<[string, ...string[]]>([
    ['route add -net 10.20.0.0/16 gw 10.0.0.1 dev eth1', '10.20.0.0/16 10.0.0.1 eth1 null main unicast'],
    ['route add -net 10.20.0.0 netmask 255.255.0.0 gw 10.0.0.1', '10.20.0.0/16 10.0.0.1 eth0 null main unicast'],
    ['/sbin/route add -host 192.0.2.7 gw 10.0.0.1 metric 5', '192.0.2.7/32 10.0.0.1 eth0 5 main unicast'],
    ['route add default gw 10.0.0.1 eth0', '0.0.0.0/0 10.0.0.1 eth0 null main unicast'],
    ['route add -net 0.0.0.0 netmask 0.0.0.0 gw 10.0.0.1', '0.0.0.0/0 10.0.0.1 eth0 null main unicast'],
    ['route -A inet6 add 2001:db8::/32 gw fe80::1 dev eth0', '2001:db8::/32 fe80::1 eth0 null main unicast'],
    ['route add -net 10.99.0.0/16 reject', '10.99.0.0/16 null null null main unreachable'],
    ['ip route add 10.20.0.0/16 via 10.0.0.1', '10.20.0.0/16 10.0.0.1 eth0 null main unicast'],
    ['ip r a 10.20.0.0/16 via 10.0.0.1 dev $IFACE', '10.20.0.0/16 10.0.0.1 eth0 null main unicast'],
    ['/usr/sbin/ip -4 route replace default via 10.0.0.1 metric 50 || true', '0.0.0.0/0 10.0.0.1 eth0 50 main unicast'],
    ['ip -6 route append default via fe80::1 dev \u0024{IFACE}', '::/0 fe80::1 eth0 null main unicast'],
    ['ip route add 10.20.0.5/16 dev eth0 table 254 proto static onlink', '10.20.0.0/16 null eth0 null main unicast'],
    ['ip route add 10.20.0.0/16 via inet6 fe80::1 dev eth0', '10.20.0.0/16 fe80::1 eth0 null main unicast'],
    ['ip route add blackhole 10.0.0.0/8 2>/dev/null; true', '10.0.0.0/8 null null null main blackhole'],
    ['ip rule add from 10.0.0.2 lookup 100 pref 7', 'rule 10.0.0.2/32 null 100 7'],
    ['ip addr add 10.0.0.3/24 dev eth0 label eth0:1', '10.0.0.3/24'],
    ['ip link set $IFACE mtu 9000 && ethtool -K $IFACE gro off'],
    ['iptables-restore < /etc/iptables.rules'],
    ['/usr/local/sbin/routes', '? up /usr/local/sbin/routes'],
    ['route add -net 10.20.0.0 gw 10.0.0.1', '? up route add -net 10.20.0.0 gw 10.0.0.1'],
    ['ip route add 10.20.0.0/16 via $(cat /etc/gw)', '? up ip route add 10.20.0.0/16 via $(cat /etc/gw)'],
    [
      'ip route add 10.20.0.0/16 nexthop via 10.0.0.1 nexthop via 10.0.0.3',
      '? up ip route add 10.20.0.0/16 nexthop via 10.0.0.1 nexthop via 10.0.0.3',
    ],
    ['ip route flush table main', '? up ip route flush table main'],
    ['ip route change 10.20.0.0/16 via 10.0.0.1', '? up ip route change 10.20.0.0/16 via 10.0.0.1'],
    ['ip route del default', '? up ip route del default'],
    ['ip route add 10.20.0.0/16 via 10.0.0.1 && /bin/x', '? up ip route add 10.20.0.0/16 via 10.0.0.1 && /bin/x'],
    ['echo 1 > /proc/sys/net/ipv4/ip_forward', '? up echo 1 > /proc/sys/net/ipv4/ip_forward'],
    ['ip addr add 10.9.0.3/24 dev eth9', '? up ip addr add 10.9.0.3/24 dev eth9'],
    ['ip route add default via 10.0.0.300', '? up ip route add default via 10.0.0.300'],
  ])('%s', (command, ...expected) => {
    expect(up(command)).toEqual(expected)
  })

  it.each([
    ['static', ['10.0.0.2'], ['10.0.0.1'], []],
    ['dhcp', [], [], ['gateway 10.0.0.1: not set, as the method is dhcp.']],
    ['manual', [], [], ['gateway 10.0.0.1: not set, as the method is manual.']],
  ])('a gateway with the method %s', (method, addresses, gateways, notes) => {
    const text = `auto eth0\niface eth0 inet ${method}\n address 10.0.0.2/24\n gateway 10.0.0.1`
    const [system] = systems(printed([['/etc/network/interfaces', text]]))
    const [eth0] = system?.interfaces ?? []
    expect(eth0?.addresses.map(({ address }) => address)).toEqual(addresses)
    expect([eth0?.gateways, system?.routes.map(({ via }) => via)]).toEqual([gateways, gateways])
    expect(system?.notes.map(({ text }) => text)).toEqual(notes)
  })

  it('a route is refused before the interface is up', () => {
    const text =
      'iface eth0 inet static\n address 10.0.0.2/24\n pre-up ip route add 10.20.0.0/16 via 10.0.0.1\n pre-up ip route add blackhole 10.99.0.0/16'
    const [system] = systems(printed([['/etc/network/interfaces', text]]))
    expect(system?.routes.map(({ destination }) => destination)).toEqual(['10.99.0.0/16'])
    expect(system?.opaque.map(({ text, why }) => `${text}: ${why}`)).toEqual([
      'pre-up ip route add 10.20.0.0/16 via 10.0.0.1: runs before the interface is up, when its routes are refused',
    ])
  })

  it('source with what only wordexp(3) resolves is opaque', () => {
    const [system] = systems(printed([['/etc/network/interfaces', 'source ~/interfaces\nsource `x`']]))
    expect(system?.opaque.map(({ line, text }) => `${line} ${text}`)).toEqual(['1 source ~/interfaces', '2 source `x`'])
  })
})

describe('ifcfg values', () => {
  const read = (text: string, global = ''): NetworkConfig['systems'][number] | undefined =>
    systems(
      printed([
        ['/etc/sysconfig/network', global],
        ['/etc/sysconfig/network-scripts/ifcfg-eth0', text],
      ]),
    )[0]

  it.each([
    ['BOOTPROTO=none', 'none'],
    ['BOOTPROTO="none"\nIPADDR=10.0.0.1\nPREFIX=8', 'static'],
    ['BOOTPROTO=static\nIPADDR=10.0.0.1\nPREFIX=8', 'static'],
    ["BOOTPROTO='dhcp' # by hand", 'dhcp'],
    ['BOOTPROTO=bootp', 'dhcp'],
    ['IPADDR=10.0.0.1\nPREFIX=8', 'static'],
    ['BOOTPROTO=autoip', 'link-local'],
    ['BOOTPROTO=shared', 'other'],
    ['BOOTPROTO=whatever', null],
  ])('%j is method %s', (text, method) => {
    expect(read(text)?.interfaces[0]?.method4).toBe(method)
  })

  it.each([
    ['ONBOOT=no', false],
    ['ONBOOT="No"', false],
    ['ONBOOT=yes', true],
    ['BOOTPROTO=dhcp', true],
    ['export ONBOOT=0', false],
  ])('%j is onboot %s', (text, onboot) => {
    expect(read(text)?.interfaces[0]?.onboot).toBe(onboot)
  })

  const near = 'IPADDR=10.0.0.2\nNETMASK=255.255.255.0'
  it.each([
    ['its own gateway', `${near}\nGATEWAY=10.0.0.1`, '', ['0.0.0.0/0 10.0.0.1']],
    ['DEFROUTE=no', `${near}\nGATEWAY=10.0.0.1\nDEFROUTE=no`, '', []],
    ['the global gateway in its network', near, 'GATEWAY=10.0.0.1', ['0.0.0.0/0 10.0.0.1']],
    ['the global gateway elsewhere', near, 'GATEWAY=10.9.0.1', []],
    ['GATEWAYDEV names another interface', `${near}\nGATEWAY=10.0.0.1`, 'GATEWAYDEV=eth1', []],
    ['GATEWAYDEV names it', `${near}\nGATEWAY=10.0.0.1`, 'GATEWAYDEV=eth0', ['0.0.0.0/0 10.0.0.1']],
    ['IPv6', 'IPV6INIT=yes\nIPV6ADDR=2001:db8::2/64\nIPV6_DEFAULTGW=2001:db8::1', '', ['::/0 2001:db8::1']],
  ])('the default route: %s', (_, text, global, expected) => {
    expect(read(text, global)?.routes.map(({ destination, via }) => `${destination} ${via}`)).toEqual(expected)
  })

  it.each([
    'if true; then',
    'IPADDR=$(cat /etc/ip)',
    'IPADDR=`x`',
    '. /etc/common',
    'IPADDR=10.0.0.1 rm -rf /',
    'IPADDR=10.0.0.300',
    'NETMASK=255.0.255.0\nIPADDR=10.0.0.1',
  ])('%j is opaque', (text) => {
    const system = read(text)
    expect(system?.opaque).toHaveLength(1)
    expect(system?.interfaces[0]?.addresses).toEqual([])
  })
})

describe('ifcfg files, by who reads them', () => {
  const service = 'boot network /etc/rc.d/rc3.d/S10network'
  const manager = 'boot NetworkManager /etc/systemd/system/multi-user.target.wants/NetworkManager.service'
  const started = { service: [service], manager: [manager], both: [service, manager], nobody: [] } as const

  /** What comes of these files, in a few words. */
  function meaning(by: keyof typeof started, files: Readonly<Record<string, string>>): readonly string[] {
    const scripts = '/etc/sysconfig/network-scripts/'
    const all = Object.entries(files).map(([name, text]): readonly [string, string] => [
      name === 'network' ? '/etc/sysconfig/network' : scripts + name,
      text,
    ])
    const release = ['/etc/os-release', 'ID="centos"\nVERSION_ID="7"'] as const
    return systems(printed([release, ...all], ...started[by], 'has systemd /run/systemd/system')).flatMap((system) => [
      ...system.interfaces.map(({ name, onboot, method4, addresses, gateways, defroute }) =>
        [name, onboot, method4, ...addresses.map(({ address }) => address), ...gateways.map((via) => `gw ${via}`), defroute].join(' '),
      ),
      ...system.routes.map(({ destination, via, interface: device }) => `${destination} ${via} ${device}`),
      ...system.opaque.map(({ text, why, interface: device }) => `? ${device} ${text} (${why})`),
      ...system.notes.map(({ text }) => `- ${text}`),
    ])
  }

  const eth1 = 'DEVICE=eth1\nIPADDR=10.10.0.21\nPREFIX=24\n'
  const alias = { 'ifcfg-eth1': `${eth1}DEFROUTE=no`, 'ifcfg-eth1:1': 'DEVICE=eth1:1\nIPADDR=10.10.0.31\nPREFIX=24\nGATEWAY=10.10.0.1' }
  const withAlias = 'eth1 true static 10.10.0.21 10.10.0.31'
  const dhcp = { 'ifcfg-eth1': `${eth1}BOOTPROTO=dhcp\nGATEWAY=10.10.0.1` }
  const far = { 'ifcfg-eth1': `${eth1}GATEWAY=10.99.0.1` }
  const unmanaged = { 'ifcfg-eth1': `${eth1}NM_CONTROLLED=no` }
  const off = { network: 'NETWORKING=no', 'ifcfg-eth1': eth1 }
  const bond = { 'ifcfg-eth1': `${eth1}MASTER=bond0` }
  const numbered = { 'ifcfg-eth1': eth1, 'route-eth1': 'ADDRESS0=10.20.0.0\nGATEWAY0=10.10.0.1' }

  it.each<[string, keyof typeof started, Readonly<Record<string, string>>, ...string[]]>([
    ["an alias's gateway", 'service', alias, `${withAlias} gw 10.10.0.1 true`, '0.0.0.0/0 10.10.0.1 eth1'],
    ["an alias's gateway", 'manager', alias, `${withAlias} false`, '- GATEWAY=10.10.0.1: NetworkManager takes no gateway from an alias.'],
    [
      "an alias's gateway",
      'nobody',
      alias,
      `${withAlias} gw 10.10.0.1 true`,
      '0.0.0.0/0 10.10.0.1 eth1',
      "? eth1 GATEWAY=10.10.0.1 (an alias's gateway, which the network service sets and NetworkManager does not)",
    ],
    ['GATEWAYDEV of another interface', 'service', { ...alias, network: 'GATEWAYDEV=eth0' }, `${withAlias} false`],
    ['an alias with ONBOOT=no', 'service', { ...alias, 'ifcfg-eth1:1': 'IPADDR=10.10.0.31\nPREFIX=24\nONBOOT=no' }, `${withAlias} false`],
    [
      'an alias with ONPARENT=no',
      'service',
      { ...alias, 'ifcfg-eth1:1': 'IPADDR=10.10.0.31\nPREFIX=24\nONPARENT=no' },
      'eth1 true static 10.10.0.21 false',
    ],
    [
      'an alias of nothing',
      'service',
      { 'ifcfg-eth1:1': 'IPADDR=10.10.0.31\nPREFIX=24' },
      '- There is no ifcfg-eth1: nothing reads this file.',
    ],
    [
      'an address beside DHCP',
      'service',
      dhcp,
      'eth1 true dhcp true',
      '- IPADDR=10.10.0.21: not set, as the interface has DHCP.',
      '- GATEWAY=10.10.0.1: not set, as the interface has DHCP.',
    ],
    ['an address beside DHCP', 'both', dhcp, 'eth1 true dhcp 10.10.0.21 gw 10.10.0.1 true', '0.0.0.0/0 10.10.0.1 eth1'],
    [
      'an address beside DHCP',
      'nobody',
      dhcp,
      'eth1 true dhcp 10.10.0.21 gw 10.10.0.1 true',
      '0.0.0.0/0 10.10.0.1 eth1',
      '? eth1 IPADDR=10.10.0.21 (with DHCP NetworkManager sets it as well, the network service does not)',
      '? eth1 GATEWAY=10.10.0.1 (the interface has DHCP: NetworkManager sets it, the network service does not)',
    ],
    [
      'a gateway outside of the network',
      'service',
      far,
      'eth1 true static 10.10.0.21 false',
      '- GATEWAY=10.99.0.1: not set, as it lies outside of the network.',
    ],
    ['a gateway outside of the network', 'manager', far, 'eth1 true static 10.10.0.21 gw 10.99.0.1 true', '0.0.0.0/0 10.99.0.1 eth1'],
    [
      'NM_CONTROLLED=no',
      'both',
      unmanaged,
      'eth1 true static 10.10.0.21 false',
      '- NM_CONTROLLED=no: NetworkManager leaves it to the network service.',
    ],
    [
      'NM_CONTROLLED=no',
      'manager',
      unmanaged,
      'eth1 false static 10.10.0.21 false',
      '- NM_CONTROLLED=no: NetworkManager leaves it alone, and no network service is started at boot: nobody brings it up.',
    ],
    ['NETWORKING=no', 'service', off, 'eth1 false static 10.10.0.21 false', '- NETWORKING=no: the network service brings nothing up.'],
    ['NETWORKING=no', 'nobody', off, 'eth1  static 10.10.0.21 false', '- NETWORKING=no: the network service brings nothing up.'],
    [
      'a port of a bridge',
      'service',
      { 'ifcfg-eth1': `${eth1}BRIDGE=br0\nGATEWAY=10.10.0.1` },
      'eth1 true none false',
      '- IPADDR=10.10.0.21: not set, as the interface is a port of br0.',
    ],
    ['MASTER without SLAVE=yes', 'service', bond, 'eth1 true static 10.10.0.21 false'],
    [
      'MASTER without SLAVE=yes',
      'manager',
      bond,
      'eth1 true none false',
      '- IPADDR=10.10.0.21: not set, as the interface is a port of bond0.',
    ],
    [
      'a numbered route without a netmask',
      'service',
      numbered,
      'eth1 true static 10.10.0.21 false',
      '? eth1 ADDRESS0=10.20.0.0 NETMASK0= GATEWAY0=10.10.0.1 METRIC0= (no NETMASK0: what is taken depends on who reads it)',
    ],
  ])('%s, read by the %s', (_, by, files, ...expected) => {
    expect(meaning(by, files)).toEqual(expected)
  })
})

describe('scripts beside the configuration', () => {
  const hooks = (...lines: readonly string[]): readonly string[] => {
    const value = parse(printed([['/etc/network/interfaces', 'auto lo']], ...lines))
    return 'notUnderstood' in value
      ? [value.notUnderstood]
      : value.hooks.map(({ file, line, topics, text }) => `${file}:${line} ${topics}: ${text}`)
  }
  const up = ['hook routes 3 /etc/network/if-up.d/x', '|ip route add default via 10.0.0.1']
  const dispatched = ['hook addresses 4 /etc/NetworkManager/dispatcher.d/x', '|ip addr add 10.0.0.1/24 dev eth0']
  const local = ['hook program 0 /etc/rc.local', '|']
  const upSeen = '/etc/network/if-up.d/x:3 routes: ip route add default via 10.0.0.1'
  const dispatchedSeen = '/etc/NetworkManager/dispatcher.d/x:4 addresses: ip addr add 10.0.0.1/24 dev eth0'
  const localSeen = '/etc/rc.local:0 addresses,routes: /etc/rc.local'
  const link = '/etc/systemd/system/multi-user.target.wants/x'

  it.each([
    ['all, where it is not known who starts', [], [upSeen, dispatchedSeen, localSeen]],
    ['none of a manager that nothing starts', ['has systemd /run/systemd/system'], [localSeen]],
    ["those of ifupdown with ifupdown's own", ['has openrc /run/openrc', `boot networking ${link}`], [upSeen, localSeen]],
    [
      'both with NetworkManager, which runs those of ifupdown',
      ['has systemd /run/systemd/system', `boot NetworkManager ${link}`],
      [upSeen, dispatchedSeen, localSeen],
    ],
  ])('%s', (_, signs, seen) => {
    expect(hooks(...signs, ...up, ...dispatched, ...local)).toEqual(seen)
  })

  it.each([
    ['without its words', ['hook routes 3 /etc/rc.local', 'has systemd /run']],
    ['at the end', ['hook routes 3 /etc/rc.local']],
    ['of an unknown kind', ['hook rumours 3 /etc/rc.local', '|x']],
  ])('a line %s is refused', (_, lines) => {
    expect(hooks(...lines)[0]).toMatch(/^expected /)
  })
})
