import { afterAll, beforeAll, expect, it } from 'vitest'
import { labDescribe } from '../../../test/lab/describe.js'
import { type Lab, startLab } from '../../../test/lab/index.js'
import { networkConfig } from './index.js'
import type { ConfiguredSystem, NetworkConfig } from './value.js'

const source = networkConfig.sources.linux?.[0]

/** What lies about in folders of configuration, by accident or by intent: nothing of it may stop or mislead the reading. */
labDescribe('hostile files', () => {
  let lab: Lab
  beforeAll(async () => {
    lab = await startLab({ hosts: { own: { root: { 'etc/os-release': 'PRETTY_NAME="Own"\n', 'etc/netplan/10-good.yaml': good } } } })
  })
  afterAll(() => lab?.stop())
  const good = 'network: { version: 2, ethernets: { eth0: { addresses: [192.0.2.1/24] } } }\n'

  async function learn(prepare: string, shell: readonly [string, ...string[]] = ['sh']): Promise<NetworkConfig> {
    const command = source?.command([{}])
    if (source === undefined || command === undefined) throw new Error('no source')
    await lab.sh('own', prepare)
    // A FIFO or /dev/zero would be read for ever.
    const { exitCode, stdout, stderr } = await lab.exec('own', [...shell, ...command.args], { timeoutMs: 50_000 })
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    const [config] = source.parse({ exitCode: 0, stdout, stderr }, [{}])
    if (config === undefined || !networkConfig.isValue(config)) throw new Error(`no value: ${stdout.slice(0, 300)}`)
    return config
  }
  const of = (config: NetworkConfig, system: string): ConfiguredSystem | undefined =>
    config.systems.find((found) => found.system === system)
  const clean = 'cd /etc; rm -rf netplan/9* NetworkManager systemd network'

  it('FIFOs, devices and folders with the names of files are passed over', async () => {
    const config = await learn(`${clean}; mkfifo netplan/90-fifo.yaml; ln -s /dev/zero netplan/91-zero.yaml; mkdir netplan/92-folder.yaml
ln -s /nowhere netplan/93-dangling.yaml; ln -s /etc/netplan/90-fifo.yaml netplan/94-fifo.yaml; ln -s 95-circle.yaml netplan/95-circle.yaml
mkdir -p network; mkfifo network/interfaces`)
    expect(of(config, 'netplan')).toMatchObject({ files: ['/etc/netplan/10-good.yaml'], opaque: [], interfaces: [{ name: 'eth0' }] })
    expect(config.unread).toEqual([])
  })

  it.each([['sh'], ['busybox', 'sh'], ['bash']] as const)('files that source each other are read once, with %s', async (...shell) => {
    const config = await learn(
      `${clean}; mkdir -p network/interfaces.d
printf 'source interfaces\\nsource /etc/network/a\\nauto eth1\\niface eth1 inet static\\n address 192.0.2.9/24\\n' > network/interfaces
printf 'source /etc/network/interfaces\\nsource /etc/network/[ab]\\nsource-directory interfaces.d\\n' > network/a
printf 'source $(touch /etc/pwned)\\nsource \`touch /etc/pwned\`; touch /etc/pwned\\n' > network/b; ln -s ../a network/interfaces.d/again`,
      shell,
    )
    expect(of(config, 'ifupdown')?.interfaces.map(({ name }) => name)).toEqual(['eth1'])
    expect(await lab.sh('own', 'ls /etc | grep pwned || true')).toBe('')
  })

  it('a link to /dev/null masks what it shadows', async () => {
    const config =
      await learn(`${clean}; mkdir -p systemd/network systemd/system/a.wants; touch systemd/system/a.wants/systemd-networkd.service
mkdir -p /usr/lib/systemd/network; printf '[Match]\\nName=eth1\\n[Network]\\nDHCP=yes\\n' > /usr/lib/systemd/network/10-a.network
cp /usr/lib/systemd/network/10-a.network /usr/lib/systemd/network/20-b.network; ln -s /dev/null systemd/network/10-a.network; ln -s /dev/null systemd/network/20-b.network`)
    await lab.sh('own', 'rm -r /usr/lib/systemd/network')
    expect(of(config, 'networkd')?.interfaces ?? []).toEqual([])
  })

  it('binary files, a byte order mark, and DOS line ends are read or told', async () => {
    const config = await learn(`${clean}; head -c 60000 /dev/urandom > netplan/90-random.yaml
printf '\\357\\273\\277network:\\r\\n  ethernets:\\r\\n    eth7: { dhcp4: true }\\r\\n' > netplan/91-dos.yaml
mkdir -p NetworkManager/system-connections; head -c 60000 /dev/urandom > NetworkManager/system-connections/random
printf '\\357\\273\\277[connection]\\r\\ntype=ethernet\\r\\ninterface-name=eth8\\r\\n' > NetworkManager/system-connections/dos
chmod 600 NetworkManager/system-connections/*`)
    expect(of(config, 'netplan')?.opaque).toMatchObject([{ file: '/etc/netplan/90-random.yaml' }])
    expect(of(config, 'netplan')?.interfaces.map(({ name }) => name)).toEqual(['eth0', 'eth7'])
    expect(of(config, 'keyfile')?.opaque).toMatchObject([{ file: '/etc/NetworkManager/system-connections/random' }])
    expect(of(config, 'keyfile')?.interfaces.map(({ name }) => name)).toEqual(['eth8'])
  })

  it('keyfiles that NetworkManager refuses are told', async () => {
    const config = await learn(`${clean}; mkdir -p NetworkManager/system-connections; cd NetworkManager/system-connections
for name in fine loose foreign; do printf '[connection]\\ntype=ethernet\\ninterface-name=%s\\n' $name > $name; done
chmod 600 *; chmod 640 loose; chown 65534 foreign`)
    expect(of(config, 'keyfile')?.opaque.map(({ text, why }) => `${text}: ${why}`)).toEqual([
      'chown root /etc/NetworkManager/system-connections/foreign: NetworkManager does not read it, as its owner is not root',
      'chmod 600 /etc/NetworkManager/system-connections/loose: NetworkManager does not read it, as others than root have permissions for it',
    ])
  })

  it('what is too large or too much is told, and not taken for all there is', { timeout: 60_000 }, async () => {
    const huge = await learn(
      `${clean}; head -c 3000000 /dev/zero | tr '\\0' '#' > netplan/90-huge.yaml; yes '# long' | head -c 3000000 > netplan/91-long.yaml || true`,
    )
    expect(huge.unread.map(({ file }) => file)).toEqual(['/etc/netplan/90-huge.yaml', '/etc/netplan/91-long.yaml'])
    const many = await learn(`${clean}; cd netplan; i=0; while [ $i -lt 10000 ]; do echo > 90-$i.yaml; i=$((i + 1)); done`)
    expect(many.unread).toEqual([{ file: 'further files', why: 'left out: 400 files' }])
    await lab.sh('own', 'rm -f /etc/netplan/90-*')
  })

  it('secrets stay where they are, and the files can be read all the same', async () => {
    const config = await learn(`${clean}; cat > netplan/90-wifi.yaml <<'END'
network:
  wifis:
    wlan0:
      dhcp4: true
      access-points:
        "my net": { password: "hunter2-a, really" }
        other:
          auth:
            key-management: eap
            identity: me
            password: |
              hunter2-b

              hunter2-c
            client-key-password: hunter2-d
      mtu: 1400
END
mkdir -p NetworkManager/system-connections; umask 077; cat > NetworkManager/system-connections/wlan1 <<'END'
[connection]
type=wifi
interface-name=wlan1
[wifi-security]
psk=hunter2-e
wep-key0 = hunter2-f
END`)
    expect(JSON.stringify(config)).not.toContain('hunter2')
    const { stdout } = await lab.exec('own', ['sh', ...(source?.command([{}]).args ?? [])])
    expect(stdout).not.toContain('hunter2')
    expect(of(config, 'netplan')).toMatchObject({
      opaque: [],
      interfaces: [{ name: 'eth0' }, { name: 'wlan0', mtu: 1400, method4: 'dhcp' }],
    })
    expect(of(config, 'keyfile')).toMatchObject({ opaque: [], interfaces: [{ name: 'wlan1' }] })
  })
})
