import { describe, expect, it } from 'vitest'
import type { Listener } from '../../facts/listeners/index.js'
import type { User } from '../../facts/users/index.js'
import { nothingLearnt } from '../../lib/learnt.js'
import type { CheckContext, Finding } from '../../model/check.js'
import type { Become } from '../../model/inventory.js'
import { listeningPort } from './index.js'
import type { Spec } from './schema.js'

const context = (become: Become = 'none'): CheckContext => ({
  host: { name: 'web1', address: '192.0.2.1', platform: 'linux', transport: 'ssh', ssh: {}, become, groups: [], vars: {} },
  inventory: { hosts: new Map(), groups: new Map(), routers: {}, resolvers: new Map() },
  timeoutMs: 5_000,
})

type Held = string | null
/** `tcp 0.0.0.0:80`, `tcp [::]:80 v6only`, `tcp [::]:80 dual`, `udp 0.0.0.0%eth0:53`. */
function at(text: string, held: Held = null, uid: number | null = 0): Listener {
  const [, protocol, host = '', device, port, v6only] =
    /^(tcp|udp) \[?([^\]%]+?)\]?(?:%([^:]+))?:(\d+)(?: (v6only|dual))?$/.exec(text) ?? []
  return {
    protocol: protocol === 'udp' ? 'udp' : 'tcp',
    family: host.includes(':') ? 6 : 4,
    address: host,
    port: Number(port),
    interface: device ?? null,
    interfaceShown: true,
    v6only: v6only === undefined ? null : v6only === 'v6only',
    processes: held?.split(' ').map((name, index) => ({ name, pid: 10 + index })) ?? null,
    uid,
  }
}

const users: readonly User[] = [
  { name: 'root', uid: 0 },
  { name: 'www-data', uid: 33 },
]
const judge = (spec: Spec, seen: readonly Listener[], become?: Become): readonly Finding[] =>
  listeningPort.evaluate(spec, { listeners: seen, users: spec.user === undefined ? [] : [users] }, context(become), nothingLearnt)

describe('accepts', () => {
  it.each<[what: string, spec: Spec, seen: readonly Listener[]]>([
    ['any address', { port: 80 }, [at('tcp 127.0.0.1:80')]],
    ['a port as text', { port: '80' }, [at('tcp 0.0.0.0:80')]],
    ['udp', { port: 53, protocol: 'udp' }, [at('udp 0.0.0.0:53')]],
    ['a wildcard for an address', { port: 80, address: '192.0.2.1' }, [at('tcp 0.0.0.0:80')]],
    ['the address itself, however spelt', { port: 80, address: '2001:DB8:0::1' }, [at('tcp [2001:db8::1]:80')]],
    ['a mapped address', { port: 80, address: '::ffff:127.0.0.1' }, [at('tcp 127.0.0.1:80')]],
    ['dual stack for IPv4', { port: 80, family: 'inet' }, [at('tcp [::]:80 dual')]],
    ['dual stack for an IPv4 address', { port: 80, address: '192.0.2.1' }, [at('tcp [::]:80 dual')]],
    ['dual stack for every IPv4 address', { port: 80, address: '0.0.0.0' }, [at('tcp [::]:80 dual')]],
    ['dual stack for IPv6', { port: 80, family: 'inet6' }, [at('tcp [::]:80 dual')]],
    ['v6only for every IPv6 address', { port: 80, address: '::' }, [at('tcp [::]:80 v6only')]],
    ['unknown v6only where IPv6 is asked for', { port: 80, family: 'inet6' }, [at('tcp [::]:80')]],
    ['unknown v6only where anything will do', { port: 80 }, [at('tcp [::]:80')]],
    ['unknown v6only beside a socket on IPv4', { port: 80, family: 'inet' }, [at('tcp [::]:80'), at('tcp 0.0.0.0:80')]],
    ['a socket on an interface', { port: 22 }, [at('tcp 0.0.0.0%mgmt:22')]],
    ['that interface', { port: 22, address: '10.0.0.1%mgmt' }, [at('tcp 0.0.0.0%mgmt:22')]],
    ['a link-local address on its interface', { port: 22, address: 'fe80::1%eth0' }, [at('tcp [fe80::1]%eth0:22')]],
    ['a link-local address', { port: 22, address: 'fe80::1' }, [at('tcp [fe80::1]%eth0:22')]],
    ['any interface for a wildcard', { port: 22, address: '10.0.0.1%mgmt' }, [at('tcp 0.0.0.0:22')]],
    ['a process', { port: 80, process: 'nginx' }, [at('tcp 0.0.0.0:80', 'nginx')]],
    ['one process of many', { port: 22, process: 'sshd' }, [at('tcp 0.0.0.0:22', 'systemd sshd')]],
    ['a name longer than the kernel keeps', { port: 53, process: 'systemd-resolved' }, [at('tcp 0.0.0.0:53', 'systemd-resolve')]],
    ['a process by pattern', { port: 80, process: { matches: '^nginx' } }, [at('tcp 0.0.0.0:80', 'nginx:')]],
    ['a process that it is not', { port: 80, process: { not: 'apache2' } }, [at('tcp 0.0.0.0:80', 'nginx')]],
    ['a user by name', { port: 80, user: 'www-data' }, [at('tcp 0.0.0.0:80', null, 33)]],
    ['a user by number', { port: 80, user: 33 }, [at('tcp 0.0.0.0:80', null, 33)]],
    ['a user by a number as text', { port: 80, user: '33' }, [at('tcp 0.0.0.0:80', null, 33)]],
    ['a user without a name, by number', { port: 80, user: 1234 }, [at('tcp 0.0.0.0:80', null, 1234)]],
    ['anybody but root', { port: 80, user: { not: 'root' } }, [at('tcp 0.0.0.0:80', null, 33)]],
    ['nothing', { port: 23, absent: true }, []],
    ['nothing on this protocol', { port: 23, absent: true }, [at('udp 0.0.0.0:23')]],
    ['nothing on this address', { port: 23, absent: true, address: '192.0.2.1' }, [at('tcp 127.0.0.1:23')]],
    ['nothing for IPv4 where 0.0.0.0 may not be served', { port: 23, absent: true, address: '0.0.0.0' }, [at('tcp [::1]:23')]],
    ['nothing through an interface', { port: 23, absent: true, address: '0.0.0.0%eth0' }, [at('tcp 0.0.0.0%mgmt:23')]],
    ['nothing for IPv4', { port: 23, absent: true, family: 'inet' }, [at('tcp [::]:23 v6only')]],
    ['absent: false as its absence', { port: 80, absent: false }, [at('tcp 0.0.0.0:80')]],
  ])('%s', (_what, spec, seen) => {
    const findings = judge(spec, seen)
    expect(findings.length).toBeGreaterThan(0)
    expect(findings.filter(({ verdict }) => verdict !== 'pass')).toEqual([])
  })
})

