import { describe, expect, it } from 'vitest'
import { recognise } from './format.js'

const table: readonly (readonly [file: string, text: string, expected: string])[] = [
  ['hosts', '[web]\nweb1\n', 'ini'],
  ['hosts', 'web1\nweb2 ansible_host=10.0.0.1\n', 'ini'],
  ['hosts', '[::1]:22 a=1\n', 'ini'],
  ['hosts', '; note\n\n[all:vars] # set\na=1\n', 'ini'],
  ['hosts.yml', '[web]\nweb1\n', 'ini'],
  ['hosts', 'all:\n  hosts:\n', 'yaml'],
  ['hosts', '# mine\n---\nall: {}\n', 'yaml'],
  ['hosts', '{"web": {}}', 'yaml'],
  ['hosts', '"my group":\n', 'yaml'],
  ['hosts.yaml', 'nonsense', 'yaml'],
  ['config', '# mine\nHost web1\n  User ops\n', 'ssh-config'],
  ['config', 'ServerAliveInterval 5\nHost *\n', 'ssh-config'],
  ['hosts', '', 'empty'],
  ['hosts', '\n# later\n; or never\n', 'empty'],
  ['ec2.py', '#!/usr/bin/env python3\n', 'this is a program that makes an inventory: netproof does not run it'],
  ['hosts', '\u007fELF\0\0', 'expected a text file, found a program or other binary data'],
  ['hosts', '$ANSIBLE_VAULT;1.1;AES256\n6162\n', 'the inventory is encrypted with ansible-vault, which netproof does not open'],
  ['hosts.toml', '[web.hosts]\nweb1 = {}\n', 'inventories in TOML are not read'],
]

describe('recognise', () => {
  it.each(table)('%s with %j', (file, text, expected) => {
    const format = recognise(file, text)
    expect(typeof format === 'string' ? format : format.message).toBe(expected)
  })
})
