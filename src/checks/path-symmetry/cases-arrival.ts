import { contextOf } from './fixtures.js'
import {
  alike,
  all,
  apart,
  back,
  type Case,
  differs,
  eastBack,
  hops,
  longBack,
  look,
  sides,
  table,
  takeMedium,
  there,
  three,
} from './scenes.js'

/** What arrives, and what does not. */
export const arrivalCases: readonly Case[] = [
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
]
