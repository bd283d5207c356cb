import { expect, it } from 'vitest'
import type { Json } from '../model/json.js'
import { nameOf } from './name.js'

it.each<[string, Json, string]>([
  ['route', { destination: 'default', via: '203.0.113.1' }, 'route default via 203.0.113.1'],
  ['listening-port', { port: 22 }, 'listening-port 22'],
  ['network-config', { 'matches-running': true }, 'network-config matches-running'],
  ['network-config', { interface: 'eth0', onboot: false }, 'network-config eth0 onboot false'],
  ['default-route', { absent: false, via: null }, 'default-route absent false'],
  ['route', { destination: '10.0.0.0/8', absent: true }, 'route 10.0.0.0/8 absent'],
  ['connections', { count: { min: 3 }, state: ['established', 'closing'] }, 'connections count min 3 state established,closing'],
  ['_template', 'text', '_template text'],
  ['route', { destination: `1${'0'.repeat(200)}` }, `route 1${'0'.repeat(72)}…`],
])('%s %j is called %s', (kind, spec, name) => {
  expect(nameOf(kind, spec)).toBe(name)
})
