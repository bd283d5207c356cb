import { afterAll, beforeAll, expect, it } from 'vitest'
import { labDescribe } from '../lab/describe.js'
import { type Lab, startLab } from '../lab/index.js'
import { complaints, prove, resultOf, writeRunbook } from './in-lab.js'

labDescribe('interfaces that change', () => {
  let lab: Lab
  let inventory: string
  beforeAll(async () => {
    lab = await startLab('pair')
    inventory = lab.inventory({ transport: 'exec' })
  })
  afterAll(() => lab?.stop())

  const check = { name: 'eth0', state: 'up', mtu: 1500, type: 'veth', addresses: ['192.0.2.1/24', '2001:db8::1/64'] }
  const runbook = (spec: object) => writeRunbook(lab, { checks: [{ id: 'it', on: 'a', interface: spec }] })
  const proof = (spec: object) =>
    prove({ ...lab, netproof: (_, args, options) => lab.netproof('a', args, options) }, [runbook(spec), '-i', inventory])

  it.each([
    {
      name: 'an interface that is taken down',
      spec: { name: 'eth0', state: 'up' },
      change: 'ip link set eth0 down',
      undo: 'ip link set eth0 up; ip address add 2001:db8::1/64 dev eth0 nodad', // the kernel drops IPv6 addresses with the link
      told: [
        'interface eth0: state: expected up, actual down: administratively. It was taken down, or never set up: `ip link set eth0 up` does it, until the next boot if the network configuration does not.',
      ],
    },
    {
      name: 'another MTU and an address too many',
      spec: check,
      change: 'ip link set eth0 mtu 1400; ip address add 192.0.2.77/24 dev eth0',
      undo: 'ip link set eth0 mtu 1500; ip address del 192.0.2.77/24 dev eth0',
      told: [
        'interface eth0: mtu: expected 1500, actual 1400. All hosts of a LAN must have one MTU: larger packets vanish. `ip link set eth0 mtu NUMBER` holds until the next boot: set it in the network configuration, too.',
        'interface eth0: addresses: expected 192.0.2.1/24, 2001:db8::1/64, actual 192.0.2.1/24, 192.0.2.77/24, 2001:db8::1/64. Not expected: 192.0.2.77/24.',
      ],
    },
    {
      name: 'an interface that must not be there',
      spec: { name: 'br9', absent: true },
      change: 'ip link add br9 type bridge',
      undo: 'ip link del br9',
      told: ['interface br9: expected no such interface, actual bridge, down: administratively. Look at `ip -d link show br9`.'],
    },
    {
      name: 'a port that leaves its bridge',
      spec: { name: 'eth0', master: { not: 'br8' } },
      change: 'ip link add br8 type bridge; ip link set eth0 master br8',
      undo: 'ip link del br8',
      told: ['interface eth0: master: expected not br8, actual br8. Look at `ip link show master eth0`.'],
    },
    {
      name: 'a bridge by its other name',
      spec: { name: 'eth0', master: { not: 'bridge-of-the-house' } },
      change: 'ip link add br8 type bridge; ip link property add dev br8 altname bridge-of-the-house; ip link set eth0 master br8',
      undo: 'ip link del br8',
      told: [
        'interface eth0: master: expected not bridge-of-the-house, actual br8. bridge-of-the-house is another name of br8. Look at `ip link show master eth0`.',
      ],
    },
    {
      name: 'an address that may not be there, whatever its length',
      spec: { name: 'eth0', addresses: { not: ['192.0.2.60'] } },
      change: 'ip address add 192.0.2.60/32 dev eth0',
      undo: 'ip address del 192.0.2.60/32 dev eth0',
      told: [
        'interface eth0: addresses: expected none of 192.0.2.60, actual 192.0.2.1/24, 192.0.2.60/32, 2001:db8::1/64. Not expected: 192.0.2.60/32.',
      ],
    },
  ])('$name fails the check, and its end lets it pass again', { timeout: 60_000 }, async ({ spec, change, undo, told }) => {
    const before = await proof(spec)
    await lab.sh('a', change)
    const during = await proof(spec).finally(() => lab.sh('a', undo))
    const after = await proof(spec)
    expect(complaints(resultOf(during.report, 'it'))).toEqual(told)
    expect([before.exitCode, during.exitCode, after.exitCode]).toEqual([0, 1, 0])
  })

  it('counters tell what passes by while they are watched', { timeout: 60_000 }, async () => {
    const quiet = { name: 'eth0', counters: { over: '1500ms', 'rx-packets': { max: 50 }, 'rx-errors': 0, 'carrier-changes': 0 } }
    const busy = (n: number) =>
      lab.sh(
        'b',
        `python3 -c "
import socket, time
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for _ in range(${n}): s.sendto(b'x', ('192.0.2.1', 9)); time.sleep(0.01)"`,
      )
    const calm = await proof(quiet)
    const [loud] = await Promise.all([proof(quiet), busy(500)])
    expect([calm.exitCode, loud.exitCode]).toEqual([0, 1])
    expect(complaints(resultOf(loud.report, 'it'))[0]).toMatch(
      /^interface eth0: rx-packets: expected at most 50 in 1\.5 s, actual \d+ in \d\.\d s\./,
    )
  })

  it('a cable without a signal is not up', { timeout: 60_000 }, async () => {
    await lab.sh('a', 'ip link add v0 type veth peer name v1; ip link set v0 up')
    const { report } = await proof({ name: 'v0', state: 'up', carrier: true }).finally(() => lab.sh('a', 'ip link del v0'))
    expect(complaints(resultOf(report, 'it'))).toEqual([
      `interface v0: state: expected up, actual down: the interface beneath it is down. Look at v1: \`ip link show v1\`.`,
      'interface v0: carrier: expected a signal, actual no signal. Look at v1: `ip link show v1`.',
    ])
  })
})
