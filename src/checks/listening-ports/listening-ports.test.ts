import { describe, expect, it } from 'vitest'
import { type Listener, listeners } from '../../facts/listeners/index.js'
import { processUnits } from '../../facts/process-units/index.js'
import { type User, users } from '../../facts/users/index.js'
import { factKey, request } from '../../lib/fact-key.js'
import { learntFrom, nothingLearnt } from '../../lib/learnt.js'
import type { CheckContext, Finding, Learnt } from '../../model/check.js'
import type { Become } from '../../model/inventory.js'
import type { Json } from '../../model/json.js'
import { listeningPorts } from './index.js'
import type { Spec } from './schema.js'

const interfaceNotShown = 'Only ss shows whether a socket is bound to one interface: without it, this one is taken to be bound to none.'

const context = (become: Become = 'none'): CheckContext => ({
  host: { name: 'web1', address: '192.0.2.1', platform: 'linux', transport: 'ssh', ssh: {}, become, groups: [], vars: {} },
  inventory: { hosts: new Map(), groups: new Map(), routers: {}, resolvers: new Map() },
  timeoutMs: 5_000,
})

/** `tcp 0.0.0.0:80`, `tcp [::]:80 v6only`, `tcp [::]:80 dual`, `udp 0.0.0.0%eth0:53`. */
function at(text: string, held: string | null = null, uid: number | null = 0): Listener {
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

const known: readonly User[] = [
  { name: 'root', uid: 0 },
  { name: 'www-data', uid: 33 },
]
const judge = (spec: Spec, seen: readonly Listener[], become?: Become, learnt: Learnt = nothingLearnt): readonly Finding[] =>
  listeningPorts.evaluate(spec, { listeners: seen, users: [known] }, context(become), learnt)

const ssh = at('tcp 0.0.0.0:22')
const https = at('tcp [::]:443 dual')

describe('accepts', () => {
  it.each<[what: string, spec: Spec, seen: readonly Listener[], actual: string]>([
    ['exactly these', { exactly: [22, '443'] }, [https, ssh, at('tcp [::]:22 v6only')], '22/tcp, 443/tcp'],
    ['both protocols', { exactly: ['53/udp', '53/tcp'] }, [at('udp 0.0.0.0:53'), at('tcp 0.0.0.0:53')], '53/tcp, 53/udp'],
    ['nothing', { exactly: [] }, [], 'nothing listening'],
    ['at most these', { 'at-most': [22, 80, 443] }, [ssh], '22/tcp'],
    ['nothing where something may be', { 'at-most': [22] }, [], 'nothing listening'],
    ['a range', { exactly: ['9000-9001/tcp'] }, [at('tcp 127.0.0.1:9000'), at('tcp 127.0.0.1:9001')], '9000/tcp, 9001/tcp'],
    ['one protocol alone', { exactly: [53], protocol: 'udp' }, [at('udp 0.0.0.0:53'), ssh], '53/udp'],
    ['what others reach alone', { exactly: [22], scope: 'external' }, [ssh, at('tcp 127.0.0.1:25'), at('tcp [::1]:25')], '22/tcp'],
    ['the interface lo as the loopback', { exactly: [], scope: 'external' }, [at('tcp 0.0.0.0%lo:25')], 'nothing listening'],
    ['the loopback alone', { exactly: [25], scope: 'loopback' }, [ssh, at('tcp 127.0.0.53:25')], '25/tcp'],
    ['one family alone', { exactly: [22], family: 'inet' }, [ssh, at('tcp [::]:80 v6only')], '22/tcp'],
    ['dual stack as IPv4', { exactly: [443], family: 'inet' }, [https], '443/tcp'],
    ['unknown v6only where the port may listen', { exactly: [443] }, [at('tcp [::]:443')], '443/tcp'],
    ['an address', { exactly: [{ port: 5432, address: '10.20.0.5' }] }, [at('tcp 10.20.0.5:5432')], '5432/tcp'],
    ['any address of a family', { exactly: [{ port: 443, address: '0.0.0.0' }] }, [at('tcp 0.0.0.0:443')], '443/tcp'],
    [
      'both families in so many words',
      {
        exactly: [
          { port: 443, address: '0.0.0.0' },
          { port: 443, address: '::' },
        ],
      },
      [https],
      '443/tcp',
    ],
    ['an interface', { exactly: [{ port: 22, address: '0.0.0.0%mgmt' }] }, [at('tcp 0.0.0.0%mgmt:22')], '22/tcp'],
    ['a socket on an interface where any will do', { exactly: [22] }, [at('tcp 0.0.0.0%mgmt:22')], '22/tcp'],
    ['a process', { 'at-most': [{ port: 443, process: 'nginx' }] }, [at('tcp 0.0.0.0:443', 'systemd nginx')], '443/tcp'],
    ['a user', { exactly: [{ port: '53/udp', user: 'www-data' }] }, [at('udp 0.0.0.0:53', null, 33)], '53/udp'],
    ['what is ignored', { exactly: [22], ignore: ['32768-60999/udp'] }, [ssh, at('udp 0.0.0.0:40000')], '22/tcp'],
    [
      'what is ignored of one process alone',
      { exactly: [], ignore: [{ port: '32768-60999/udp', process: 'named' }] },
      [at('udp 0.0.0.0:40000', 'named')],
      'nothing listening',
    ],
  ])('%s', (_what, spec, seen, actual) => {
    expect(judge(spec, seen).map(({ verdict, message, actual: found }) => [verdict, found, message])).toEqual([['pass', actual, '']])
  })
})

const unseen = 'Who holds it is shown to root alone: set become: sudo for web1 in the inventory, or run ss -lntup as root.'
const stop = 'Stop the service, or add it to the list if it is meant to be there.'
const v6only =
  'Whether this socket takes IPv4 too is not known: only ss of iproute2 4.2 or newer, on Linux 4.3 or newer, shows IPV6_V6ONLY.'

it('says where a socket that is taken for one on every address may be bound to an interface', () => {
  const seen = [{ ...ssh, interfaceShown: false }]
  const messages = (spec: Spec): readonly string[] => judge(spec, seen).map(({ verdict, message }) => `${verdict}: ${message}`)
  expect(messages({ exactly: [{ port: 22, address: '0.0.0.0' }] })).toEqual([`pass: ${interfaceNotShown}`])
  expect(messages({ exactly: [22] })).toEqual(['pass: '])
  expect(messages({ 'at-most': [{ port: 22, address: '0.0.0.0' }] })).toEqual(['pass: '])
})

describe('rejects', () => {
  type Row = readonly [verdict: string, subject: string, expected: string, actual: string, message: string]
  it.each<[what: string, spec: Spec, seen: readonly Listener[], become: Become, ...rows: Row[]]>([
    [
      'one too many',
      { exactly: [22] },
      [ssh, at('tcp 0.0.0.0:8080', 'python3', 33)],
      'sudo',
      ['fail', 'listening-ports 8080/tcp', 'nothing listening', 'listening on 0.0.0.0: python3 (pid 10), user uid 33', stop],
    ],
    [
      'one too many, held by nobody knows whom',
      { 'at-most': [22] },
      [ssh, at('tcp 0.0.0.0:8080', null, null), at('tcp [::]:8080 v6only', null, null)],
      'none',
      ['fail', 'listening-ports 8080/tcp', 'nothing listening', 'listening on 0.0.0.0, :: (IPv6 only)', `${unseen} ${stop}`],
    ],
    [
      'a socket of the kernel',
      { exactly: [] },
      [at('udp 0.0.0.0:51820', null, null)],
      'sudo',
      [
        'fail',
        'listening-ports 51820/udp',
        'nothing listening',
        'listening on 0.0.0.0',
        `Nobody was shown to hold it: the kernel itself may, as for NFS and WireGuard. A UDP socket on such a port may also be a client that waits for an answer: ignore: ["32768-60999/udp"] leaves those out. ${stop}`,
      ],
    ],
    [
      'what `ignore` does not cover: nobody expects named there',
      { exactly: [], ignore: [{ port: '32768-60999/udp', process: 'named' }] },
      [at('udp 0.0.0.0:40001', 'python3', null)],
      'sudo',
      [
        'fail',
        'listening-ports 40001/udp',
        'nothing listening',
        'listening on 0.0.0.0: python3 (pid 10)',
        `\`ignore\` leaves out 32768-60999/udp held by named, which does not cover it. ${stop}`,
      ],
    ],
    [
      'what `ignore` leaves out on another address',
      { exactly: [], ignore: [{ port: 8080, address: '127.0.0.1' }] },
      [at('tcp 0.0.0.0:8080', 'python3', null)],
      'sudo',
      [
        'fail',
        'listening-ports 8080/tcp',
        'nothing listening',
        'listening on 0.0.0.0: python3 (pid 10)',
        `\`ignore\` leaves out 8080/tcp on 127.0.0.1, which does not cover it. ${stop}`,
      ],
    ],
    [
      'an excluded process behind many others',
      { exactly: [{ port: 80, process: { not: 'evil' } }] },
      [at('tcp 0.0.0.0:80', 'a b c d e f evil', null)],
      'sudo',
      [
        'fail',
        'listening-ports 80/tcp: holder',
        'held by not evil',
        'listening on 0.0.0.0: evil (pid 16), a (pid 10), b (pid 11), c (pid 12), d (pid 13) and 2 more',
        'Somebody else holds it: find out who started that, and what became of the service.',
      ],
    ],
    [
      'one that may be bound to an interface, where what is reached from outside counts',
      { exactly: [], scope: 'external' },
      [{ ...at('tcp 0.0.0.0:8080', 'python3', null), interfaceShown: false }],
      'sudo',
      ['fail', 'listening-ports 8080/tcp', 'nothing listening', 'listening on 0.0.0.0: python3 (pid 10)', `${stop} ${interfaceNotShown}`],
    ],
    [
      'neighbours as one',
      { exactly: [] },
      [8000, 8001, 8002].map((port) => at(`tcp 127.0.0.1:${port}`, 'app', null)),
      'sudo',
      ['fail', 'listening-ports 8000-8002/tcp', 'nothing listening', 'listening on 127.0.0.1: app (pid 10)', stop],
    ],
    [
      'one missing',
      { exactly: [22, '53/udp'] },
      [ssh],
      'sudo',
      [
        'fail',
        'listening-ports 53/udp',
        'listening',
        'nothing listening',
        'No socket is bound there. Is the service running? Look at its status and its log: a bind that failed is told there.',
      ],
    ],
    [
      'one on the loopback only',
      { exactly: [443], scope: 'external' },
      [at('tcp 127.0.0.1:443')],
      'sudo',
      [
        'fail',
        'listening-ports 443/tcp',
        'listening',
        'listening on 127.0.0.1',
        "It is bound to the loopback only, so it is reachable only from the host itself: change the service's bind address.",
      ],
    ],
    [
      'more addresses than are expected',
      { exactly: [{ port: 5432, address: '10.20.0.5' }] },
      [at('tcp 0.0.0.0:5432', 'postgres', null)],
      'sudo',
      [
        'fail',
        'listening-ports 5432/tcp',
        'listening on 10.20.0.5 and nowhere else',
        'listening on 0.0.0.0: postgres (pid 10)',
        'It is bound to 0.0.0.0, which takes more than is expected: let the service bind nothing else.',
      ],
    ],
    [
      'another address',
      { 'at-most': [{ port: 5432, address: '10.20.0.5' }] },
      [at('tcp 10.10.0.5:5432', 'postgres', null)],
      'sudo',
      [
        'fail',
        'listening-ports 5432/tcp',
        'listening on 10.20.0.5 and nowhere else',
        'listening on 10.10.0.5: postgres (pid 10)',
        'It is bound to 10.10.0.5, which takes more than is expected: let the service bind nothing else.',
      ],
    ],
    [
      'IPv4 beside the IPv6 that is expected',
      { 'at-most': [{ port: 443, address: '::' }] },
      [at('tcp [::]:443 dual', 'nginx', null)],
      'sudo',
      [
        'fail',
        'listening-ports 443/tcp',
        'listening on any IPv6 address and nowhere else',
        'listening on :: (IPv6 and IPv4): nginx (pid 10)',
        'It is bound to :: (IPv6 and IPv4), which takes more than is expected: let the service bind nothing else. A socket on :: takes IPv4 too: for both families leave out address.',
      ],
    ],
    [
      'another process',
      { exactly: [{ port: 443, process: 'nginx' }] },
      [at('tcp 0.0.0.0:443', 'apache2', null)],
      'sudo',
      [
        'fail',
        'listening-ports 443/tcp: holder',
        'held by nginx',
        'listening on 0.0.0.0: apache2 (pid 10)',
        'Somebody else holds it: find out who started that, and what became of the service.',
      ],
    ],
    [
      'root, who opened it',
      { exactly: [{ port: 443, user: 'www-data' }] },
      [at('tcp 0.0.0.0:443', 'nginx', 0)],
      'sudo',
      [
        'fail',
        'listening-ports 443/tcp: holder',
        'of user www-data',
        'listening on 0.0.0.0: nginx (pid 10), user uid 0',
        'Somebody else holds it. A socket belongs to the user who opened it: a service that binds as root and drops its rights later is shown as root.',
      ],
    ],
    [
      'a process that is not shown',
      { exactly: [{ port: 443, process: 'nginx' }] },
      [at('tcp 0.0.0.0:443', null, null)],
      'none',
      ['error', 'listening-ports 443/tcp: holder', 'held by nginx', 'listening on 0.0.0.0', unseen],
    ],
    [
      'whether IPv4 is served',
      { exactly: [443], family: 'inet' },
      [at('tcp [::]:443', 'nginx', null)],
      'sudo',
      [
        'error',
        'listening-ports 443/tcp',
        'listening',
        'listening on :: (IPv6, perhaps IPv4 too)',
        `${v6only} Install iproute2 on the host.`,
      ],
    ],
    [
      'whether IPv4 is free',
      { exactly: [], family: 'inet' },
      [at('tcp [::]:443', 'nginx', null)],
      'sudo',
      [
        'error',
        'listening-ports 443/tcp',
        'nothing listening',
        'listening on :: (IPv6, perhaps IPv4 too): nginx (pid 10)',
        `${v6only} Install iproute2 on the host, or leave out family.`,
      ],
    ],
    [
      'whether an address is on an interface',
      { exactly: [{ port: 22, address: '10.0.0.1' }], ignore: [22] },
      [at('tcp 0.0.0.0%mgmt:22')],
      'sudo',
      [
        'error',
        'listening-ports 22/tcp',
        'listening on 10.0.0.1',
        'listening on 0.0.0.0%mgmt',
        'It takes only what comes in through mgmt, and whether that address does is not known: write it with %mgmt if so.',
      ],
    ],
  ])('%s', (_what, spec, seen, become, ...rows) => {
    const found = judge(spec, seen, become)
    expect(found.map(({ verdict, subject, expected, actual, message }) => [verdict, subject, expected, actual, message])).toEqual(rows)
  })

  it('finds fifty, and counts the others', () => {
    const seen = Array.from({ length: 60 }, (_, index) => at(`tcp 0.0.0.0:${8000 + index * 2}`))
    const found = judge({ exactly: [] }, seen)
    expect(found).toHaveLength(51)
    expect(found.at(-1)).toMatchObject({
      verdict: 'fail',
      subject: 'listening-ports',
      actual: '8100/tcp, 8102/tcp, 8104/tcp, 8106/tcp, 8108/tcp, 8110/tcp, 8112/tcp, 8114/tcp, 8116/tcp, 8118/tcp',
    })
  })
})

describe('who it is', () => {
  const stray = at('tcp 0.0.0.0:8080', null, 33)
  const withProcesses = request(listeners, 'web1', { processes: true })
  const named = request(users, 'web1', { lookUp: ['33'] })
  const units = request(processUnits, 'web1', { pids: [10] })
  const spec: Spec = { exactly: [22] }
  const wishes = (answers: ReadonlyMap<string, Json>) =>
    listeningPorts.further?.(spec, { listeners: [ssh, stray], users: [] }, context('sudo'), learning(answers))
  const learning = (answers: ReadonlyMap<string, Json>): Learnt =>
    learntFrom((key) => {
      const value = answers.get(key)
      return value === undefined ? undefined : { value }
    })

  it('is not asked where nothing is wrong', () => {
    expect(listeningPorts.further?.(spec, { listeners: [ssh], users: [] }, context(), nothingLearnt)).toEqual([])
  })

  it('is asked of what is too much: first the processes, then their units', () => {
    expect(wishes(new Map())).toEqual([withProcesses, named])
    const first = new Map<string, Json>([
      [factKey(withProcesses), [ssh, at('tcp 0.0.0.0:8080', 'python3', 33)]],
      [factKey(named), known],
    ])
    expect(wishes(first)).toEqual([withProcesses, named, units])
    const all = new Map([...first, [factKey(units), [{ pid: 10, unit: 'app.service', container: null }]]] as [string, Json][])
    expect(judge(spec, [ssh, stray], 'sudo', learning(all))).toEqual([
      {
        verdict: 'fail',
        subject: 'listening-ports 8080/tcp',
        expected: 'nothing listening',
        actual: 'listening on 0.0.0.0: python3 (pid 10), user www-data, app.service',
        message: stop,
      },
    ])
  })

  it('does not keep the ports from being judged when it cannot be learnt', () => {
    const refused = learntFrom(() => ({ error: { reason: 'timeout', message: 'late' } }))
    expect(judge(spec, [ssh, stray], 'none', refused)).toMatchObject([
      { verdict: 'fail', actual: 'listening on 0.0.0.0: user uid 33', message: `${unseen} ${stop}` },
    ])
  })
})

describe('asks', () => {
  it.each<[spec: Spec, processes: boolean, lookUp: readonly string[]]>([
    [{ exactly: [22] }, false, []],
    [{ exactly: [{ port: 22, process: 'sshd' }] }, true, []],
    [
      {
        'at-most': [
          { port: 22, user: { not: 'root' } },
          { port: 80, user: 33 },
        ],
      },
      false,
      ['33', 'root'],
    ],
  ])('%j', (spec, processes, lookUp) => {
    const needs = listeningPorts.needs(spec, context())
    expect(needs.listeners).toEqual(request(listeners, 'web1', { processes }))
    expect(needs.users).toEqual(lookUp.length === 0 ? [] : [request(users, 'web1', { lookUp })])
  })
})

describe('problems of a specification', () => {
  it('has none where something could be too much', () => {
    const specs: readonly Spec[] = [
      { 'at-most': ['1-65535'] },
      { 'at-most': [{ port: '1-65535', process: 'nginx' }], protocol: 'tcp' },
      { 'at-most': [{ port: '1-65535', address: '127.0.0.1' }], protocol: 'tcp' },
      { exactly: [22], ignore: ['1-65535'], protocol: 'tcp' },
    ]
    for (const spec of specs) expect(listeningPorts.problems?.(spec)).toEqual([])
  })

  it.each<[spec: Spec, path: readonly (string | number)[], message: string, hint?: string]>([
    [{}, [], 'expected `exactly` or `at-most`, found neither', 'exactly: [] means that nothing may listen'],
    [
      { exactly: [22], 'at-most': [22] },
      ['at-most'],
      'expected one of `exactly` and `at-most`, found both',
      'what may listen beside exactly these goes into `ignore`',
    ],
    [{ 'at-most': ['1-65535'], protocol: 'tcp' }, ['at-most'], 'whatever listens is permitted or ignored: that proves nothing'],
    [
      { 'at-most': [22], ignore: ['1-65535/tcp', '1-65535/udp'] },
      ['at-most'],
      'whatever listens is permitted or ignored: that proves nothing',
    ],
    [{ exactly: ['0-9'] }, ['exactly', 0], 'expected ports between 1 and 65535, found "0-9"'],
    [{ exactly: [22, '90-80/udp'] }, ['exactly', 1], 'expected a range from the smaller to the larger port, found "90-80/udp"', '"80-90"'],
    [{ exactly: [{ port: '53/udp', protocol: 'tcp' }] }, ['exactly', 0, 'protocol'], 'expected udp, as the port says, found tcp'],
    [
      { 'at-most': ['53/udp'], protocol: 'tcp' },
      ['at-most', 0],
      'only tcp is judged, found a port of udp',
      'leave out `protocol` to judge both',
    ],
    [
      { exactly: [{ port: 22, address: 'lan' }] },
      ['exactly', 0, 'address'],
      'expected an IP address, found "lan"',
      '0.0.0.0 means any IPv4 address, :: any IPv6 address',
    ],
    [{ exactly: [{ port: 22, address: '::' }], family: 'inet' }, ['exactly', 0, 'address'], 'only inet is judged, found ::'],
    [
      { exactly: [{ port: 22, address: '127.0.0.1' }], scope: 'external' },
      ['exactly', 0, 'address'],
      '127.0.0.1 is never in scope: only what is not bound to the loopback is judged',
    ],
    [
      { ignore: [{ port: 22, process: { min: 'a' } }], exactly: [] },
      ['ignore', 0, 'process', 'min'],
      'expected not, one-of, matches or contains, found min: a process has no order',
    ],
  ])('%j', (spec, path, message, hint) => {
    expect(listeningPorts.problems?.(spec)).toEqual([{ path, message, ...(hint === undefined ? {} : { hint }) }])
  })

  it('has none with what is right', () => {
    expect(listeningPorts.problems?.({ exactly: [22, '9000-9010/tcp', { port: '53/udp', address: '10.0.0.1%mgmt' }] })).toEqual([])
  })
})
