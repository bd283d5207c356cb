import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { labDescribe } from '../../../test/lab/describe.js'
import { type Lab, startLab } from '../../../test/lab/index.js'
import type { Report, Result } from '../../model/report.js'
import type { DnsRecordSpec } from './spec.js'

/** Real servers, by what they are asked: the verdict, and what a person is told. */
const cases: readonly (readonly [what: string, spec: DnsRecordSpec, verdict: Result['verdict'], told: readonly string[]])[] = [
  [
    'the delegation from the root, to both servers',
    { name: 'www.example.com', answers: '203.0.113.1', ttl: '300s', resolvers: 'authoritative' },
    'pass',
    ['192.0.2.11 (ns1.example.com, authoritative): 203.0.113.1, TTL 300 s', '192.0.2.12 (ns2.example.com, authoritative): 203.0.113.1'],
  ],
  [
    'an alias, everywhere',
    { name: 'SHOP.example.com.', answers: '203.0.113.1', resolvers: ['kt', 'lgu', 'authoritative'] },
    'pass',
    ['168.126.63.2 (kt): 203.0.113.1', 'by the alias www.example.com'],
  ],
  [
    'propagation to four resolvers, from a host without IPv6',
    { name: 'www.example.com', propagated: true, resolvers: ['kt', 'skb', 'lgu', 'google'] },
    'pass',
    ['8.8.8.8 (google): 203.0.113.1', 'Not asked: 2001:4860:4860::8888, 2001:4860:4860::8844, as controller has no way there over IPv6.'],
  ],
  [
    'answers that need TCP',
    { name: 'big.example.com', type: 'TXT', count: 6, contains: { matches: ' 6$' }, resolvers: ['kt', 'lgu'] },
    'pass',
    [],
  ],
  [
    'mail servers',
    { name: 'example.com', type: 'MX', answers: ['20 mail.backup.example.com', '10 MAIL.example.com.'], resolvers: 'kt' },
    'pass',
    [],
  ],
  ['certificate authorities', { name: 'example.com', type: 'CAA', answers: '0 issue ca.example.net', resolvers: 'kt' }, 'pass', []],
  ['a service', { name: '_sip._tcp.example.com', type: 'SRV', answers: '0 5 5060 www.example.com', resolvers: 'kt' }, 'pass', []],
  ['a wildcard', { name: 'any.wild.example.com', answers: '203.0.113.9', resolvers: 'google', family: 'ipv4' }, 'pass', []],
  [
    'the name of an address, by its own delegation and by the host',
    { name: '203.0.113.1', type: 'PTR', answers: 'www.example.com', resolvers: ['authoritative', 'system'] },
    'pass',
    ['203.0.113.1 PTR at 192.0.2.11 (ns1.example.com, authoritative): www.example.com', 'at system (controller): www.example.com'],
  ],
  [
    'a name that is not',
    { name: 'gone.example.com', absent: true, rcode: 'NXDOMAIN', ttl: { max: '60s' }, resolvers: ['authoritative', 'system'] },
    'pass',
    ['168.126.63.1 (system): no such name (NXDOMAIN), TTL'],
  ],
  [
    'a record too many',
    { name: 'pool.example.com', answers: ['203.0.113.2', '203.0.113.1'], resolvers: 'authoritative', transport: 'tcp' },
    'fail',
    ['Not expected: 203.0.113.3.'],
  ],
  [
    'servers that the runbook names, one of them of another zone',
    { name: 'www.example.com', authoritative: ['ns1', '192.0.2.5'] },
    'error',
    ['192.0.2.11 (ns1, authoritative): 203.0.113.1', '192.0.2.5 (authoritative): an answer without authority'],
  ],
  [
    'a lame delegation',
    { name: 'www.lame.com', absent: true, resolvers: ['authoritative', 'kt'] },
    'error',
    ['The delegation of www.lame.com ends at lame.com: none of its servers helps (192.0.2.11: REFUSED).', '168.126.63.1 (kt): SERVFAIL'],
  ],
  [
    'a refusal, silence, and no server at all',
    { name: 'www.example.com', absent: true, resolvers: ['192.0.2.21', '192.0.2.22', '127.0.0.1:5399'] },
    'error',
    ['192.0.2.21: REFUSED', '192.0.2.22: no answer, asked 3 times', '127.0.0.1:5399: rejected (ECONNREFUSED'],
  ],
  [
    'one of two, where the other is silent',
    { name: 'www.example.com', answers: '203.0.113.1', resolvers: ['kt', '192.0.2.22'], quorum: 1 },
    'pass',
    ['at 1: kt; unknown: 192.0.2.22'],
  ],
]

labDescribe('dns-record at real servers', () => {
  let lab: Lab
  let results: readonly Result[] = []
  beforeAll(async () => {
    lab = await startLab('dns')
    const file = join(lab.directory, 'names.yaml')
    const checks = cases.map(([name, spec]) => ({ name, 'dns-record': spec }))
    writeFileSync(file, stringify({ version: 1, defaults: { on: 'controller', timeout: '3s' }, checks }, { aliasDuplicateObjects: false }))
    const { stdout, stderr } = await lab.netproof('ops', ['run', file, '-r', 'json'])
    if (stdout === '') throw new Error(stderr)
    results = (JSON.parse(stdout) as Report).results
  }, 60_000)
  afterAll(() => lab?.stop())

  it.each(cases)('%s', (what, _, verdict, told) => {
    const result = results.find(({ name }) => name === what)
    const text = result?.findings.map(({ subject, actual, message }) => `${subject}: ${actual}. ${message}`).join('\n') ?? 'no result'
    for (const words of told) expect(text).toContain(words)
    expect(result?.verdict, `${result?.reason}\n${text}`).toBe(verdict)
  })
})