describe('rejects', () => {
  type Case = [what: string, spec: Spec, seen: readonly Listener[], expected: string, actual: string, message: string]
  it.each<Case>([
    [
      'nothing at all',
      { port: 80 },
      [at('tcp 0.0.0.0:81')],
      'listening',
      'nothing listening',
      'No socket listens there. Is the service running? Look at its status and its log: a bind that failed is told there.',
    ],
    [
      'the loopback alone',
      { port: 80, address: '192.0.2.1' },
      [at('tcp 127.0.0.1:80'), at('tcp [::1]:80')],
      'listening on 192.0.2.1',
      'listening on 127.0.0.1, ::1',
      "It is bound to 127.0.0.1, ::1 only, so it is reachable only from the host itself: change the service's bind address.",
    ],
    [
      'the loopback where every address is meant',
      { port: 80, address: '0.0.0.0' },
      [at('tcp 127.0.0.1:80')],
      'listening on every IPv4 address',
      'listening on 127.0.0.1',
      "It is bound to 127.0.0.1 only, so it is reachable only from the host itself: change the service's bind address.",
    ],
    [
      'another address',
      { port: 80, address: '192.0.2.1' },
      [at('tcp 192.0.2.11:80')],
      'listening on 192.0.2.1',
      'listening on 192.0.2.11',
      "It is bound to 192.0.2.11 only: change the service's bind address, or the address in this check.",
    ],
    [
      'one address where every one is meant',
      { port: 80, address: '::' },
      [at('tcp [2001:db8::1]:80')],
      'listening on every IPv6 address',
      'listening on 2001:db8::1',
      "It is bound to 2001:db8::1 only: change the service's bind address, or the address in this check.",
    ],
    [
      'IPv6 only',
      { port: 80, family: 'inet' },
      [at('tcp [::]:80 v6only')],
      'listening for IPv4',
      'listening on :: (IPv6 only)',
      'It listens on IPv6 only: let the service bind 0.0.0.0 too, or :: without IPV6_V6ONLY (nginx calls that ipv6only=off).',
    ],
    [
      'IPv4 only',
      { port: 80, address: '2001:db8::1' },
      [at('tcp 0.0.0.0:80')],
      'listening on 2001:db8::1',
      'listening on 0.0.0.0',
      'It listens on IPv4 only: let the service bind :: too.',
    ],
    [
      'an interface, where every address is meant',
      { port: 22, address: '0.0.0.0' },
      [at('tcp 0.0.0.0%mgmt:22')],
      'listening on every IPv4 address',
      'listening on 0.0.0.0%mgmt',
      'It is bound to an interface (0.0.0.0%mgmt) and takes only what comes in there.',
    ],
    [
      'another interface',
      { port: 22, address: '10.0.0.1%eth0' },
      [at('tcp 0.0.0.0%mgmt:22')],
      'listening on 10.0.0.1 through eth0',
      'listening on 0.0.0.0%mgmt',
      'It is bound to an interface (0.0.0.0%mgmt) and takes only what comes in there.',
    ],
    [
      'udp for tcp',
      { port: 53 },
      [at('udp 0.0.0.0:53', 'named')],
      'listening',
      'nothing listening',
      "Something listens there with udp, not tcp: 0.0.0.0:53, held by named (pid 10). Compare the service's configuration with this check.",
    ],
    [
      'the process on another port',
      { port: 443, process: 'nginx' },
      [at('tcp 0.0.0.0:80', 'nginx'), at('tcp [::]:8443 dual', 'nginx')],
      'listening',
      'nothing listening',
      "nginx listens on 0.0.0.0:80, [::]:8443 instead. Compare the service's configuration with this check.",
    ],
    [
      'what may not listen',
      { port: 23, absent: true },
      [at('tcp 0.0.0.0:23', 'telnetd')],
      'nothing listening',
      'listening on 0.0.0.0',
      'It is held by telnetd (pid 10): stop the service, or let it bind another port or address.',
    ],
    [
      'one address where none may be served',
      { port: 23, absent: true, address: '0.0.0.0%eth0' },
      [at('tcp 192.0.2.1:23', 'telnetd')],
      'nothing listening for IPv4 through eth0',
      'listening on 192.0.2.1',
      'It is held by telnetd (pid 10): stop the service, or let it bind another port or address.',
    ],
    [
      'what may not listen on an address, by its wildcard',
      { port: 23, absent: true, address: '192.0.2.1' },
      [at('tcp [::]:23 dual')],
      'nothing listening on 192.0.2.1',
      'listening on :: (IPv6 and IPv4)',
      'Find out who holds it with ss -lntup as root: stop the service, or let it bind another port or address.',
    ],
  ])('%s', (_what, spec, seen, expected, actual, message) => {
    const subject = `listening-port ${spec.port}/tcp`
    expect(judge(spec, seen)).toEqual([{ verdict: 'fail', subject, expected, actual, message }])
  })

  it.each<Case>([
    [
      'another process',
      { port: 80, process: 'nginx' },
      [at('tcp 0.0.0.0:80', 'apache2'), at('tcp 0.0.0.0:8080', 'nginx')],
      'nginx',
      'apache2 (pid 10)',
      'Another process holds 0.0.0.0. nginx listens on 0.0.0.0:8080 instead.',
    ],
    [
      'another process on one of the addresses',
      { port: 80, process: 'nginx' },
      [at('tcp 0.0.0.0:80', 'nginx'), at('tcp 192.0.2.1:80', 'nc')],
      'nginx',
      'nc (pid 10)',
      'Another process holds 192.0.2.1. nginx listens on 0.0.0.0:80 beside it.',
    ],
    [
      'another process on the same address',
      { port: 80, process: 'nginx' },
      [at('tcp 0.0.0.0:80', 'nginx'), at('tcp 0.0.0.0:80', 'evil')],
      'nginx',
      'evil (pid 10)',
      'Another process shares 0.0.0.0:80 with nginx (pid 10) (SO_REUSEPORT), and takes some of what comes in: stop it, and find out who started it.',
    ],
    [
      'an excluded process behind many others',
      { port: 80, process: { not: 'nobodysvc' } },
      [at('tcp 0.0.0.0:80', 'a b c d e f nobodysvc')],
      'not nobodysvc',
      'nobodysvc (pid 16), a (pid 10), b (pid 11), c (pid 12), d (pid 13) and 2 more',
      'A process that must not hold 0.0.0.0 does: stop it, and find out who started it.',
    ],
    [
      'an excluded process',
      { port: 80, process: { not: 'nc' } },
      [at('tcp 0.0.0.0:80', 'nginx nc')],
      'not nc',
      'nc (pid 11), nginx (pid 10)',
      'A process that must not hold 0.0.0.0 does: stop it, and find out who started it.',
    ],
    [
      'a name that only begins the same',
      { port: 80, process: 'nginx' },
      [at('tcp 0.0.0.0:80', 'nginx2')],
      'nginx',
      'nginx2 (pid 10)',
      'Another process holds 0.0.0.0.',
    ],
    [
      'root, who opened it',
      { port: 80, user: 'www-data' },
      [at('tcp 0.0.0.0:80')],
      'www-data',
      'root',
      'A socket belongs to the user who opened it: a service that binds as root and drops its rights later is shown as root.',
    ],
    [
      'another user',
      { port: 80, user: 0 },
      [at('tcp 0.0.0.0:80', null, 33)],
      'root',
      'www-data',
      "Compare User= of the service's unit, or the user in its configuration.",
    ],
    [
      'a user of the host where one is expected that it does not know',
      { port: 80, user: 'nginx' },
      [at('tcp 0.0.0.0:80', null, 33)],
      'nginx',
      'www-data',
      "Compare User= of the service's unit, or the user in its configuration.",
    ],
  ])('%s', (_what, spec, seen, expected, actual, message) => {
    const property = spec.process === undefined ? 'user' : 'process'
    const [listening, held, ...rest] = judge(spec, seen)
    expect(rest).toEqual([])
    expect(listening).toMatchObject({ verdict: 'pass', subject: 'listening-port 80/tcp' })
    expect(held).toEqual({ verdict: 'fail', subject: `listening-port 80/tcp: ${property}`, expected, actual, message })
  })
})

