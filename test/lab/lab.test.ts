import { existsSync, readFileSync, statSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parse } from 'yaml'
import { labDescribe } from './describe.js'
import { type Lab, startLab } from './index.js'
import { leftovers } from './keeper.js'

labDescribe('the web-db lab', () => {
  let lab: Lab
  beforeAll(async () => {
    lab = await startLab('web-db')
  })
  afterAll(() => lab?.stop())

  it.each(['10.20.0.5', '2001:db8:20::5', '203.0.113.12', 'web1'])('carries packets from ops to %s', async (target) => {
    const { stdout, exitCode } = await lab.exec('ops', ['ping', '-c', '1', '-W', '2', target])
    expect(stdout).toContain('1 packets transmitted, 1 received')
    expect(exitCode).toBe(0)
  })

  it('routes through both routers', async () => {
    const { stdout } = await lab.exec('ops', ['ping', '-c', '1', '-W', '2', '10.20.0.5'])
    expect(stdout).toContain('ttl=62')
  })

  it.each(['web1', 'web2', 'db1'])('lets ops log in to %s', async (host) => {
    const { exitCode, stdout, stderr } = await lab.exec('ops', ['ssh', '-F', lab.sshConfig, host, 'ip netns identify; pwd'])
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).toBe(`${lab.ns(host)}\n${lab.directory}/${host}/home\n`)
  })

  it.each([
    ['web1', '10.20.0.5', 5432, 0],
    ['ops', '203.0.113.11', 443, 0],
    ['ops', '2001:db8:113::12', 80, 0],
    ['ops', '10.20.0.5', 6379, 1],
  ])('from %s, port %s %i answers with nc %i', async (from, address, port, expected) => {
    const { exitCode } = await lab.exec(from, ['nc', '-z', '-w', '2', address, String(port)])
    expect(exitCode).toBe(expected)
  })

  it('names the processes that listen', async () => {
    expect(await lab.sh('db1', 'ss -Hltnp')).toMatch(/127\.0\.0\.1:6379 .*"redis-server"/)
  })

  it('writes inventories of either transport', async () => {
    const ssh = parse(readFileSync(lab.inventory({ transport: 'ssh' }), 'utf8'))
    expect(Object.keys(ssh.hosts)).toEqual(['web1', 'web2', 'db1'])
    expect(ssh.hosts.web1).toMatchObject({ address: '203.0.113.11', groups: ['web'], vars: { rack: 'a' }, user: 'root', port: 22 })
    expect(ssh.routers).toHaveProperty('core1', expect.arrayContaining(['203.0.113.254', '2001:db8:10::1']))
    const exec = parse(readFileSync(lab.inventory({ transport: 'exec', subset: ['ops'], extra: { ops: { vars: { x: 1 } } } }), 'utf8'))
    expect(exec.hosts).toEqual({
      ops: {
        address: '198.51.100.10',
        platform: 'linux',
        transport: 'exec',
        command: ['ip', 'netns', 'exec', lab.ns('ops')],
        vars: { x: 1 },
      },
    })
    expect(() => lab.inventory({ transport: 'ssh', subset: ['web9'] })).toThrow('the lab has no host web9 to list in an inventory')
  })

  it('tells what went wrong in a script', async () => {
    await expect(lab.sh('ops', 'ip link show nowhere')).rejects.toThrow('Device "nowhere" does not exist.')
    expect(() => lab.ns('web9')).toThrow('the lab has no host web9, only ops, web1, web2, db1, edge1, core1')
  })

  it('keeps its keys to root', () => {
    expect(statSync(`${lab.directory}/client-key`).mode & 0o777).toBe(0o600)
  })
})

