import { expect, test } from 'vitest'
import { firewall } from './index.js'
import type { Spec } from './schema.js'

const traffic = { port: 22 }
const verdict = 'accept'
const counters = { over: '5s', rule: { chain: 'INPUT' }, packets: 0 }

test.each<[Spec, readonly string[]]>([
  [{ traffic, verdict }, []],
  [{ traffic: { from: 'any', to: ['192.0.2.1', '2001:db8::1'], port: '8000-8010' }, verdict: 'blocked' }, []],
  [{ policy: { input: 'drop' } }, []],
  [{ counters }, []],
  [{}, [': this asserts nothing']],
  [{ verdict }, ['verdict: this asserts nothing']],
  [{ traffic }, ['traffic: `traffic` without a `verdict` asserts nothing']],
  [{ verdict, policy: { input: 'drop' } }, ['verdict: `verdict` needs the `traffic` that it is about']],
  [{ traffic: { from: 'inside' }, verdict }, ['traffic.from: expected an address, a prefix or any, found "inside"']],
  [{ traffic: { from: ['10.0.0.1/8'] }, verdict }, ['traffic.from.0: 10.0.0.1/8 has bits set beyond its length']],
  [{ traffic: { from: '10.0.0.1', to: '2001:db8::1' }, verdict }, ['traffic: `from` and `to` have no address family in common']],
  [{ traffic: { from: '10.0.0.1' }, verdict, family: 'inet6' }, ['family: `family` inet6 does not fit the addresses of the traffic']],
  [{ traffic: { protocol: 'tpc' }, verdict }, ['traffic.protocol: no protocol is called "tpc"']],
  [{ traffic: { protocol: 'icmp', port: 22 }, verdict }, ['traffic.port: protocol icmp has no ports']],
  [{ traffic: { port: '90-80' }, verdict }, ['traffic.port: 90-80 is no range of ports']],
  [{ traffic: { port: '1-70000' }, verdict }, ['traffic.port: 1-70000 is no range of ports']],
  [{ traffic: { 'icmp-type': 8 }, verdict }, ['traffic.icmp-type: `icmp-type` needs `protocol: icmp`']],
  [{ traffic: { protocol: 'icmp', 'icmp-type': 'echo' }, verdict }, ['traffic.icmp-type: no type of ICMP is called "echo"']],
  [
    { traffic: { direction: 'output', interface: 'eth0' }, verdict },
    ['traffic.interface: traffic of the host itself comes in by no interface'],
  ],
  [{ counters: { ...counters, over: '20ms' } }, ['counters.over: 20ms is no time to count for']],
  [{ counters: { over: '5s', rule: { chain: 'INPUT' } } }, ['counters: `counters` without `packets` or `bytes` asserts nothing']],
  [{ counters: { ...counters, rule: { policy: true, text: 'x' } } }, ['counters.rule.policy: a policy has no comment, handle or text']],
  [{ counters: { ...counters, packets: { min: 0 } } }, ['counters.packets.min: it is always at least 0: that proves nothing']],
  [{ counters: { ...counters, packets: { min: 5, max: 1 } } }, ['counters.packets.min: `min` 5 is more than `max` 1']],
])('%j', (spec, problems) => {
  expect(firewall.problems?.(spec).map(({ path, message }) => `${path.join('.')}: ${message}`)).toEqual(problems)
})
