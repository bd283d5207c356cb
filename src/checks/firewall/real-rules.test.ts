import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { firewallRules, type Ruleset } from '../../facts/firewall-rules/index.js'
import { learntFrom, nothingLearnt } from '../../lib/learnt.js'
import type { CheckContext } from '../../model/check.js'
import { someLinks } from './fixtures.js'
import { firewall } from './index.js'
import type { Spec } from './schema.js'

// Rulesets as firewalld, ufw, Docker and kube-proxy write them, and what they do with traffic.

const folder = join(import.meta.dirname, '../../facts/firewall-rules/fixtures')
const context = { host: { name: 'web1' } } as CheckContext
const ownAddresses = [{ name: 'eth0', addresses: [{ address: '203.0.113.11', prefixLength: 24, peer: null }] }]
const learnt = learntFrom(() => ({ value: ownAddresses }))

function rulesOf(name: string): Ruleset {
  const output = { exitCode: 0, stdout: readFileSync(join(folder, name), 'utf8'), stderr: '' }
  const [value] = firewallRules.sources.linux?.[0]?.parse(output, [{ overMs: null }]) ?? []
  if (value === undefined) throw new Error(`${name} was not read`)
  return value
}

const judge = (name: string, spec: Spec): readonly string[] =>
  firewall
    .evaluate(spec, { rules: rulesOf(name), links: [someLinks], addresses: [] }, context, learnt)
    .map(({ verdict, actual, message }) => [verdict, actual, message].filter((part) => part !== '').join(' | '))

const firewalld = 'firewalld-nft-1.0.6.txt'
const ufw = 'ufw-iptables-nft-1.8.9.txt'
const docker = 'docker-iptables-legacy-1.8.9.txt'
const kubernetes = 'kubernetes-iptables-nft-1.8.9.txt'

describe('rules of others', () => {
  test.each<[string, string, Spec, readonly string[]]>([
    [
      'firewalld lets the services of a zone in',
      firewalld,
      { traffic: { port: 443, from: '198.51.100.7', interface: 'eth0' }, verdict: 'accept' },
      ['pass | accepted'],
    ],
    [
      'by IPv6 as well',
      firewalld,
      { traffic: { port: 443, from: '2001:db8::/32', interface: 'eth0' }, verdict: 'accept' },
      ['pass | accepted'],
    ],
    [
      'firewalld rejects by default, in both families',
      firewalld,
      { policy: { input: 'reject', forward: 'blocked' } },
      ['pass | rejected', 'pass | rejected', 'pass | rejected', 'pass | rejected'],
    ],
    [
      'a rich rule of firewalld',
      firewalld,
      { traffic: { port: 443, from: '203.0.113.0/24', interface: 'eth0' }, verdict: 'accept' },
      [
        'fail | dropped from 203.0.113.66 | Dropped by rule 1 (handle 88) of chain filter_IN_public_deny in table inet firewalld (nft): `ip saddr 203.0.113.66 drop`. Look at `nft -a list chain inet firewalld filter_IN_public_deny`.',
      ],
    ],
    ['a source that is trusted', firewalld, { traffic: { port: 9999, from: '10.20.3.0/24' }, verdict: 'accept' }, ['pass | accepted']],
    [
      'the database of another zone is closed here',
      firewalld,
      { traffic: { port: 5432, from: '198.51.100.0/24', interface: 'eth0' }, verdict: 'blocked' },
      ['pass | rejected'],
    ],
    [
      'ufw denies by default',
      ufw,
      { policy: { input: 'drop', forward: 'drop', output: 'accept' }, family: 'inet' },
      ['pass | dropped', 'pass | dropped', 'pass | accepted'],
    ],
    ['ufw allows an application', ufw, { traffic: { port: 443, from: '198.51.100.0/24' }, verdict: 'accept' }, ['pass | accepted']],
    ['ufw: from inside alone', ufw, { traffic: { port: 5432, from: '198.51.100.0/24' }, verdict: 'drop' }, ['pass | dropped']],
    [
      'ufw is set up for IPv4 alone',
      ufw,
      { traffic: { port: 23, from: 'any' }, verdict: 'blocked', family: 'inet6' },
      [
        'fail | accepted | No filter chain is at the hook input for IPv6: everything is accepted. A firewall that is set up for IPv4 alone leaves IPv6 open.',
      ],
    ],
    [
      'ufw limit: a rate decides',
      ufw,
      { traffic: { port: 22, from: '198.51.100.7' }, verdict: 'accept' },
      [
        'error | not decided | It may be accepted by rule 1 of chain ufw-user-limit-accept in table filter (iptables): `-j ACCEPT`, or rejected by rule 2 of chain ufw-user-limit in table filter (iptables): `-j REJECT --reject-with icmp-port-unreachable`. Rule 2 of chain ufw-user-input in table filter (iptables): `-p tcp -m tcp --dport 22 -m conntrack --ctstate NEW -m recent --update --seconds 30 --hitcount 6 --name DEFAULT --mask 255.255.255.255 --rsource -j ufw-user-limit` turns on -m recent --update --seconds 30 --hitcount 6 --name DEFAULT --mask 255.255.255.255 --rsource.',
      ],
    ],
    [
      'Kubernetes: a service without endpoints rejects',
      kubernetes,
      { traffic: { port: 30099, from: '198.51.100.7' }, verdict: 'reject' },
      ['pass | rejected'],
    ],
    [
      'Kubernetes: whichever pod is chosen, it is let through',
      kubernetes,
      { traffic: { port: 30080, from: '198.51.100.7' }, verdict: 'accept' },
      ['pass | accepted'],
    ],
  ])('%s', (_, name, spec, findings) => {
    expect(judge(name, spec)).toEqual(findings)
  })

  test('what Docker publishes goes past the rules for input, to a container', () => {
    const published: Spec = { traffic: { port: 8080, from: '198.51.100.7' }, verdict: 'blocked' }
    const [undecided] = judge(docker, published)
    expect(undecided).toMatch(/turns on the interface it leaves by: add `out-interface`\.$/)
    const rules = rulesOf(docker)
    expect(firewall.further?.(published, { rules, links: [], addresses: [] }, context, nothingLearnt)).toEqual([
      { fact: 'interfaces', host: 'web1', args: {} },
    ])
    expect(
      firewall.further?.({ traffic: { port: 22 }, verdict: 'accept' }, { rules, links: [], addresses: [] }, context, nothingLearnt),
    ).toEqual([])
    expect(
      judge(docker, { traffic: { port: 8080, from: '198.51.100.7', interface: 'eth0', 'out-interface': 'docker0' }, verdict: 'blocked' }),
    ).toEqual([
      'fail | accepted | Accepted by rule 1 of chain DOCKER in table filter (iptables-legacy): `-d 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 80 -j ACCEPT`. Look at `iptables-legacy -L DOCKER -n -v --line-numbers`. On the way it was given the destination 172.17.0.2 port 80 by rule 2 of chain DOCKER in table nat (iptables-legacy): `! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80`.',
    ])
    expect(judge(docker, { traffic: { port: 22, from: '198.51.100.7' }, verdict: 'accept' })).toEqual(['pass | accepted'])
  })
})
