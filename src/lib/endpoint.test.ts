import { expect, it } from 'vitest'
import { sourceProblem, targetProblem } from './endpoint.js'

it.each([
  ['10.20.0.5', undefined],
  ['2001:db8::5', undefined],
  ['fe80::1%eth0', undefined],
  ['127.0.0.1', undefined],
  ['db1', undefined],
  ['224.0.0.1', '224.0.0.1 is a multicast or broadcast address'],
  ['255.255.255.255', '255.255.255.255 is a multicast or broadcast address'],
  ['ff02::1%eth0', 'ff02::1%eth0 is a multicast or broadcast address'],
  ['0.0.0.0', '0.0.0.0 is the address of no host'],
  ['::', ':: is the address of no host'],
])('a target %s', (target, message) => {
  expect(targetProblem(target)?.message).toBe(message)
})

it.each([
  ['10.20.0.5', undefined],
  ['fe80::1%eth0', undefined],
  ['eth0.100', undefined],
  ['lo', 'nothing leaves a host by its interface lo'],
  ['10.20', 'expected an address or the name of an interface, found "10.20"'],
  ['a b', 'expected an address or the name of an interface, found "a b"'],
])('a source %s', (source, message) => {
  expect(sourceProblem(source)?.message).toBe(message)
})
