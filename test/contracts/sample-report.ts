import type { Finding } from '../../src/model/check.js'
import type { HostSummary, Report, Result, RunEvent, RunSummary } from '../../src/model/report.js'

const moveFile = 'runbooks/move-web-tier.yaml'
const baselineFile = 'runbooks/baseline.yaml'
const unreachable = 'ssh: connect to host 10.20.0.5 port 22: No route to host'

/** A result as most are: passed at once. What differs is given. */
export function result({ name, host: on, ...differs }: Partial<Result> & { readonly name: string; readonly host: string }): Result {
  return {
    id: name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
    name,
    kind: 'route',
    host: on,
    runbook: 0,
    tags: [],
    severity: 'high',
    verdict: 'pass',
    findings: [],
    reason: '',
    attempts: 1,
    durationMs: 12.4,
    location: { file: moveFile, line: 11, column: 5 },
    facts: [],
    attachments: [],
    ...differs,
  }
}

const met = (subject: string, actual: string): Finding => ({ verdict: 'pass', subject, expected: actual, actual, message: '' })

const routesOf = (host: string) => [{ key: `${host}/routes{"family":4}`, at: '2026-02-28T17:00:01.204Z', source: 'ip -j' }]

const host = (differs: Partial<HostSummary> & { readonly name: string; readonly address: string }): HostSummary => ({
  transport: 'ssh',
  platform: 'linux',
  groups: ['all'],
  error: null,
  ...differs,
})

const frontEnd = (name: string) =>
  result({
    name: 'traffic leaves through the front end',
    host: name,
    findings: [met('route default: via', '203.0.113.1 dev eth0'), met('route default: interface', 'eth0')],
    facts: routesOf(name),
  })

const databaseDown = (name: string, kind: string, line: number, runbook: number) =>
  result({
    name,
    kind,
    host: 'db1',
    runbook,
    verdict: 'error',
    reason: unreachable,
    durationMs: 0,
    location: { file: runbook === 0 ? moveFile : baselineFile, line, column: 5 },
  })

const results: readonly Result[] = [
  frontEnd('web1'),
  result({
    ...frontEnd('web2'),
    verdict: 'fail',
    findings: [
      {
        verdict: 'fail',
        subject: 'route default: via',
        expected: '203.0.113.1 dev eth0',
        actual: '10.10.0.1 dev eth1 metric 100',
        message: 'Two default routes: the one via 203.0.113.1 has metric 200, and the lower metric wins.',
      },
      met('route default: protocol', 'static'),
    ],
  }),
  result({
    name: 'nginx serves HTTPS',
    host: 'web1',
    kind: 'listening-port',
    tags: ['post-change'],
    severity: 'critical',
    verdict: 'fail',
    location: { file: moveFile, line: 17, column: 5 },
    findings: [
      {
        verdict: 'fail',
        subject: 'listening-port 443/tcp: process',
        expected: 'nginx',
        actual: 'haproxy (pid 812) on 0.0.0.0:443 and [::]:443',
        message:
          'Another process holds the port, so nginx could not bind it when it was started. Look at `systemctl status nginx haproxy` on web1.',
      },
    ],
    facts: [{ key: 'web1/listeners{}', at: '2026-02-28T17:00:01.260Z', source: 'ss' }],
  }),
  result({
    name: 'nginx serves HTTPS',
    host: 'web2',
    kind: 'listening-port',
    tags: ['post-change'],
    severity: 'critical',
    location: { file: moveFile, line: 17, column: 5 },
    findings: [met('listening-port 443/tcp', '0.0.0.0:443 and [::]:443, nginx (pid 1377)')],
  }),
  result({
    name: 'web reaches the database',
    host: 'web1',
    kind: 'tcp-port',
    tags: ['post-change'],
    verdict: 'fail',
    attempts: 31,
    durationMs: 60_214.8,
    location: { file: moveFile, line: 20, column: 5 },
    findings: [
      {
        verdict: 'fail',
        subject: 'tcp-port db1:5432 (10.20.0.5)',
        expected: 'open within 50 ms',
        actual: 'host unreachable after 3.06 s (ICMP type 3 code 1 from 10.10.0.1)',
        message:
          'The router 10.10.0.1 has no answer from 10.20.0.5 on its own network: the host is down, or its address moved. No firewall was involved. Look at the neighbour table of 10.10.0.1.',
      },
      met('tcp-port db1:22 (10.20.0.5): expect', 'unreachable'),
    ],
    attachments: [{ name: 'capture.pcap', mediaType: 'application/vnd.tcpdump.pcap', file: 'reports/web-reaches-the-database.web1.pcap' }],
  }),
  result({
    name: 'web reaches the database',
    host: 'web2',
    kind: 'tcp-port',
    tags: ['post-change'],
    verdict: 'skip',
    attempts: 0,
    durationMs: 0,
    reason: 'needs "traffic leaves through the front end", which failed on web2',
    location: { file: moveFile, line: 20, column: 5 },
  }),
  databaseDown('back-end networks stay on the back end', 'route', 14, 0),
  databaseDown('postgres listens on the back-end address only', 'listening-port', 24, 0),
  result({
    id: 'kt-has-the-new-address',
    name: '케이티(KT) resolver has the new address 🚚',
    host: 'controller',
    kind: 'dns-record',
    severity: 'low',
    verdict: 'fail',
    location: { file: moveFile, line: 29, column: 5 },
    findings: [
      {
        verdict: 'fail',
        subject: 'dns-record www.example.com A at kt (168.126.63.1)',
        expected: '203.0.113.10',
        actual: '198.51.100.7 for 2,411 s more',
        message: 'The resolver still holds the old answer (이전 주소); it will ask again when the TTL has run out, at 02:40.',
      },
    ],
  }),
  result({ name: 'the clock is right', host: 'web1', runbook: 1, kind: 'clock', location: { file: baselineFile, line: 6, column: 5 } }),
  result({
    name: 'the clock is right',
    host: 'web2',
    runbook: 1,
    kind: 'clock',
    severity: 'medium',
    verdict: 'error',
    reason: 'neither chronyc nor timedatectl is installed on web2',
    location: { file: baselineFile, line: 6, column: 5 },
  }),
  databaseDown('the clock is right', 'clock', 6, 1),
  databaseDown('nothing but ssh listens on all addresses', 'listening-port', 9, 1),
  result({
    name: 'the Windows firewall is on',
    kind: 'firewall',
    host: 'web1',
    runbook: 1,
    verdict: 'skip',
    attempts: 0,
    durationMs: 0,
    reason: 'when: applies to windows, and web1 is linux',
    location: { file: baselineFile, line: 13, column: 5 },
  }),
]

