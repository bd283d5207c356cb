import { expect, it } from 'vitest'
import { run } from '../../src/index.js'
import { labDescribe } from '../lab/describe.js'
import { type Lab, startLab, type Topology } from '../lab/index.js'
import { writeRunbook } from './in-lab.js'

/** Kernels limit ICMP errors; here many traces pass few routers. */
const unlimited = { 'net.ipv4.icmp_ratelimit': 0 }

/**
 * Two ways from ops to db: by the router core, which is in use, or by fw, a host of the inventory that answers from an address
 * which is not its own there.
 *
 *     ops ─ office ─ edge ─ left ── core ─ data ─ db
 *                      └─── right ─ fw ────┘
 */
const topology: Topology = {
  hosts: {
    ops: { lans: { office: { address: '198.51.100.10/24' } }, routes: [{ to: 'default', via: '198.51.100.1' }] },
    fw: {
      lans: { data: { address: '10.20.0.2/24' }, right: { address: '10.2.0.2/24' } },
      routes: [{ to: 'default', via: '10.2.0.1' }],
      forwarding: true,
      sysctl: unlimited,
    },
    db: {
      lans: { data: { address: '10.20.0.5/24' } },
      routes: [{ to: 'default', via: '10.20.0.1' }],
      services: [{ tcp: 5432 }],
    },
  },
  routers: {
    edge: {
      lans: { office: { address: '198.51.100.1/24' }, left: { address: '10.1.0.1/24' }, right: { address: '10.2.0.1/24' } },
      routes: [
        { to: '10.20.0.0/24', via: '10.1.0.2' },
        { to: '10.30.0.0/24', via: '10.1.0.2' },
      ],
      sysctl: { ...unlimited, 'net.ipv4.fib_multipath_hash_policy': 1 },
    },
    core: {
      lans: { left: { address: '10.1.0.2/24' }, data: { address: '10.20.0.1/24' } },
      routes: [{ to: 'default', via: '10.1.0.1' }],
      sysctl: unlimited,
    },
  },
}

interface Judged {
  /** `via core: pass`. */
  readonly verdicts: readonly string[]
  /** What is not a pass, as a person reads it. */
  readonly told: string
}