describe('without ss, which alone shows interfaces', () => {
  const unshown = (text: string): Listener => ({ ...at(text, 'nginx'), interfaceShown: false })
  const caveat = 'Only ss shows whether a socket is bound to one interface: without it, this one is taken to be bound to none.'
  const held = 'It is held by nginx (pid 10): stop the service, or let it bind another port or address.'
  it.each<[Spec, readonly Listener[], string, string]>([
    [{ port: 80 }, [unshown('tcp 0.0.0.0:80')], 'pass', ''],
    [{ port: 80, address: '192.0.2.1' }, [unshown('tcp 0.0.0.0:80')], 'pass', caveat],
    [{ port: 80, address: '0.0.0.0' }, [unshown('tcp 0.0.0.0:80')], 'pass', caveat],
    [{ port: 80, address: '192.0.2.1' }, [unshown('tcp 192.0.2.1:80')], 'pass', ''],
    [{ port: 80, address: '192.0.2.1' }, [unshown('tcp 0.0.0.0:80'), unshown('tcp 192.0.2.1:80')], 'pass', ''],
    [{ port: 80, address: '192.0.2.1' }, [at('tcp 0.0.0.0:80')], 'pass', ''],
    [{ port: 80, absent: true }, [unshown('tcp 0.0.0.0:80')], 'fail', held],
    [{ port: 80, absent: true, address: '192.0.2.1' }, [unshown('tcp 0.0.0.0:80')], 'fail', `${held} ${caveat}`],
    [{ port: 80, absent: true, address: '192.0.2.1' }, [at('tcp 0.0.0.0:80', 'nginx')], 'fail', held],
  ])('%j', (spec, seen, verdict, message) => {
    expect(judge(spec, seen).map((finding) => [finding.verdict, finding.message])).toEqual([[verdict, message]])
  })
})

