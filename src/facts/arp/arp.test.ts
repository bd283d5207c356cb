import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../lib/errors.js'
import { type Arp, type ArpArgs, arp } from './index.js'
import { arping, python } from './sources.js'

const requests: readonly ArpArgs[] = [
  { address: '10.0.0.2', interface: null },
  { address: 'fd00::2', interface: 'eth0' },
]

/** As the probe writes it. */
const told = [
  '{"probe":"arp"}',
  '{"i":1,"interface":"eth0","asked":3,"macs":[],"problem":null}',
  '{"i":0,"interface":"eth1","asked":3,"macs":["02:00:00:00:00:02","02:00:00:00:00:03","02:00:00:00:00:02"],"problem":null}',
].join('\n')

function parse(stdout: string): readonly Arp[] | string {
  try {
    return python.parse({ exitCode: 0, stdout, stderr: '' }, requests)
  } catch (error) {
    if (error instanceof NotUnderstood) return error.message
    throw error
  }
}

const nothing = (problem: string, name: string | null = null, asked = 0): Arp => ({ interface: name, asked, answers: [], problem })

describe('the answers of the probe', () => {
  it('are one value for each request, each MAC once', () => {
    expect(parse(told)).toEqual([
      { interface: 'eth1', asked: 3, answers: [{ mac: '02:00:00:00:00:02' }, { mac: '02:00:00:00:00:03' }], problem: null },
      { interface: 'eth0', asked: 3, answers: [], problem: null },
    ])
  })

  const noAnswer = 'the probe ended without an answer for this address'
  it.each<[string, string, Arp]>([
    ['nobody is claimed where nothing was told', '', nothing(noAnswer)],
    ['nobody is claimed where nothing was asked', '{"i":0,"interface":"eth0","asked":0,"macs":[],"problem":null}', nothing(noAnswer)],
    ['nobody is claimed where the list is missing', '{"i":0,"interface":"eth0","asked":3,"problem":null}', nothing(noAnswer)],
    ['what is no MAC is no answer', '{"i":0,"interface":"eth0","asked":3,"macs":["x"],"problem":null}', nothing(noAnswer)],
    [
      'a problem leaves no answers',
      '{"i":0,"interface":"eth0","asked":1,"macs":["02:00:00:00:00:02"],"problem":"sending on eth0 failed\\u001b"}',
      nothing('sending on eth0 failed\ufffd', 'eth0', 1),
    ],
  ])('%s', (_, line, expected) => {
    const [value] = parse(`{"probe":"arp"}\n${line}`)
    expect(value).toEqual(expected)
  })

  it('are not understood where no probe wrote them', () => {
    expect(parse('bash: python3: not found')).toBe('expected the answers of an ARP probe, found "bash: python3: not found"')
  })

  it('are values or refused after any damage', () => {
    const damage = fc.record({
      at: fc.nat(told.length),
      cut: fc.nat(20),
      put: fc.oneof(fc.string(), fc.constantFrom('"', '{', ']', ',', '\n', '9')),
    })
    fc.assert(
      fc.property(fc.array(damage, { maxLength: 5 }), (damages) => {
        const text = damages.reduce((all, { at, cut, put }) => all.slice(0, at) + put + all.slice(at + cut), told)
        const values = parse(text)
        if (typeof values === 'string') return
        expect(values).toHaveLength(2)
        for (const value of values) {
          expect(arp.isValue(value)).toBe(true)
          if (value.problem !== null) expect(value.answers).toEqual([])
        }
      }),
    )
  })
})

const directory = new URL('fixtures/', import.meta.url)
const read = (name: string): string => readFileSync(new URL(name, directory), 'utf8')
const recordings = readdirSync(directory).flatMap((name) => (name.endsWith('.txt') ? [name.slice(0, -4)] : []))
const recordedRequests = JSON.parse(read('requests.json')) as readonly ArpArgs[]

function readRecording(stdout: string, wanted: readonly ArpArgs[] = recordedRequests): readonly Arp[] | string {
  try {
    return arping.parse({ exitCode: 0, stdout, stderr: '' }, wanted)
  } catch (error) {
    if (error instanceof NotUnderstood) return error.message
    throw error
  }
}

