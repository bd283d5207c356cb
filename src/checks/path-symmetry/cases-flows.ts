import { alike, all, back, type Case, eastBack, hops, look, table, there } from './scenes.js'

/** Load that is shared, neighbours, and conversations that do not match. */
export const flowCases: readonly Case[] = [
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