describe('does not know', () => {
  const v6only =
    'Whether this socket takes IPv4 too is not known: only ss of iproute2 4.2 or newer, on Linux 4.3 or newer, shows IPV6_V6ONLY. Install iproute2 on the host, or leave out address and family; a tcp-port check proves it from outside.'
  const root =
    'Who holds 0.0.0.0 is shown to root alone: set become: sudo for web1 in the inventory. Was it root already, the kernel itself holds the socket, as for NFS and WireGuard.'
  it.each<[what: string, spec: Spec, seen: readonly Listener[], become: Become, actual: string, message: string]>([
    [
      'whether IPv4 is served',
      { port: 80, family: 'inet' },
      [at('tcp [::]:80')],
      'none',
      'listening on :: (IPv6, perhaps IPv4 too)',
      v6only,
    ],
    [
      'whether IPv4 is free',
      { port: 80, absent: true, address: '192.0.2.1' },
      [at('tcp [::]:80')],
      'none',
      'listening on :: (IPv6, perhaps IPv4 too)',
      v6only,
    ],
    [
      'whether an address is on an interface',
      { port: 22, address: '10.0.0.1' },
      [at('tcp 0.0.0.0%mgmt:22')],
      'none',
      'listening on 0.0.0.0%mgmt',
      '0.0.0.0%mgmt takes only what comes in through mgmt, and whether 10.0.0.1 does is not known: write address: 10.0.0.1%mgmt if so.',
    ],
    ['who holds a port', { port: 80, process: 'nginx' }, [at('tcp 0.0.0.0:80')], 'none', 'not shown', root],
    [
      'who else holds it',
      { port: 80, process: 'nginx' },
      [at('tcp 127.0.0.1:80', 'nginx'), at('tcp 0.0.0.0:80')],
      'none',
      'not shown',
      root,
    ],
    ['who does not hold it', { port: 80, process: { not: 'nc' } }, [at('tcp 0.0.0.0:80')], 'none', 'not shown', root],
    [
      'who holds it, as root',
      { port: 80, process: 'nginx' },
      [at('tcp 0.0.0.0:80')],
      'sudo',
      'not shown',
      'Nobody was shown to hold 0.0.0.0, though root asked: the kernel itself may, as for NFS and WireGuard, or a process that its /proc does not show.',
    ],
    [
      'whose it is',
      { port: 80, user: 'root' },
      [at('tcp 0.0.0.0:80', null, null)],
      'none',
      'not shown',
      "The tools of this host do not show a socket's owner: install iproute2 (ss) on it.",
    ],
    [
      'whether a number is an unknown user',
      { port: 80, user: 'nginx' },
      [at('tcp 0.0.0.0:80', null, 101)],
      'none',
      'uid 101',
      'The host knows no name for uid 101, nor all users that are expected: compare getent passwd, or expect the number.',
    ],
  ])('%s', (_what, spec, seen, become, actual, message) => {
    const findings = judge(spec, seen, become).filter(({ verdict }) => verdict !== 'pass')
    expect(findings).toMatchObject([{ verdict: 'error', actual, message }])
  })

  it('fails all the same when one of the holders is seen to be wrong', () => {
    const findings = judge({ port: 80, process: 'nginx' }, [at('tcp 0.0.0.0:80'), at('tcp 127.0.0.1:80', 'nc')])
    expect(findings.map(({ verdict, actual }) => [verdict, actual])).toEqual([
      ['pass', 'listening on 0.0.0.0, 127.0.0.1'],
      ['fail', 'nc (pid 10)'],
    ])
  })
})

