import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { labDescribe } from '../lab/describe.js'
import { type Lab, startLab } from '../lab/index.js'
import { complaints, type Proof, prove, resultOf, verdicts, writeRunbook } from './in-lab.js'
import { endService, serve } from './services.js'
import { sshShim } from './ssh-shim.js'

const nginx = { tcp: 443, process: 'nginx', address: '::' }

const withoutTimes = (text: string): string => text.replace(/ after [\d.]+ ms/, '')

labDescribe('a network that changes', () => {
  let lab: Lab
  let inventory: string
  beforeAll(async () => {
    lab = await startLab('web-db')
    inventory = lab.inventory({ transport: 'ssh' })
  })
  afterAll(() => lab?.stop())

  const proveAll = (runbook: object, ...args: readonly string[]): Promise<Proof> =>
    prove(lab, [writeRunbook(lab, runbook), '-i', inventory, ...args])

  interface Change {
    readonly check: object
    readonly change: () => Promise<unknown>
    readonly undo: () => Promise<unknown>
    readonly complaint: string
  }

  const changes: Readonly<Record<string, Change>> = {
    'a second default route': {
      check: { on: 'web2', route: { destination: 'default', via: '203.0.113.1', interface: 'eth0' } },
      change: () => lab.sh('web2', 'ip route add default via 10.10.0.1 metric 100'),
      undo: () => lab.sh('web2', 'ip route del default via 10.10.0.1 metric 100'),
      complaint:
        'route default: via: expected 203.0.113.1 dev eth0, actual 10.10.0.1 dev eth1 metric 100. ' +
        'Two default routes: the one via 203.0.113.1 has metric 200, and the lower metric wins.',
    },
    'a lost route': {
      check: { on: 'web1', route: { destination: '10.20.0.0/16', via: '10.10.0.1' } },
      change: () => lab.sh('web1', 'ip route del 10.20.0.0/16'),
      undo: () => lab.sh('web1', 'ip route add 10.20.0.0/16 via 10.10.0.1'),
      complaint:
        'route 10.20.0.0/16: expected via 10.10.0.1, actual no such route. ' +
        'Traffic to it takes the default route instead: via 203.0.113.1 dev eth0 metric 200.',
    },
    'a rule that the table does not show': {
      check: { on: 'web1', route: { destination: '10.20.0.5', lookup: true, via: '10.10.0.1', interface: 'eth1' } },
      change: () => lab.sh('web1', 'ip route add blackhole default table 77; ip rule add to 10.20.0.0/16 lookup 77'),
      undo: () => lab.sh('web1', 'ip rule del to 10.20.0.0/16; ip route flush table 77'),
      complaint:
        'lookup 10.20.0.5: expected via 10.10.0.1 dev eth1, actual blackhole (Invalid argument). ' +
        'A route or rule of type blackhole swallows it: see `ip rule` and `ip route show table all type blackhole`.',
    },
    'a stopped service': {
      check: { on: 'web1', 'listening-port': { port: 443, process: 'nginx' } },
      change: () => endService(lab, 'web1', 443),
      undo: () => serve(lab, 'web1', nginx),
      complaint:
        'listening-port 443/tcp: expected listening, actual nothing listening. ' +
        'No socket listens there. Is the service running? Look at its status and its log: a bind that failed is told there.',
    },
    'a service on the loopback only': {
      check: { on: 'web2', 'listening-port': { port: 443, address: '203.0.113.12' } },
      change: async () => {
        await endService(lab, 'web2', 443)
        await serve(lab, 'web2', { ...nginx, address: '127.0.0.1' })
      },
      undo: async () => {
        await endService(lab, 'web2', 443)
        await serve(lab, 'web2', nginx)
      },
      complaint:
        'listening-port 443/tcp: expected listening on 203.0.113.12, actual listening on 127.0.0.1. ' +
        "It is bound to 127.0.0.1 only, so it is reachable only from the host itself: change the service's bind address.",
    },
    'a port that opens although it must not': {
      check: { on: 'web1', 'tcp-port': { target: 'db1:6379', expect: 'closed' } },
      change: () => serve(lab, 'db1', { tcp: 6379, address: '10.20.0.5' }),
      undo: () => endService(lab, 'db1', 6379, '10.20.0.5'),
      complaint:
        'tcp 10.20.0.5:6379 (db1): expected closed, actual open. ' +
        'A service accepts connections here, and nothing between web1 and db1 keeps them out. Look at `ss -ltnp` and the firewall rules on db1.',
    },
    'a firewall that rejects': {
      check: { on: 'web1', 'tcp-port': { target: 'db1:5432' } },
      change: () =>
        lab.sh(
          'core1',
          "nft -f - <<'E'\ntable inet np { chain f { type filter hook forward priority 0; tcp dport 5432 reject with icmpx admin-prohibited; }; }\nE",
        ),
      undo: () => lab.sh('core1', 'nft delete table inet np'),
      complaint:
        'tcp 10.20.0.5:5432 (db1): expected open, actual rejected by 10.10.0.1 (core1): administratively prohibited (ICMP 3/13). ' +
        'The device at 10.10.0.1 (core1) forbids it: a firewall or an access list on the way. Look at its rules from 10.10.0.11 to db1.',
    },
    'a router without a way': {
      check: { on: 'web1', 'tcp-port': { target: 'db1:5432', expect: 'open' } },
      change: () => lab.sh('core1', 'ip route add unreachable 10.20.0.5/32'),
      undo: () => lab.sh('core1', 'ip route del unreachable 10.20.0.5/32'),
      complaint:
        'tcp 10.20.0.5:5432 (db1): expected open, actual host unreachable by 10.10.0.1 (core1): host unreachable (ICMP 3/1). ' +
        'The router at 10.10.0.1 (core1) says so sooner than ARP can fail: it knew already that the host is down, or a route of type unreachable or a rule of its firewall says so. Look at its neighbours, its routes and its rules for 10.20.0.5.',
    },
  }

  const all = { checks: Object.values(changes).map(({ check }, index) => ({ id: `c${index}`, ...check })) }

  it('all is well before anything changes', async () => {
    const { exitCode, report } = await proveAll(all)
    expect([exitCode, report.totals.pass]).toEqual([0, all.checks.length])
  })

  it.each(Object.entries(changes))('%s fails the check, and its end lets it pass again', async (_, { check, change, undo, complaint }) => {
    const runbook = { checks: [{ id: 'it', ...check }] }
    await change()
    const during = await proveAll(runbook).finally(undo)
    const after = await proveAll(runbook)
    expect(complaints(resultOf(during.report, 'it')).map(withoutTimes)).toEqual([complaint])
    expect([during, after].map(({ exitCode }) => exitCode)).toEqual([1, 0])
  })

  describe('retry', () => {
    it('waits for what comes up later, and asks only where it was missing', async () => {
      const shim = sshShim(lab)
      await serve(lab, 'web2', { tcp: 8088 })
      const runbook = writeRunbook(lab, {
        checks: [{ id: 'late', on: 'web', retry: { until: '10s', every: '500ms' }, 'listening-port': { port: 8088 } }],
      })
      const running = prove(lab, [runbook, '-i', inventory], shim.env)
      setTimeout(() => void serve(lab, 'web1', { tcp: 8088 }), 4_000)
      const { exitCode, report } = await running
      const visits = shim.take().executions.map((line) => /203\.0\.113\.\d+/.exec(line)?.[0])
      await Promise.all([endService(lab, 'web1', 8088), endService(lab, 'web2', 8088)])

      expect([exitCode, ...verdicts(report)]).toEqual([0, 'web1/late: pass', 'web2/late: pass'])
      expect(resultOf(report, 'late', 'web2').attempts).toBe(1)
      const { attempts } = resultOf(report, 'late', 'web1')
      expect(attempts).toBeGreaterThan(2)
      expect(visits.filter((address) => address === '203.0.113.11')).toHaveLength(attempts)
      expect(visits.filter((address) => address === '203.0.113.12')).toHaveLength(1)
    })

    it('gives up in time, with what was seen last', async () => {
      const { exitCode, report } = await proveAll({
        checks: [{ id: 'never', on: 'web1', retry: { until: '900ms', every: '300ms' }, 'listening-port': { port: 8089 } }],
      })
      const { attempts, durationMs, findings } = resultOf(report, 'never')
      expect(exitCode).toBe(1)
      expect(attempts).toBeGreaterThan(1)
      expect(attempts).toBeLessThan(5)
      expect(durationMs).toBeLessThan(3_000)
      expect(findings.map(({ actual }) => actual)).toEqual(['nothing listening'])
    })
  })
})
