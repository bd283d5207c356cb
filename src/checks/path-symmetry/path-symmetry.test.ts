import { describe, expect, it } from 'vitest'
import type { Finding } from '../../model/check.js'
import { contextOf, declared, host, type Scene, study } from './fixtures.js'
import type { PathSymmetrySpec } from './spec.js'

const hops = (...addresses: readonly (string | null)[]) => ({ hops: addresses })
const there = hops('10.1.0.1', '10.0.1.2', '10.0.2.2')
const back = hops('10.2.0.1', '10.0.2.1', '10.0.1.1')
const eastBack = hops('10.2.0.1', '10.0.4.1', '10.0.3.1')
const longBack = hops('10.2.0.1', '10.0.9.1', '10.0.4.1', '10.0.3.1')

const straight: Scene = { tcp: [there, back], icmp: [there, back], udp: [there, back] }
const parted: Scene = { tcp: [there, eastBack], icmp: [there, eastBack], udp: [there, eastBack] }
const all = contextOf(declared)
const { west: _, ...others } = declared
const withoutWest = contextOf(others)

const sides = 'web1 -> db1, and db1 -> web1 read from its end:'
const look =
  'They part between 10.1.0.1 (core1) and 10.2.0.1 (edge1). Look at the route to 10.2.0.10 on 10.1.0.1 (core1), and at the route to 10.1.0.10 on 10.2.0.1 (edge1). A stateful firewall on one of the two ways sees half of each connection, and drops it.'
const takeMedium = 'With `confidence: medium` the check takes this for an answer.'
const twice = [
  sides,
  '#  there             back',
  '1  10.1.0.1 (core1)  10.0.1.1 (core1)  same: as declared',
  '2  10.0.1.2          10.0.2.1          unknown: whose?',
  '3  10.0.2.2 (edge1)  10.2.0.1 (edge1)  same: as declared',
]
const declareWest =
  'Declare which router owns 10.0.1.2 and 10.0.2.1: with `routers: { NAME: [10.0.1.2, 10.0.2.1] }` in the inventory if one router has both, otherwise each under its own name; or list the router as a host that can be asked.'

interface Case {
  readonly title: string
  readonly scene: Scene
  readonly context?: ReturnType<typeof contextOf>
  readonly spec?: Partial<PathSymmetrySpec>
  readonly verdict: Finding['verdict']
  readonly actual: string
  readonly message: readonly string[]
}

const table = (...rows: readonly string[]): readonly string[] => [sides, '#  there             back', ...rows]
const alike = table(
  '1  10.1.0.1 (core1)  10.0.1.1 (core1)  same: as declared',
  '2  10.0.1.2 (west)   10.0.2.1 (west)   same: as declared',
  '3  10.0.2.2 (edge1)  10.2.0.1 (edge1)  same: as declared',
)
const apart = table(
  '1  10.1.0.1 (core1)  10.0.3.1 (core1)  same: as declared',
  '2  10.0.1.2 (west)   10.0.4.1 (east)   DIFFERENT: as declared',
  '3  10.0.2.2 (edge1)  10.2.0.1 (edge1)  same: as declared',
)
const three = 'symmetric, the same 3 routers both ways (high confidence)'
const differs = 'asymmetric, other routers at position 2 of 3'