describe('ranges and lists', () => {
  const lines = (findings: readonly Finding[]): readonly string[] =>
    findings.map(({ verdict, subject, actual }) => `${verdict} ${subject}: ${actual}`)

  it('joins neighbours of which the same is to be said', () => {
    const seen = [8000, 8001, 8002, 8005].map((port) => at(`tcp 0.0.0.0:${port}`, 'app'))
    expect(lines(judge({ port: '8000-8005', process: 'app' }, seen))).toEqual([
      'pass listening-port 8000-8002/tcp: listening on 0.0.0.0',
      'pass listening-port 8000-8002/tcp: process: app (pid 10)',
      'fail listening-port 8003-8004/tcp: nothing listening',
      'pass listening-port 8005/tcp: listening on 0.0.0.0',
      'pass listening-port 8005/tcp: process: app (pid 10)',
    ])
  })

  it('takes a list, each port once', () => {
    expect(lines(judge({ port: [443, '80-81', 80], protocol: 'udp' }, [at('udp [::]:443 dual')]))).toEqual([
      'fail listening-port 80-81/udp: nothing listening',
      'pass listening-port 443/udp: listening on :: (IPv6 and IPv4)',
    ])
  })

  it('proves that nothing listens on all other ports, in one go', () => {
    const began = performance.now()
    const seen = [at('tcp 0.0.0.0:22'), at('tcp 0.0.0.0:6000')]
    expect(lines(judge({ port: ['1-21', '23-65535'], absent: true }, seen))).toEqual([
      'pass listening-port 1-21/tcp: nothing listening',
      'pass listening-port 23-5999/tcp: nothing listening',
      'fail listening-port 6000/tcp: listening on 0.0.0.0',
      'pass listening-port 6001-65535/tcp: nothing listening',
    ])
    expect(performance.now() - began).toBeLessThan(5_000)
  })

  it('names five addresses and counts the rest', () => {
    const seen = Array.from({ length: 7 }, (_, index) => at(`tcp 10.0.0.${index}:53`))
    expect(judge({ port: 53 }, seen)[0]?.actual).toBe('listening on 10.0.0.0, 10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4 and 2 more')
  })
})

