import { afterAll, beforeAll, expect, it } from 'vitest'
import { labDescribe } from '../../../test/lab/describe.js'
import { type Lab, startLab } from '../../../test/lab/index.js'
import { type NetworkConfig, networkConfig } from './index.js'

const source = networkConfig.sources.linux?.[0]
const command = source?.command([{}])
const shells = ['dash', 'bash', 'busybox sh']

labDescribe('configuration files of a living host', () => {
  let lab: Lab
  beforeAll(async () => {
    lab = await startLab({
      hosts: {
        hostile: {
          lans: {},
          root: {
            'etc/network/interfaces': [
              'source interfaces.d/*',
              'source /etc/network/interfaces.d/../more/x* /etc/network/interfaces',
              'source $(touch /run/ran) `touch /run/ran` /etc/network/$(touch /run/ran)',
              'source-directory /etc/network/dir',
              'end',
              'done',
              '|x',
              'iface wlan0 inet dhcp',
              '  wpa-psk topsecret',
              '  wpa-passphrase topsecret',
              '',
            ].join('\n'),
            'etc/network/interfaces.d/a b': 'auto eth0\n',
            'etc/network/interfaces.d/two\nfile /etc/shadow': 'auto eth9\n',
            'etc/network/more/x1': 'source /etc/network/interfaces\nauto eth1\n',
            'etc/network/dir/vlan': 'auto eth2\n',
            'etc/NetworkManager/system-connections/wifi.nmconnection': [
              '[connection]\nid=wifi\ntype=wifi\ninterface-name=wlan1\n[wifi-security]\nkey-mgmt=wpa-psk\npsk=topsecret,x\nwep-key0=topsecret\n[802-1x]\npassword=topsecret',
              'private-key-password=topsecret\n[ipv4]\nmethod=auto\n',
            ].join('\n'),
            'etc/netplan/90-wifi.yaml': [
              'network:\n  wifis:\n    wlan2: { dhcp4: true, access-points: { office: { password: "topsecret" } } }',
              '  tunnels:\n    wg0:\n      mode: wireguard\n      key: topsecret\n      peers:\n        - keys: { public: abc, shared: topsecret }\n',
            ].join('\n'),
            'etc/sysconfig/network-scripts/ifcfg-big': `DEVICE=big\n# ${'x'.repeat(200_000)}\n`,
          },
        },
      },
    })
  })
  afterAll(() => lab?.stop())

  const print = async (shell: string): Promise<string> => {
    const { exitCode, stdout, stderr } = await lab.exec('hostile', ['env', 'LC_ALL=C', ...shell.split(' '), ...(command?.args ?? [])])
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    return stdout
  }
  const read = (stdout: string): NetworkConfig | undefined => source?.parse({ exitCode: 0, stdout, stderr: '' }, [{}])[0]

  it.each(shells)('%s reads them, and nothing in them is carried out', async (shell) => {
    const config = read(await print(shell))
    const ifupdown = config?.systems.find(({ system }) => system === 'ifupdown')
    expect(ifupdown?.files.map((file) => file.replaceAll('interfaces.d/../', ''))).toEqual(
      expect.arrayContaining(['/etc/network/interfaces', '/etc/network/interfaces.d/a b', '/etc/network/more/x1', '/etc/network/dir/vlan']),
    )
    expect(config?.unread).toEqual(
      expect.arrayContaining([
        { file: 'further files', why: 'left out: a name with a line end' },
        { file: '/etc/sysconfig/network-scripts/ifcfg-big', why: 'larger than 128 KiB' },
      ]),
    )
    expect(await lab.sh('hostile', 'ls /run')).not.toContain('ran')
  })

  it.each(shells)('%s keeps secrets on the host, and the rest readable', async (shell) => {
    const stdout = await print(shell)
    expect(stdout).not.toContain('topsecret')
    const wifi = read(stdout)?.systems.flatMap(({ interfaces }) => interfaces.filter(({ name }) => name?.startsWith('wlan')))
    expect(wifi?.map(({ name, method4 }) => `${name} ${method4}`).sort()).toEqual(['wlan0 dhcp', 'wlan1 dhcp', 'wlan2 dhcp'])
  })

  it.each(shells)('%s tells a folder that cannot be listed', async (shell) => {
    const closed = ['/etc/network/interfaces.d', '/etc/NetworkManager/system-connections', '/etc/netplan']
    await lab.sh('hostile', `chmod 700 ${closed.join(' ')}`)
    const asNobody = ['setpriv', '--reuid=65534', '--clear-groups', 'env', 'LC_ALL=C', ...shell.split(' '), ...(command?.args ?? [])]
    const { stdout } = await lab.exec('hostile', asNobody)
    await lab.sh('hostile', `chmod 755 ${closed.join(' ')}`)
    for (const file of closed) expect(read(stdout)?.unread).toContainEqual({ file, why: 'only root may read it' })
  })

  it('all shells print the same', async () => {
    expect(new Set(await Promise.all(shells.map(print))).size).toBe(1)
  })
})