const cases: readonly Case[] = [
  { title: 'all routers declared', scene: straight, context: all, verdict: 'pass', actual: three, message: alike },
  {
    title: 'a router declared and one in its place',
    scene: parted,
    context: all,
    verdict: 'fail',
    actual: `${differs} (high confidence)`,
    message: [...apart, look],
  },
  {
    title: 'that is what was expected',
    scene: parted,
    context: all,
    spec: { expect: 'asymmetric' },
    verdict: 'pass',
    actual: `${differs} (high confidence)`,
    message: [...apart, look],
  },
  {
    title: 'symmetric, but expected otherwise',
    scene: straight,
    context: all,
    spec: { expect: 'asymmetric' },
    verdict: 'fail',
    actual: three,
    message: alike,
  },
  {
    title: 'one way longer than the other',
    scene: { tcp: [there, longBack], icmp: [there, longBack] },
    context: all,
    verdict: 'fail',
    actual: 'asymmetric, 3 routers there, 4 back (high confidence)',
    message: [
      ...table(
        '1  10.1.0.1 (core1)  10.0.3.1 (core1)  same: as declared',
        '   10.0.1.2 (west)   10.0.4.1 (east)',
        '                     10.0.9.1',
        '   10.0.2.2 (edge1)  10.2.0.1 (edge1)  same: as declared',
      ),
      look,
    ],
  },
  {
    title: 'the ways part on the first host itself',
    scene: { tcp: [hops('10.1.0.1'), hops('10.1.0.2')], icmp: [hops('10.1.0.1'), hops('10.1.0.2')], gateways: ['10.1.0.1', '10.2.0.2'] },
    context: contextOf({ left: ['10.1.0.1', '10.2.0.1'], right: ['10.1.0.2', '10.2.0.2'] }),
    verdict: 'fail',
    actual: 'asymmetric, other routers at position 1 of 1 (high confidence)',
    message: [
      sides,
      '#  there            back',
      '1  10.1.0.1 (left)  10.1.0.2 (right)  DIFFERENT: as declared',
      'They part between web1 and db1. Look at the route to 10.2.0.10 on web1, which sends through 10.1.0.1 (left) on eth0, and at the route to 10.1.0.10 on db1, which sends through 10.2.0.2 (right) on eth0. A stateful firewall on one of the two ways sees half of each connection, and drops it.',
    ],
  },
  {
    title: 'a router of which nothing is known',
    scene: straight,
    context: withoutWest,
    verdict: 'error',
    actual: 'inconclusive, 2 of 3 positions known',
    message: [...twice, declareWest],
  },
  {
    title: 'the same, and the runbook allows it',
    scene: straight,
    context: withoutWest,
    spec: { inconclusive: 'allow' },
    verdict: 'pass',
    actual: 'inconclusive, 2 of 3 positions known',
    message: [...twice, declareWest],
  },
  {
    title: 'a router that tells its addresses when asked',
    scene: { ...straight, interfaces: { fw1: ['10.0.1.2/30', '10.0.2.1/30', '127.0.0.1/8', 'fe80::1/64'] } },
    context: contextOf(others, [host('fw1', '192.0.2.1')]),
    verdict: 'pass',
    actual: three,
    message: table(
      '1  10.1.0.1 (core1)  10.0.1.1 (core1)  same: as declared',
      '2  10.0.1.2 (fw1)    10.0.2.1 (fw1)    same: asked',
      '3  10.0.2.2 (edge1)  10.2.0.1 (edge1)  same: as declared',
    ),
  },
  {
    title: 'a router that was asked, and is not in the place of another',
    scene: { ...straight, interfaces: { fw1: ['10.0.1.2/30', '10.0.8.1/30'] } },
    context: contextOf(others, [host('fw1', '192.0.2.1')]),
    verdict: 'fail',
    actual: `${differs} (high confidence)`,
    message: [
      ...table(
        '1  10.1.0.1 (core1)  10.0.1.1 (core1)  same: as declared',
        '2  10.0.1.2 (fw1)    10.0.2.1          DIFFERENT: asked',
        '3  10.0.2.2 (edge1)  10.2.0.1 (edge1)  same: as declared',
      ),
      look,
    ],
  },
  {
    title: 'a router that could not be asked',
    scene: straight,
    context: contextOf(others, [host('fw1', '192.0.2.1')]),
    verdict: 'error',
    actual: 'inconclusive, 2 of 3 positions known',
    message: [...twice, declareWest, 'fw1 could not be asked for its addresses: nobody answers'],
  },
  {
    title: 'an address that a declared router has not, so far as it is declared',
    scene: { tcp: [there, hops('10.2.0.1', '10.9.9.9', '10.0.1.1')], icmp: [there, hops('10.2.0.1', '10.9.9.9', '10.0.1.1')] },
    context: all,
    verdict: 'error',
    actual: `${differs} (medium confidence)`,
    message: [
      ...table(
        '1  10.1.0.1 (core1)  10.0.1.1 (core1)  same: as declared',
        '2  10.0.1.2 (west)   10.9.9.9          different?: not in its list',
        '3  10.0.2.2 (edge1)  10.2.0.1 (edge1)  same: as declared',
      ),
      look,
      'A router is declared without the address that answered: if that is its own, too, add it to its list under `routers:`.',
      takeMedium,
    ],
  },
  {
    title: 'the same, which medium confidence takes for an answer',
    scene: { tcp: [there, hops('10.2.0.1', '10.9.9.9', '10.0.1.1')], icmp: [there, hops('10.2.0.1', '10.9.9.9', '10.0.1.1')] },
    context: all,
    spec: { confidence: 'medium' },
    verdict: 'fail',
    actual: `${differs} (medium confidence)`,
    message: [
      ...table(
        '1  10.1.0.1 (core1)  10.0.1.1 (core1)  same: as declared',
        '2  10.0.1.2 (west)   10.9.9.9          different?: not in its list',
        '3  10.0.2.2 (edge1)  10.2.0.1 (edge1)  same: as declared',
      ),
      look,
      'A router is declared without the address that answered: if that is its own, too, add it to its list under `routers:`.',
    ],
  },
  {
    title: 'nothing declared, but packets record where they went',
    scene: {
      ...straight,
      records: [
        ['10.1.0.10', '10.0.1.1', '10.0.2.1', '10.2.0.1', '10.2.0.10', '10.2.0.10'],
        ['10.2.0.10', '10.0.2.2', '10.0.1.2', '10.1.0.1', '10.1.0.10'],
      ],
    },
    verdict: 'pass',
    actual: three,
    message: [
      sides,
      '#  there     back',
      '1  10.1.0.1  10.0.1.1  same: recorded',
      '2  10.0.1.2  10.0.2.1  same: recorded',
      '3  10.0.2.2  10.2.0.1  same: recorded',
    ],
  },
  {
    title: 'packets record ways that have nothing in common at one position',
    scene: {
      ...parted,
      records: [
        ['10.1.0.10', '10.0.1.1', '10.0.2.1', '10.2.0.1', '10.2.0.10', '10.2.0.10'],
        ['10.2.0.10', '10.0.4.2', '10.0.3.2', '10.1.0.1', '10.1.0.10'],
      ],
    },
    verdict: 'error',
    actual: `${differs} (medium confidence)`,
    message: [
      sides,
      '#  there     back',
      '1  10.1.0.1  10.0.3.1  same: recorded',
      '2  10.0.1.2  10.0.4.1  different?: recorded',
      '3  10.0.2.2  10.2.0.1  same: recorded',
      'They part between 10.1.0.1 and 10.2.0.1. Look at the route to 10.2.0.10 on 10.1.0.1, and at the route to 10.1.0.10 on 10.2.0.1. A stateful firewall on one of the two ways sees half of each connection, and drops it.',
      'It rests on recorded routes that have no address in common, as they would also where routers have several links between them.',
      takeMedium,
    ],
  },
  {
    title: 'a record that lacks a router counts for nothing',
    scene: {
      ...straight,
      records: [
        ['10.1.0.10', '10.0.1.1', '10.2.0.1', '10.2.0.10', '10.2.0.10'],
        ['10.2.0.10', '10.0.2.2', '10.1.0.1', '10.1.0.10'],
      ],
    },
    context: withoutWest,
    verdict: 'error',
    actual: 'inconclusive, 2 of 3 positions known',
    message: [...twice, declareWest],
  },
  {
    title: 'a router that answers neither way',
    scene: {
      tcp: [hops('10.1.0.1', null, '10.0.2.2'), hops('10.2.0.1', null, '10.0.1.1')],
      icmp: [there, back],
    },
    context: all,
    verdict: 'error',
    actual: 'inconclusive, 2 of 3 positions known',
    message: [
      ...table(
        '1  10.1.0.1 (core1)  10.0.1.1 (core1)  same: as declared',
        '2  *                 *                 unknown: silent',
        '3  10.0.2.2 (edge1)  10.2.0.1 (edge1)  same: as declared',
      ),
      'Position 2 did not answer, at least one way: let that router send ICMP time exceeded, and answer in both directions.',
    ],
  },
  {
    title: 'silent, but the gateway of both',
    scene: { tcp: [hops(null), hops(null)], icmp: [hops(null), hops(null)], gateways: ['10.1.0.1', '10.2.0.1'] },
    context: contextOf({ only: ['10.1.0.1', '10.2.0.1'] }),
    verdict: 'pass',
    actual: 'symmetric, one router, the same both ways (high confidence)',
    message: [
      sides,
      '#  there              back',
      '1  10.1.0.1 (only) ~  10.2.0.1 (only) ~  same: as declared',
      '~ did not answer: known by a route',
    ],
  },
  {
    title: 'only TCP arrives, and the ways part',
    scene: { tcp: [there, eastBack] },
    context: all,
    verdict: 'fail',
    actual: `${differs} (high confidence)`,
    message: [...apart, look],
  },
  {
    title: 'only TCP arrives, and the ways have nothing in common',
    scene: { tcp: [hops('10.1.0.1'), hops('10.1.0.2')] },
    context: contextOf({ left: ['10.1.0.1', '10.2.0.1'], right: ['10.1.0.2', '10.2.0.2'] }),
    verdict: 'error',
    actual: 'asymmetric, other routers at position 1 of 1 (medium confidence)',
    message: [
      sides,
      '#  there            back',
      '1  10.1.0.1 (left)  10.1.0.2 (right)  DIFFERENT: as declared',
      'They part between web1 and db1. Look at the route to 10.2.0.10 on web1, and at the route to 10.1.0.10 on db1. A stateful firewall on one of the two ways sees half of each connection, and drops it.',
      'Only TCP arrived, and a firewall or a proxy on the way may answer that in the name of the target.',
      takeMedium,
    ],
  },
  {
    title: 'nothing arrives, but both see the same devices in between, and not the same',
    scene: {
      tcp: [
        { ...there, answer: null },
        { ...eastBack, answer: null },
      ],
    },
    context: all,
    spec: { protocol: 'tcp' },
    verdict: 'fail',
    actual: `${differs} (high confidence)`,
    message: [
      ...apart,
      look,
      'web1 -> db1 does not arrive: silent behind 10.0.2.2 (edge1) with tcp 443.',
      'db1 -> web1 does not arrive: silent behind 10.0.3.1 (core1) with tcp 443.',
    ],
  },
  {
    title: 'nothing arrives, and devices on both ways are not equally far apart',
    scene: {
      tcp: [
        { ...there, answer: null },
        { ...longBack, answer: null },
      ],
    },
    context: all,
    spec: { protocol: 'tcp' },
    verdict: 'fail',
    actual: 'asymmetric, the routers that both cross are not equally far apart (high confidence)',
    message: [
      ...table(
        '1  10.1.0.1 (core1)  10.0.3.1 (core1)  same: as declared',
        '   10.0.1.2 (west)   10.0.4.1 (east)',
        '                     10.0.9.1',
        '   10.0.2.2 (edge1)  10.2.0.1 (edge1)  same: as declared',
      ),
      look,
      'web1 -> db1 does not arrive: silent behind 10.0.2.2 (edge1) with tcp 443.',
      'db1 -> web1 does not arrive: silent behind 10.0.3.1 (core1) with tcp 443.',
    ],
  },
  {
    title: 'a device on the way resets TCP in the name of the target',
    scene: { tcp: [hops('10.1.0.1'), hops('10.2.0.1')], icmp: [there, back] },
    context: all,
    verdict: 'pass',
    actual: three,
    message: alike,
  },
  {
    title: 'one direction never arrives, and nothing is different so far',
    scene: {
      tcp: [{ ...there, answer: null }, back],
      icmp: [{ ...there, answer: null }, back],
      udp: [{ ...there, answer: null }, back],
    },
    context: all,
    verdict: 'error',
    actual: 'inconclusive',
    message: [
      ...alike,
      'web1 -> db1 does not arrive: silent behind 10.0.2.2 (edge1) with tcp 443, icmp, udp 33434.',
      'One of the two traces did not arrive; what was seen does not contradict the other.',
      'Let one protocol through both ways, or choose a `port` that is answered.',
    ],
  },
  {
    title: 'one direction never arrives, and what was seen of it is another device',
    scene: {
      tcp: [{ ...hops('10.1.0.1', '10.0.1.2'), answer: null }, eastBack],
      icmp: [{ ...hops('10.1.0.1', '10.0.1.2'), answer: null }, eastBack],
      udp: [{ ...hops('10.1.0.1', '10.0.1.2'), answer: null }, eastBack],
    },
    context: all,
    verdict: 'fail',
    actual: `${differs} (high confidence)`,
    message: [
      ...table(
        '1  10.1.0.1 (core1)  10.0.3.1 (core1)  same: as declared',
        '2  10.0.1.2 (west)   10.0.4.1 (east)   DIFFERENT: as declared',
        '3  *                 10.2.0.1 (edge1)  unknown: silent',
      ),
      'They part between 10.1.0.1 (core1) and db1. Look at the route to 10.2.0.10 on 10.1.0.1 (core1), and at the route to 10.1.0.10 on db1. A stateful firewall on one of the two ways sees half of each connection, and drops it.',
      'web1 -> db1 does not arrive: silent behind 10.0.1.2 (west) with tcp 443.',
    ],
  },
  {
    title: 'neither arrives',
    scene: {
      tcp: [
        { ...there, answer: null },
        { ...hops(), answer: null },
      ],
      icmp: [
        { ...there, answer: null },
        { ...hops(), answer: null },
      ],
    },
    context: all,
    spec: { protocol: 'icmp' },
    verdict: 'error',
    actual: 'inconclusive',
    message: [
      sides,
      '#  there             back',
      '   10.1.0.1 (core1)',
      '   10.0.1.2 (west)',
      '   10.0.2.2 (edge1)',
      'web1 -> db1 does not arrive: silent behind 10.0.2.2 (edge1) with icmp.',
      'db1 -> web1 does not arrive: silent from the start with icmp.',
      'Neither trace arrived, so that positions cannot be compared.',
      'Let one protocol through both ways, or choose a `port` that is answered.',
    ],
  },
  {
    title: 'packets of one flow take two ways',
    scene: { tcp: [{ ...there, rounds: [there.hops, ['10.1.0.1', '10.0.3.2', '10.0.4.2']] }, back], icmp: [there, back] },
    context: all,
    verdict: 'error',
    actual: 'inconclusive',
    message: [
      ...alike,
      'Packets of one flow took more than one path, or the path changed meanwhile. Where load is shared packet by packet, no two packets need take the same way.',
      'web1 -> db1, 2 hops away: 10.0.1.2 (west) and 10.0.3.2 (east) answered.',
    ],
  },
  {
    title: 'some flows take another way',
    scene: {
      tcp: [{ ...there, flows: { 61001: ['10.1.0.1', '10.0.3.2', '10.0.4.2'], 61002: there.hops } }, back],
      icmp: [there, back],
      backs: { 61001: back.hops, 61002: back.hops },
    },
    context: all,
    verdict: 'fail',
    actual: 'flow-dependent, 1 of 3 flows asymmetric (high confidence)',
    message: [
      ...table(
        '1  10.1.0.1 (core1)  10.0.1.1 (core1)  same: as declared',
        '2  10.0.3.2 (east)   10.0.2.1 (west)   DIFFERENT: as declared',
        '3  10.0.4.2 (edge1)  10.2.0.1 (edge1)  same: as declared',
      ),
      "Load is shared by flow. Of the flows that were traced, by the first host's port or ICMP id, symmetric: 61000, 61002; asymmetric: 61001.",
      look,
    ],
  },
  {
    title: 'some flows take another way, each of them back the same way',
    scene: {
      tcp: [{ ...there, flows: { 61001: ['10.1.0.1', '10.0.3.2', '10.0.4.2'] } }, back],
      icmp: [there, back],
      backs: { 61001: eastBack.hops },
    },
    context: all,
    spec: { confidence: 'medium' },
    verdict: 'pass',
    actual: 'symmetric, the same 3 routers both ways (medium confidence)',
    message: [
      ...alike,
      "Load is shared by flow. Of the flows that were traced, by the first host's port or ICMP id, symmetric: 61000, 61001.",
    ],
  },
  {
    title: 'neighbours',
    scene: { tcp: [hops(), hops()], gateways: [null, null] },
    verdict: 'pass',
    actual: 'symmetric, no router between them (high confidence)',
    message: [],
  },
  {
    title: 'no router answers, but a host sends through one',
    scene: { tcp: [hops(), hops()], gateways: ['10.1.0.1', null] },
    verdict: 'error',
    actual: 'inconclusive',
    message: ['No router answered, though a host sends through one: a device on the way may answer in the name of the other end.'],
  },
  {
    title: 'an address that is not its own',
    scene: {
      tcp: [
        there,
        { ...back, more: { address: null, source: null, flows: [], problem: { kind: 'source-error', detail: 'EADDRNOTAVAIL' } } },
      ],
    },
    spec: { protocol: 'tcp' },
    verdict: 'error',
    actual: 'inconclusive',
    message: [
      'tcp 443: db1 cannot send from the address that the other end traces (EADDRNOTAVAIL). Is it translated on the way? Write its own under `addresses`.',
      'db1 -> web1 does not arrive: not traced (EADDRNOTAVAIL) with tcp 443.',
    ],
  },
  {
    title: 'translated addresses',
    scene: { tcp: [{ ...there, more: { source: '10.1.0.77' } }, back] },
    spec: { protocol: 'tcp' },
    verdict: 'error',
    actual: 'inconclusive',
    message: [
      'web1 talks from 10.1.0.77 to 10.2.0.10, but db1 from 10.2.0.10 to 10.1.0.10: these are two conversations. Write the addresses that talk: `addresses: { web1: …, db1: … }`. Where addresses are translated on the way, no trace from inside can show the whole of it.',
    ],
  },
  {
    title: 'a probe that does not tell where it sends from',
    scene: { tcp: [{ ...there, more: { source: null, probe: 'traceroute' } }, back] },
    spec: { protocol: 'tcp' },
    verdict: 'error',
    actual: 'inconclusive',
    message: ['The probe on web1 (traceroute) does not tell which address it sent from. Write `addresses: { web1: …, db1: … }`.'],
  },
]