describe('arping', () => {
  it('was recorded thrice', () => expect(recordings).toEqual(['busybox-1.35.0', 'habets-2.23', 'iputils-20221126']))

  it.each(recordings)('%s', (name) => {
    const values = readRecording(read(`${name}.txt`))
    expect(values).toEqual(JSON.parse(read(`${name}.json`)))
  })

  const wanted = [{ address: '10.0.0.2', interface: 'eth0' }]
  const held = { interface: 'eth0', asked: 3, answers: [{ mac: '02:00:00:00:00:0a' }], problem: null }
  it.each<[string, string, Arp | string]>([
    ['old capitals', 'Unicast reply from 10.0.0.2 [02:00:00:00:00:0A]  1.215ms\n=0 |Sent 3 probes (3 broadcast(s))', held],
    ['a broadcast answer', 'Broadcast reply from 10.0.0.2 [02:00:00:00:00:0A]  1.215ms\n=0 |Sent 3 probes (3 broadcast(s))', held],
    ['an answer for another', 'Unicast reply from 10.0.0.3 [02:00:00:00:00:0A]  1ms\n=0 |Sent 3 probes', { ...held, answers: [] }],
    ['a refusal', 'arping: socket: Operation not permitted', nothing('arping: socket: Operation not permitted', 'eth0')],
    ['nothing', 'ARPING 10.0.0.2 from 0.0.0.0 eth0', nothing('arping ended without a word', 'eth0')],
    ['another language', 'Antwort von 10.0.0.2 [02:00:00:00:00:0A]', nothing('Antwort von 10.0.0.2 [02:00:00:00:00:0A]', 'eth0')],
    [
      'a MAC that is none',
      'Unicast reply from 10.0.0.2 [02:00]  1ms\n=0 |Sent 3 probes',
      'expected the MAC of a reply, found "Unicast reply from 10.0.0.2 [02:00]  1ms"',
    ],
    [
      'other words for an answer',
      'Multicast reply from 10.0.0.2\n=0 |Sent 3 probes',
      'expected a reply as arping shows it, found "Multicast reply from 10.0.0.2"',
    ],
  ])('%s', (_, said, expected) => {
    const values = readRecording(`#iputils\n=0 |${said}\n`, wanted)
    expect(typeof values === 'string' ? values : values[0]).toEqual(expected)
  })

  it('is not understood where it is another', () => {
    expect(readRecording('')).toBe('expected the answers of arping, found nothing')
  })

  it('gives values or is refused after any damage', () => {
    const damage = fc.record({
      at: fc.nat(1_500),
      cut: fc.nat(40),
      put: fc.oneof(fc.string(), fc.constantFrom('\n', '=0 |', '=0 !', '[', '9')),
    })
    fc.assert(
      fc.property(fc.constantFrom(...recordings), fc.array(damage, { maxLength: 5 }), (name, damages) => {
        const values = readRecording(
          damages.reduce((all, { at, cut, put }) => all.slice(0, at) + put + all.slice(at + cut), read(`${name}.txt`)),
        )
        if (typeof values === 'string') return
        expect(values).toHaveLength(recordedRequests.length)
        for (const value of values) {
          expect(arp.isValue(value)).toBe(true)
          if (value.problem !== null) expect(value.answers).toEqual([])
        }
      }),
    )
  })
})

describe('what is asked', () => {
  it('is all in one process, as root', () => {
    const { tool, args, ...rest } = python.command(requests)
    expect(tool[0]).toBe('python3')
    expect(args.slice(0, 4)).toEqual(['-E', '-s', '-S', '-c'])
    expect({ deadline: args[5], ...rest }).toEqual({
      deadline: '7500',
      stdin: '0 10.0.0.2 -\n1 fd00::2 eth0\n',
      privileged: true,
      timeoutMs: 22_500,
    })
    expect(requests.map((request) => arp.group?.(request))).toEqual(['all', 'all'])
  })

  it.each<[string, string | null, string]>([
    ['10.0.0.02', null, 'not a canonical address'],
    ['db1', null, 'not a canonical address'],
    ['224.0.0.1', null, 'not an address that a single host can have'],
    ['255.255.255.255', null, 'not an address that a single host can have'],
    ['0.0.0.0', null, 'not an address that a single host can have'],
    ['::', null, 'not an address that a single host can have'],
    ['ff02::1', 'eth0', 'not an address that a single host can have'],
    ['10.0.0.2', '-', 'not the name of an interface'],
    ['10.0.0.2', 'eth0 x', 'not the name of an interface'],
    ['10.0.0.2', 'eth0\n1', 'not the name of an interface'],
    ['10.0.0.2', 'abcdefghijklmnop', 'not the name of an interface'],
    ['10.0.0.2', '', 'not the name of an interface'],
  ])('is never %s on %j', (address, name, problem) => {
    const request = { address, interface: name }
    expect(python.command([request]).stdin).toBe('')
    expect(python.parse({ exitCode: 0, stdout: '{"probe":"arp"}', stderr: '' }, [request])).toEqual([nothing(problem, name)])
  })
})

it.each([
  null,
  {},
  { interface: 'eth0', asked: 3, answers: [{ mac: '02-00-00-00-00-02' }], problem: null },
  { interface: 'eth0', asked: 3, answers: [{ mac: '02:00:00:00:00:0A' }], problem: null },
  { interface: 'eth0', asked: -1, answers: [], problem: null },
  { interface: 'eth0', asked: 3, answers: ['02:00:00:00:00:02'], problem: null },
])('%j is no value', (value) => {
  expect(arp.isValue(value)).toBe(false)
})