describe('problems of a specification', () => {
  it.each<[spec: Spec, path: readonly (string | number)[], message: string, hint: string | undefined]>([
    [{ port: '90-80' }, ['port'], 'expected a range from the smaller to the larger port, found "90-80"', '"80-90"'],
    [{ port: [80, '0-9'] }, ['port', 1], 'expected ports between 1 and 65535, found "0-9"', undefined],
    [{ port: '65536' }, ['port'], 'expected ports between 1 and 65535, found "65536"', undefined],
    [
      { port: 80, address: 'localhost' },
      ['address'],
      'expected an IP address, found "localhost"',
      '0.0.0.0 means every IPv4 address, :: every IPv6 address',
    ],
    [
      { port: 80, address: '::1', family: 'inet' },
      ['family'],
      'expected the family of ::1, found inet',
      'an address has its family: leave family out',
    ],
    [
      { port: 80, absent: true, process: 'nginx' },
      ['process'],
      'expected no process where nothing may listen',
      'to keep one off the port, leave out absent and write process: { not: … }',
    ],
    [
      { port: 80, process: { min: 'a' } },
      ['process', 'min'],
      'expected not, one-of, matches or contains, found min: a process has no order',
      undefined,
    ],
    [
      { port: 80, user: { max: 5 } },
      ['user', 'max'],
      'expected not, one-of, matches or contains, found max: a user has no order',
      undefined,
    ],
  ])('%j', (spec, path, message, hint) => {
    expect(listeningPort.problems?.(spec)).toEqual([{ path, message, ...(hint === undefined ? {} : { hint }) }])
  })

  it.each<Spec>([
    { port: 1 },
    { port: '65535' },
    { port: 80, address: 'fe80::1%eth0', family: 'inet6' },
    { port: 80, absent: false, process: 'a' },
  ])('none: %j', (spec) => {
    expect(listeningPort.problems?.(spec)).toEqual([])
  })
})

describe('needs', () => {
  it('asks for processes and users only when the check judges them', () => {
    const args = (spec: Spec) => {
      const needs = listeningPort.needs(spec, context())
      return [needs.listeners.args, needs.users.map((request) => request.args)]
    }
    expect(args({ port: 80 })).toEqual([{ processes: false }, []])
    expect(args({ port: '1-9', address: '::1', absent: true })).toEqual([{ processes: false }, []])
    expect(args({ port: 80, process: 'nginx' })).toEqual([{ processes: true }, []])
    expect(args({ port: 80, user: { 'one-of': ['b', 33, 'a'], not: 'root' } })).toEqual([
      { processes: false },
      [{ lookUp: ['33', 'a', 'b', 'root'] }],
    ])
  })
})

describe('processes of other users, which may be hidden', () => {
  const hidden = at('tcp 0.0.0.0:22')
  const shared = at('tcp 0.0.0.0:80', 'nginx')
  const process = (spec: Spec['process'], seen: readonly Listener[], become?: Become) =>
    judge({ port: 80, ...(spec === undefined ? {} : { process: spec }) }, seen, become)
      .filter(({ subject }) => subject.endsWith('process'))
      .map(({ verdict, message }) => [verdict, message])
  const further =
    'Further processes of other users may hold 0.0.0.0, and are shown to root alone: set become: sudo for web1 in the inventory.'

  it.each<[string, Spec['process'], readonly Listener[], Become, string, string]>([
    ['one that is excluded may be among them', { not: 'systemd' }, [hidden, shared], 'none', 'error', further],
    ['one that is seen is enough', 'nginx', [hidden, shared], 'none', 'pass', ''],
    ['root sees all', { not: 'systemd' }, [hidden, shared], 'sudo', 'pass', ''],
    ['none is hidden where every holder is shown', { not: 'systemd' }, [shared], 'none', 'pass', ''],
  ])('%s', (_what, spec, seen, become, verdict, message) => {
    expect(process(spec, seen, become)).toEqual([[verdict, message]])
  })

  it('fails for one that is seen and excluded', () => {
    expect(process({ not: 'nginx' }, [hidden, shared]).map(([verdict]) => verdict)).toEqual(['fail'])
  })
})