labDescribe('a path that changes', () => {
  async function withLab(body: (prove: (spec: object) => Promise<Judged>, lab: Lab) => Promise<void>): Promise<void> {
    const lab = await startLab(topology)
    const inventory = lab.inventory({ transport: 'exec', subset: ['ops', 'fw', 'db'] })
    const prove = async (spec: object): Promise<Judged> => {
      const runbook = writeRunbook(lab, { checks: [{ name: 'the path', on: 'ops', path: { flows: 1, ...spec } }] })
      const { results } = await run({ runbooks: [runbook], inventory: [inventory] })
      const findings = results.flatMap((result) => result.findings)
      expect(results.map(({ reason }) => reason)).toEqual([''])
      return {
        verdicts: findings.map(({ subject, verdict }) => `${subject.replace(/^.*?: /, '')}: ${verdict}`),
        told: findings
          .filter(({ verdict }) => verdict !== 'pass')
          .map(({ actual, message }) => `${actual}\n${message}`.replaceAll(/[\d.]+ (ms|s)\b/g, '… ms'))
          .join('\n'),
      }
    }
    try {
      await body(prove, lab)
    } finally {
      await lab.stop()
    }
  }
  const scenario = (name: string, body: Parameters<typeof withLab>[0]): void =>
    it.concurrent(name, { timeout: 90_000 }, () => withLab(body))

  scenario('by another router', async (prove, lab) => {
    const spec = { target: 'db:5432', via: { 'in-order': ['edge', 'core'] }, avoids: 'fw', hops: 3, service: 'open', rtt: '10s' }
    const passes = ['reaches: pass', 'service: pass', 'via edge, then core: pass', 'avoids fw: pass', 'hops: pass', 'rtt: pass']
    expect((await prove(spec)).verdicts).toEqual(passes)

    await lab.sh('edge', 'ip route replace 10.20.0.0/24 via 10.2.0.2')
    const { verdicts, told } = await prove(spec)
    expect(verdicts).toEqual(['reaches: pass', 'service: pass', 'via edge, then core: fail', 'avoids fw: fail', 'hops: pass', 'rtt: pass'])
    expect(told).toBe(
      [
        'edge → fw → the target',
        'Every router of the path is known, and core is not on the path behind edge. Look at `ip route get 10.20.0.5` on ops, and the route to 10.20.0.5 on 198.51.100.1 (edge) and what follows.',
        'Path from ops to 10.20.0.5 (db), TCP port 5432:',
        '  1  198.51.100.1 (edge)  … ms',
        '  2  10.2.0.2 (fw)        … ms',
        '  3  10.20.0.5 (db)       … ms  open',
        'edge → fw → the target',
        'It is hop 2, 10.2.0.2 (fw). 198.51.100.1 (edge) sends it there: look at the route to 10.20.0.5 on it.',
      ].join('\n'),
    )

    await lab.sh('edge', 'ip route replace 10.20.0.0/24 via 10.1.0.2')
    expect((await prove(spec)).verdicts).toEqual(passes)
  })

  scenario('that a firewall stops', async (prove, lab) => {
    const [open, shut] = [{ target: 'db:5432' }, { target: 'db:5432', reaches: false, avoids: 'fw' }]
    expect((await prove(open)).verdicts).toEqual(['reaches: pass'])
    expect((await prove(shut)).verdicts).toEqual(['reaches: fail', 'avoids fw: pass'])

    await lab.sh('core', 'iptables -A FORWARD -p tcp --dport 5432 -j REJECT --reject-with icmp-admin-prohibited')
    const { verdicts, told } = await prove(open)
    expect(verdicts).toEqual(['reaches: fail'])
    expect(told).toContain('by 10.1.0.2 (core): administratively prohibited (ICMP 3/13)\nThe device at 10.1.0.2 (core) forbids it:')
    expect((await prove(shut)).verdicts).toEqual(['reaches: pass', 'avoids fw: pass'])

    await lab.sh('core', 'iptables -F FORWARD')
    expect((await prove(open)).verdicts).toEqual(['reaches: pass'])
  })

  scenario('that a firewall swallows', async (prove, lab) => {
    await lab.sh('core', 'iptables -A FORWARD -p tcp --dport 5432 -j DROP')
    const [reaches, not] = await Promise.all([prove({ target: 'db:5432' }), prove({ target: 'db:5432', reaches: false })])
    expect(reaches.verdicts).toEqual(['reaches: fail'])
    expect(reaches.told).toContain('silence behind 10.1.0.2 (core), hop 2; a connection to port 5432: timeout, asked')
    expect(not.verdicts).toEqual(['reaches: pass'])
    expect((await prove({ target: 'db' })).verdicts).toEqual(['reaches: pass'])
  })

  scenario('with a router that does not answer', async (prove, lab) => {
    const spec = { target: 'db:5432', via: 'core', avoids: 'fw', hops: 3 }
    await lab.sh('core', 'iptables -A OUTPUT -p icmp --icmp-type time-exceeded -j DROP')
    const { verdicts, told } = await prove(spec)
    expect(verdicts).toEqual(['reaches: pass', 'via core: error', 'avoids fw: error', 'hops: pass'])
    expect(told).toContain(
      'edge → * → the target\nHop 2 is not known, and may be core: a router that does not answer is unknown, not absent.',
    )
    await lab.sh('core', 'iptables -F OUTPUT')
    expect((await prove(spec)).verdicts).toEqual(['reaches: pass', 'via core: pass', 'avoids fw: pass', 'hops: pass'])
  })

  scenario('in a circle, and to where there is no route', async (prove) => {
    const loop = await prove({ target: '10.30.0.9', avoids: 'fw' })
    expect(loop.verdicts).toEqual(['reaches: fail', 'avoids fw: pass'])
    expect(loop.told).toMatch(/^a loop: (\S+ \(edge\) and \S+ \(core\)|\S+ \(core\) and \S+ \(edge\)), over and over\n/)
    const lost = await prove({ target: '10.40.0.9' })
    expect(lost.told).toContain(
      'by 198.51.100.1 (edge): network unreachable (ICMP 3/0)\nThe device at 198.51.100.1 (edge) has no route to the target.',
    )
    expect((await prove({ target: '10.40.0.9', reaches: false })).verdicts).toEqual(['reaches: pass'])
    const own = await prove({ target: '198.51.100.99', reaches: false })
    expect(own.verdicts).toEqual(['reaches: error'])
  })

  scenario('that is two', async (prove, lab) => {
    await lab.sh('edge', 'ip route replace 10.20.0.0/24 nexthop via 10.1.0.2 nexthop via 10.2.0.2')
    const spec = { target: 'db:5432', flows: 16 }
    const { verdicts, told } = await prove({ ...spec, via: 'core', avoids: 'fw' })
    expect(verdicts).toEqual(['reaches: pass', 'via core: fail', 'avoids fw: fail'])
    expect(told).toMatch(
      /Load is shared among several paths: with source port \d+ core is not on the path, with source port \d+ it is as expected\./,
    )
    expect(told).toContain('TCP port 5432: 2 different paths.')
    expect((await prove({ ...spec, via: { 'one-of': ['core', 'fw'] } })).verdicts).toEqual(['reaches: pass', 'via one of core, fw: pass'])
  })
})
