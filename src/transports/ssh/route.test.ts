import { describe, expect, test } from 'vitest'
import { hopDestination, lastHop } from './jump.js'
import { type OwnControl, readSettings } from './settings.js'

const own: OwnControl = { owner: 'netproof', path: '/run/x' }

describe('readSettings', () => {
  // Lines of `ssh -G` of OpenSSH 9.2.
  test.each([
    ['user root\ncontrolmaster false\ncontrolpersist no\n', [], { control: own, proxy: null, jumpHost: null }],
    [
      'controlmaster auto\ncontrolpath /root/.ssh/root@db1:22\n',
      [],
      { control: { owner: 'user', known: '/root/.ssh/root@db1:22', path: expect.any(Function) }, proxy: null, jumpHost: null },
    ],
    ['controlmaster false\n', ['-o', 'ControlPath=none'], { control: null, proxy: null, jumpHost: null }],
    ['controlmaster auto\n', ['-o', 'ControlMaster=auto'], { control: own, proxy: null, jumpHost: null }],
    ['proxyjump a,b\n', [], { control: own, proxy: 'a,b', jumpHost: 'a,b' }],
    ['proxycommand nc %h %p\n', [], { control: own, proxy: 'nc %h %p', jumpHost: null }],
  ] as const)('%j with %j', (text, words, expected) => {
    expect(readSettings(text, words, own)).toEqual(expected)
  })
})

describe('lastHop', () => {
  test.each([
    ['bastion', { user: null, target: 'bastion', port: null, before: '' }],
    ['ops@bastion:2222', { user: 'ops', target: 'bastion', port: 2222, before: '' }],
    ['ssh://ops@bastion:2222', { user: 'ops', target: 'bastion', port: 2222, before: '' }],
    ['[2001:db8::1]:22', { user: null, target: '2001:db8::1', port: 22, before: '' }],
    ['a,ops@b,c', { user: null, target: 'c', port: null, before: 'a,ops@b' }],
    ['-oProxyCommand=x', null],
    ['$(id)', null],
  ])('%s', (text, hop) => {
    expect(lastHop(text)).toEqual(hop)
  })

  test('is reached with the same configuration file, and nothing else of the host', () => {
    const hop = lastHop('a,ops@b:2222')
    expect(hop && hopDestination(hop, ['-F', '/etc/x', '-o', 'User=root', '-J', 'a,ops@b:2222']).words).toEqual([
      '-F',
      '/etc/x',
      '-J',
      'a',
      '-l',
      'ops',
      '-p',
      '2222',
    ])
  })
})