labDescribe('a lab', () => {
  it('comes up beside another of the same topology, and leaves nothing', async () => {
    const labs = await Promise.all([startLab('pair'), startLab('pair')])
    const answers = await Promise.all(labs.map((lab) => lab.exec('a', ['nc', '-u', '-w', '1', '192.0.2.2', '53'], { input: 'echo?' })))
    expect(answers.map((answer) => answer.stdout)).toEqual(['echo?', 'echo?'])
    await Promise.all(labs.map((lab) => lab.stop()))
    expect(labs.flatMap((lab) => leftovers(lab.ns('a').replace(/-a$/, '')))).toEqual([])
    expect(labs.some((lab) => existsSync(lab.directory))).toBe(false)
  })

  it('sets what its topology says of /etc, the kernel, the firewall, routes and further interfaces', async () => {
    const lab = await startLab({
      hosts: {
        a: {
          lans: { x: { address: '192.0.2.1/24', dev: 'uplink' } },
          etc: { issue: 'a laboratory\n' },
          sysctl: { 'net.ipv4.conf.uplink.rp_filter': 1 },
          ip: ['link add stub0 up type bridge', 'address add 198.51.100.1/32 dev stub0', 'rule add from 198.51.100.1 table 100'],
          routes: [
            { to: '10.1.0.0/16', via: '192.0.2.2', metric: 50, proto: 'static', src: '198.51.100.1' },
            { to: 'default', nexthops: [{ via: '192.0.2.2', weight: 2 }, { via: '192.0.2.3' }], table: 100 },
            { to: '10.2.0.0/16', type: 'blackhole' },
            { to: '10.3.0.0/16', dev: 'uplink' },
          ],
          firewall: 'table inet filter {\n chain input {\n type filter hook input priority 0; policy accept\n }\n}\n',
        },
      },
    })
    try {
      expect(await lab.sh('a', 'cat /etc/issue /proc/sys/net/ipv4/conf/uplink/rp_filter')).toBe('a laboratory\n1\n')
      expect((await lab.sh('a', 'ip route; ip route show table 100')).split('\n').map((line) => line.trim())).toEqual([
        '10.1.0.0/16 via 192.0.2.2 dev uplink proto static src 198.51.100.1 metric 50',
        'blackhole 10.2.0.0/16',
        '10.3.0.0/16 dev uplink scope link',
        '192.0.2.0/24 dev uplink proto kernel scope link src 192.0.2.1',
        'default',
        'nexthop via 192.0.2.2 dev uplink weight 2',
        'nexthop via 192.0.2.3 dev uplink weight 1',
        '',
      ])
      expect(await lab.sh('a', 'nft list tables')).toBe('table inet filter\n')
    } finally {
      await lab.stop()
    }
  })

  it('that does not come up says which host, and leaves nothing', async () => {
    const broken = startLab({ hosts: { a: { routes: [{ to: '10.0.0.0/8', via: '192.0.2.9' }] } } })
    await expect(broken).rejects.toThrow(/^a did not come up \(1\): Error: Nexthop has invalid gateway/)
  })
})

labDescribe('hosts with a root of their own', () => {
  let lab: Lab
  beforeAll(async () => {
    lab = await startLab('distros')
  })
  afterAll(() => lab?.stop())

  it.each([
    ['centos7', 'CentOS Linux 7 (Core)', '/etc/sysconfig/network-scripts/ifcfg-eth0'],
    ['rhel9', 'Red Hat Enterprise Linux 9.4 (Plow)', '/etc/NetworkManager/system-connections/eth0.nmconnection'],
    ['ubuntu16', 'Ubuntu 16.04.7 LTS', '/etc/network/interfaces.d/eth1'],
    ['ubuntu24', 'Ubuntu 24.04.1 LTS', '/etc/netplan/50-cloud-init.yaml'],
    ['alpine', 'Alpine Linux v3.20', '/etc/runlevels/boot/networking'],
  ])('%s is %s to whoever logs in and to whoever enters', async (host, name, file) => {
    const script = `. /etc/os-release; echo "$PRETTY_NAME"; ls ${file}; ls -d /etc/[A-Z]* /etc/debian_version 2>/dev/null || true`
    const entered = await lab.sh(host, script)
    expect(entered.split('\n')).toEqual([name, file, ...(host === 'rhel9' ? ['/etc/NetworkManager'] : []), ''])
    const { stdout } = await lab.exec('ops', ['ssh', '-F', lab.sshConfig, host, script])
    expect(stdout).toBe(entered)
  })

  it('reach the database by the back end', async () => {
    const { stdout } = await lab.exec('alpine', ['ping', '-c', '1', '-W', '2', '10.20.0.5'])
    expect(stdout).toContain('1 packets transmitted, 1 received')
  })

  it('share their files with every process of theirs, and with no other host', async () => {
    await lab.sh('rhel9', 'echo changed > /etc/NetworkManager/changed')
    expect(await lab.sh('rhel9', 'cat /etc/NetworkManager/changed')).toBe('changed\n')
    await expect(lab.sh('centos7', 'ls /etc/NetworkManager')).rejects.toThrow('No such file')
    expect(existsSync('/etc/NetworkManager/changed')).toBe(false)
  })

  it('have files only where this machine has a folder to lay them over', async () => {
    await expect(startLab({ hosts: { a: { root: { 'srv/x': '' } } } })).rejects.toThrow('a: root: srv/x is in none of etc, run')
  })
})
