import { existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { labDescribe } from '../../../test/lab/describe.js'
import { type Lab, startLab } from '../../../test/lab/index.js'
import type { Source } from '../../model/fact.js'
import { type Arp, type ArpArgs, arp } from './index.js'
import { arping, python } from './sources.js'

const lan = (last: number) => ({ lans: { lan: { address: [`10.79.1.${last}/24`, `fd79:1::${last}/64`] } } })
const systemPath = '/usr/sbin:/sbin:/usr/bin:/bin'
const ask = (address: string, name: string | null = null): ArpArgs => ({ address, interface: name })

labDescribe('who answers for an address', () => {
  let lab: Lab
  let macs: Readonly<Record<string, string>>

  beforeAll(async () => {
    lab = await startLab({ hosts: { asker: lan(1), first: lan(2), second: lan(3), third: lan(200) } })
    const macOf = async (host: string) => (await lab.sh(host, 'cat /sys/class/net/eth0/address')).trim()
    macs = { asker: await macOf('asker'), first: await macOf('first'), second: await macOf('second'), third: await macOf('third') }
    // Both have .50; the second has the asker's own address, too.
    for (const host of ['first', 'second'])
      await lab.sh(host, 'ip addr add 10.79.1.50/24 dev eth0; ip addr add fd79:1::50/64 dev eth0 nodad')
    await lab.sh('second', 'ip addr add 10.79.1.1/32 dev eth0; ip addr add fd79:1::1/128 dev eth0 nodad')
    await lab.sh('asker', 'ip addr add 10.79.9.1/24 dev lo; ip link add br9 type bridge; ip addr add 10.79.8.1/24 dev br9')
  })
  afterAll(() => lab?.stop())

  async function run(source: Source<ArpArgs, Arp>, requests: readonly ArpArgs[], as: readonly string[] = [], path = systemPath) {
    const { tool, args, stdin = '' } = source.command(requests)
    const argv = [...as, 'env', '-i', `PATH=${path}`, 'LC_ALL=C', tool[0], ...args]
    return lab.exec('asker', argv, { input: stdin, timeoutMs: 30_000 })
  }

  /** Names of hosts, or the problem. */
  async function whoAnswers(source: Source<ArpArgs, Arp>, requests: readonly ArpArgs[], path?: string) {
    const { exitCode, stdout, stderr } = await run(source, requests, [], path)
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    const values = source.parse({ exitCode: 0, stdout, stderr }, requests)
    for (const value of values) expect(arp.isValue(value)).toBe(true)
    const nameOf = (mac: string) => Object.keys(macs).find((name) => macs[name] === mac) ?? mac
    return values.map(({ interface: name, asked, answers, problem }) =>
      problem === null ? `${name} ${asked}: ${answers.map(({ mac }) => nameOf(mac)).sort()}` : `${name} ${asked}: ${problem}`,
    )
  }

  const tables = () =>
    Promise.all(['asker', 'first', 'second'].map(async (host) => `${host}:\n${await lab.sh(host, 'ip -4 neigh show | sort')}`))

  it('is everybody who has it, and nobody learns from being asked over IPv4', async () => {
    const before = await tables()
    const requests = ['10.79.1.2', '10.79.1.50', '10.79.1.77', '10.79.1.1', '10.79.1.3'].map((address) => ask(address))
    expect(await whoAnswers(python, [...requests, ask('10.79.1.2', 'eth0'), ask('192.0.2.9', 'eth0')])).toEqual([
      'eth0 3: first',
      'eth0 3: first,second',
      'eth0 3: ',
      'eth0 3: second',
      'eth0 3: second',
      'eth0 3: first',
      'eth0 3: ',
    ])
    expect(await tables()).toEqual(before)
  })

  it('is the same over IPv6, where the holder learns who asked and nothing else', async () => {
    const requests = ['fd79:1::2', 'fd79:1::50', 'fd79:1::77', 'fd79:1::1'].map((address) => ask(address))
    expect(await whoAnswers(python, requests)).toEqual(['eth0 3: first', 'eth0 3: first,second', 'eth0 3: ', 'eth0 3: second'])
    const learnt = await lab.sh('first', "ip -6 neigh show | awk '{ print $1, $5 }'")
    expect(learnt).toMatch(new RegExp(`^fe80::\\S+ ${macs.asker}\\n$`))
  })

  it('follows what changes', async () => {
    await lab.sh('second', 'ip addr del 10.79.1.50/24 dev eth0')
    expect(await whoAnswers(python, [ask('10.79.1.50')])).toEqual(['eth0 3: first'])
    await lab.sh('second', 'ip addr add 10.79.1.50/24 dev eth0')
    expect(await whoAnswers(python, [ask('10.79.1.50')])).toEqual(['eth0 3: first,second'])
  })

  it('is not asked where nobody could hear it', async () => {
    const noArp = 'is no interface on which neighbours are asked for their addresses (loopback, a tunnel, NOARP)'
    const requests = [ask('192.0.2.9'), ask('127.0.0.1'), ask('10.79.9.7'), ask('10.79.8.7'), ask('10.79.1.2', 'eth7'), ask('fe80::1')]
    expect(await whoAnswers(python, requests)).toEqual([
      'null 0: no interface has a connected prefix that holds the address',
      `lo 0: lo ${noArp}`,
      `lo 0: lo ${noArp}`,
      'br9 0: br9 is down',
      'eth7 0: there is no interface eth7',
      'eth0 3: ',
    ])
    await lab.sh('asker', 'ip link set br9 up; ip link set eth0 master br9')
    expect(await whoAnswers(python, [ask('10.79.1.2')])).toEqual(['eth0 0: eth0 is part of br9: ask on br9'])
    await lab.sh('asker', 'ip link set eth0 nomaster; ip addr add 10.79.1.9/24 dev br9; ip link set eth0 arp off')
    expect(await whoAnswers(python, [ask('10.79.1.2', 'eth0')])).toEqual([`eth0 0: eth0 ${noArp}`])
    await lab.sh('asker', 'ip link set eth0 arp on')
    expect(await whoAnswers(python, [ask('10.79.1.2')])).toEqual(['eth0 3: first'])
    await lab.sh(
      'asker',
      'ip link add up9 type veth peer name peer9; ip link set peer9 up; ip link set up9 up; ip addr add 10.79.1.8/24 dev up9',
    )
    expect(await whoAnswers(python, [ask('10.79.1.2')])).toEqual([
      'null 0: connected prefixes of eth0 and up9 hold the address: name the interface',
    ])
    await lab.sh('asker', 'ip link del up9; ip link del br9')
  })

  it('is told by BusyBox as well, which asks a second time where it heard one', async () => {
    const folder = join(lab.directory, 'busybox')
    mkdirSync(folder)
    if (!existsSync('/usr/bin/busybox')) throw new Error('this test needs BusyBox in /usr/bin')
    symlinkSync('/usr/bin/busybox', join(folder, 'arping'))
    await lab.sh('third', 'ip addr add 10.79.1.2/32 dev eth0')
    const requests = [ask('10.79.1.2', 'eth0'), ask('10.79.1.77', 'eth0'), ask('10.79.1.1', 'eth0'), ask('127.0.0.2', 'lo')]
    expect(await whoAnswers(arping, requests, `${folder}:${systemPath}`)).toEqual([
      'eth0 4: first,third',
      'eth0 3: ',
      'eth0 1: second',
      'lo 0: lo is no interface on which neighbours are asked for their addresses (loopback, a tunnel, NOARP)',
    ])
    await lab.sh('third', 'ip addr del 10.79.1.2/32 dev eth0')
  })

  it('says that it may not ask, where only root may', async () => {
    const { exitCode, stdout, stderr } = await run(
      python,
      [ask('10.79.1.2')],
      ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'],
    )
    expect([exitCode, stdout, stderr]).toEqual([
      77,
      '',
      'packet sockets: Operation not permitted; asking neighbours needs root (CAP_NET_RAW)\n',
    ])
  })

  it('asks many in a few seconds', { timeout: 30_000 }, async () => {
    const many = Array.from({ length: 120 }, (_, index) => ask(`10.79.1.${index + 2}`))
    const answered = (await whoAnswers(python, many)).filter((line) => !line.endsWith(': '))
    expect(answered).toEqual(['eth0 3: first', 'eth0 3: second', 'eth0 3: first,second'])
  })
})
