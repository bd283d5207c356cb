import { describe, expect, it } from 'vitest'
import type { Json } from '../../model/json.js'
import type { Variables } from './draft.js'
import { templateReader } from './template.js'

const origin = () => {
  throw new Error('not asked for')
}
const reader = (values: Readonly<Record<string, Json>>, vaulted: readonly string[] = []) => {
  const vars: Variables = new Map(Object.entries(values).map(([name, value]) => [name, { value, origin }]))
  for (const name of vaulted) vars.set(name, { value: null, origin, vaulted: true })
  return templateReader(vars, { inventory_hostname: 'web1.example.com', inventory_dir: '/srv/inventory' })
}

const context = { port: 22, tls: true, none: null, name: 'web', net: { gateway: '10.0.0.1', dns: ['10.0.0.53'], 'key-file': 'id' } }

const table: readonly (readonly [text: string, value: Json, trouble: string | null])[] = [
  ['plain', 'plain', null],
  ['{{ port }}', 22, null],
  ['{{port}}', 22, null],
  ['{{- port -}}', 22, null],
  ['{{ net }}', context.net, null],
  ['{{ net.gateway }}', '10.0.0.1', null],
  ["{{ net['key-file'] }}", 'id', null],
  ['{{ net.dns[0] }}', '10.0.0.53', null],
  ['{{ inventory_hostname }}', 'web1.example.com', null],
  ['{{ inventory_dir }}/keys/{{ name }}-{{ port }}-{{ tls }}', '/srv/inventory/keys/web-22-True', null],
  ['{{ gatway }}', '{{ gatway }}', 'this host has no variable "gatway"'],
  ['{{ nam }}', '{{ nam }}', 'this host has no variable "nam": did you mean "name"?'],
  ['{{ net.gate }}', '{{ net.gate }}', '"net" has no member .gate'],
  ['{{ net.dns.first }}', '{{ net.dns.first }}', '"net" has no member .dns.first'],
  ['{{ name.constructor }}', '{{ name.constructor }}', '"name" has no member .constructor'],
  ['{{ constructor }}', '{{ constructor }}', 'this host has no variable "constructor"'],
  ['x-{{ net }}', 'x-{{ net }}', '{{ net }} is a list or a map, which netproof does not write into text'],
  ['{{ name | upper }}', '{{ name | upper }}', 'netproof fills in plain references such as {{ name }}, and no expressions'],
  ['{% if tls %}a{% endif %}', '{% if tls %}a{% endif %}', 'netproof fills in plain references such as {{ name }}, and no expressions'],
  [
    "{{ lookup('env', 'USER') }}",
    "{{ lookup('env', 'USER') }}",
    'netproof fills in plain references such as {{ name }}, and no expressions',
  ],
  ['{{ self }}', '{{ self }}', 'self refers to itself'],
  ['{{ locked }}', '{{ locked }}', 'locked is encrypted with ansible-vault, which netproof does not open'],
]

describe('templateReader', () => {
  it.each(table)('fills in %j', (text, value, trouble) => {
    const read = reader({ ...context, self: text }, ['locked'])
    expect(read('self')).toEqual({ value, trouble, origin })
  })

  it('fills in what lies inside lists and maps, and keeps the rest', () => {
    expect(reader({ name: 'web', list: ['{{ name }}', { a: '{{ name }}', b: '{{ 1 + 1 }}' }] })('list')).toEqual({
      value: ['web', { a: 'web', b: '{{ 1 + 1 }}' }],
      trouble: 'netproof fills in plain references such as {{ name }}, and no expressions',
      origin,
    })
  })

  it('follows references to references, but in no circle', () => {
    expect(reader({ a: '{{ b }}', b: '{{ c }}', c: 1 })('a')?.value).toBe(1)
    expect(reader({ a: '{{ b }}', b: '{{ a }}' })('a')?.trouble).toBe('a refers to itself')
  })

  it('refuses templates that double each other', () => {
    const values = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`v${index}`, `{{ v${index + 1} }}{{ v${index + 1} }}`]))
    expect(reader({ ...values, v30: 'bomb' })('v0')?.trouble).toBe('it grows beyond 65536 characters')
    expect(reader({ ...values, v30: '{{ v0 }}' })('v0')?.trouble).toBe('v0 refers to itself')
  })
})