describe('path-symmetry', () => {
  it.each(cases)('$title', ({ scene, context = contextOf(), spec = {}, verdict, actual, message }) => {
    const { finding } = study(scene, context, spec)
    expect(finding.message.split('\n')).toEqual(message.length === 0 ? [''] : message)
    expect([finding.verdict, finding.actual, finding.expected]).toEqual([verdict, actual, spec.expect ?? 'symmetric'])
    expect(finding.subject).toMatch(/^paths between web1 and db1( \((tcp 443|icmp)\))?$/)
  })
})

describe('what is asked', () => {
  it('nothing more where the first traces prove it', () => {
    expect(study(straight, all).steps).toEqual([['web1 trace tcp 10.2.0.10', 'db1 trace tcp 10.1.0.10']])
  })

  it('another protocol where one does not arrive, the same both ways', () => {
    const { steps, finding } = study({ tcp: [{ ...there, answer: null }, back], icmp: [there, back] }, all)
    expect(steps).toEqual([
      ['web1 trace tcp 10.2.0.10', 'db1 trace tcp 10.1.0.10'],
      ['web1 trace icmp 10.2.0.10', 'db1 trace icmp 10.1.0.10'],
    ])
    expect([finding.verdict, finding.subject]).toEqual(['pass', 'paths between web1 and db1 (icmp)'])
  })

  it('hosts for their addresses where a router is unknown, but for the controller and those left out', () => {
    const context = contextOf(others, [host('fw1', '192.0.2.1'), host('fw2', '192.0.2.2'), host('lost', '192.0.2.3', { unusable: 'x' })])
    const asked = (ask: PathSymmetrySpec['ask']): readonly string[] =>
      study(straight, context, ask === undefined ? {} : { ask })
        .steps.flat()
        .filter((step) => step.endsWith('interfaces'))
    expect(asked(undefined)).toEqual(['web1 interfaces', 'db1 interfaces', 'fw1 interfaces', 'fw2 interfaces'])
    expect(asked('none')).toEqual([])
    expect(asked(['fw2'])).toEqual(['web1 interfaces', 'db1 interfaces', 'fw2 interfaces'])
    expect(asked(['routers'])).toEqual(['web1 interfaces', 'db1 interfaces', 'fw1 interfaces', 'fw2 interfaces'])
    expect(asked(['*1'])).toEqual(['web1 interfaces', 'db1 interfaces', 'fw1 interfaces'])
  })

  it('a hundred hosts at most, those whose address answered first', () => {
    const many = Array.from({ length: 300 }, (_, index) => host(`h${index}`, `192.0.2.${index}`))
    const { steps } = study(straight, contextOf({}, [...many, host('last', '10.0.2.2')]))
    const asked = steps.flat().filter((step) => step.endsWith('interfaces'))
    expect(asked).toHaveLength(100)
    expect(asked.slice(0, 4)).toEqual(['web1 interfaces', 'db1 interfaces', 'last interfaces', 'h0 interfaces'])
  })
})