/** A night's change that went half well: what every sample and every reporter's own tests are made from. */
export const sampleReport: Report = {
  version: 1,
  runId: '6f1c2a54-9b0e-4f7d-8a35-3f6d0c9e7b12',
  netproof: '0.1.0',
  runbooks: [
    {
      name: 'Move the web tier behind the new core switch',
      file: moveFile,
      digest: 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c',
    },
    { name: 'Baseline', file: baselineFile, digest: '7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730' },
  ],
  startedAt: '2026-03-01T02:00:00.731+09:00',
  endedAt: '2026-03-01T02:01:03.082+09:00',
  durationMs: 62_351.4,
  timeZone: 'Asia/Seoul',
  interrupted: false,
  exitCode: 1,
  hosts: [
    host({ name: 'controller', address: 'localhost', transport: 'local', groups: [] }),
    host({ name: 'web1', address: '203.0.113.11', groups: ['all', 'web'] }),
    host({ name: 'web2', address: '203.0.113.12', groups: ['all', 'web'] }),
    host({ name: 'db1', address: '10.20.0.5', groups: ['all', 'db'], error: { reason: 'unreachable', message: unreachable } }),
  ],
  totals: { pass: 3, fail: 4, error: 5, skip: 2 },
  results,
}

/** A report of these results, its hosts and totals counted from them. */
export function reportOf(some: readonly Result[], differs: Partial<Report> = {}): Report {
  const totals = { pass: 0, fail: 0, error: 0, skip: 0 }
  for (const { verdict } of some) totals[verdict] += 1
  const names = [...new Set(some.map(({ host: name }) => name))]
  const exitCode = totals.fail > 0 ? 1 : totals.error > 0 ? 2 : 0
  const hosts = names.map((name) => host({ name, address: '192.0.2.1' }))
  return { ...sampleReport, hosts, totals, exitCode, results: some, ...differs }
}

/** What a live reporter would have heard of this report. */
export function* eventsOf({ results: all, ...summary }: Report): Generator<RunEvent> {
  const { startedAt: at, hosts, runbooks } = summary
  yield { type: 'start', at, hosts: hosts.length, checks: all.length, runbooks }
  for (const { name, error } of hosts) yield { type: 'host', host: name, error }
  for (const one of all) yield { type: 'result', result: one }
  if (summary.interrupted) yield { type: 'interrupt', reason: 'SIGINT' }
  yield { type: 'end', summary: summary satisfies RunSummary }
}
