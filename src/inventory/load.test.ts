import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadInventory, selectHosts } from './index.js'

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'netproof-inventory-'))
})
afterAll(() => rm(root, { recursive: true }))

type Files = Readonly<Record<string, string>>

async function write(files: Files): Promise<string> {
  const directory = await mkdtemp(join(root, 'case-'))
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true })
    await writeFile(join(directory, path), text)
  }
  return directory
}

/** Loads with the files as home; places in diagnostics are shown relative to it. */
async function load(files: Files, paths: readonly string[], sshConfig: string | null = null) {
  const home = await write(files)
  const full = paths.map((path) => (path.includes(',') ? path : join(home, path)))
  const { inventory, diagnostics, warnings } = await loadInventory(full, {
    controllerPlatform: 'darwin',
    home,
    sshConfig: sshConfig === null ? null : join(home, sshConfig),
  })
  const show = (list: typeof diagnostics): readonly string[] =>
    list.map(({ code, message, location: { file, line } }) => `${file}:${line} ${code}: ${message}`.replaceAll(`${home}/`, ''))
  return { inventory, diagnostics: show(diagnostics), warnings: show(warnings), home }
}

const own = 'version: 1\nhosts:\n  web1: { address: 203.0.113.11, groups: [web], vars: { rack: a } }\nrouters: { core: [10.0.0.1] }\n'

describe('loadInventory', () => {
  it('has only the controller when there is nothing to read', async () => {
    const { inventory, diagnostics } = await load({}, [])
    expect(diagnostics).toEqual([])
    expect([...inventory.hosts.values()]).toEqual([
      { name: 'controller', address: 'controller', platform: 'darwin', transport: 'local', ssh: {}, become: 'none', groups: [], vars: {} },
    ])
    expect(inventory.groups.get('all')).toEqual([])
  })

  it.each([
    ['hosts', '[web]\nweb1\n'],
    ['hosts', '\ufeff; old\r\n# older\r\n\r\nweb1 a=1\r\n'],
    ['hosts', 'all:\n  hosts:\n    web1:\n'],
    ['hosts.json', '{"web": {"hosts": {"web1": null}}}'],
    ['config', 'Host web1\n  User ops\n'],
    ['inventory.yaml', own],
    ['inventory', own],
  ])('reads %s: %j', async (file, text) => {
    const { inventory, diagnostics, warnings } = await load({ [file]: text }, [file])
    expect({ diagnostics, warnings, all: inventory.groups.get('all') }).toEqual({ diagnostics: [], warnings: [], all: ['web1'] })
  })

  it.each([
    [
      'ec2.py',
      '#!/usr/bin/env python3\n',
      'ec2.py:1 dynamic-inventory: this is a program that makes an inventory: netproof does not run it',
    ],
    ['hosts.yml', 'all:\n\thosts:\n', 'hosts.yml:2 tab-indent: a tab is used as indentation'],
    ['hosts.yml', 'version: 1\nhosts: []\n', 'hosts.yml:2 wrong-type: expected a map, found an empty list'],
  ])('refuses %s: %j', async (file, text, expected) => {
    expect((await load({ [file]: text }, [file])).diagnostics).toEqual([expected])
  })

  it('says what is missing, empty or no file', async () => {
    expect((await load({}, ['nowhere'])).diagnostics).toEqual(['nowhere:1 file-missing: there is no such file'])
    expect((await load({ hosts: '# later\n' }, ['hosts'])).warnings).toEqual(['hosts:1 empty-file: the inventory is empty'])
  })

  it('reads a host list, and no file whose name has a comma', async () => {
    const { inventory, diagnostics } = await load({}, ['web1,web2:2222,'])
    expect(diagnostics).toEqual([])
    expect(inventory.groups.get('all')).toEqual(['web1', 'web2'])
    expect(inventory.hosts.get('web2')?.ssh).toEqual({ port: 2222 })
    const file = await load({ 'a,b': 'web3\n' }, [])
    const { inventory: fromFile } = await loadInventory([join(file.home, 'a,b')], { controllerPlatform: 'linux', sshConfig: null })
    expect(fromFile.groups.get('all')).toEqual(['web3'])
  })

  it('reads a directory as Ansible does, .ini files included as since ansible-core 2.19', async () => {
    const files = {
      'inv/hosts.ini': 'a\n',
      'inv/b/more.yml': 'g: {hosts: {b: }}\n',
      'inv/c.bak': '[',
      'inv/c~': '[',
      'inv/c.orig': '[',
      'inv/.c': '[',
      'inv/ansible.cfg': '[defaults]\n',
      'inv/README.md': '# x',
      'inv/group_vars/g.yml': 'seen: true\n',
      'inv/b/group_vars/g.yml': 'seen: never\n',
      'inv/own.yaml': own,
    }
    const { inventory, diagnostics, warnings } = await load(files, ['inv'])
    expect([diagnostics, warnings]).toEqual([[], []])
    expect(inventory.groups.get('all')).toEqual(['web1', 'a', 'b'])
    expect(inventory.groups.get('ungrouped')).toEqual(['a'])
    expect(inventory.hosts.get('b')?.vars).toEqual({ seen: true })
    expect(inventory.routers).toEqual({ core: ['10.0.0.1'] })
  })

  it('ends in a directory that holds itself', async () => {
    const directory = await write({ 'inv/hosts': 'a\n' })
    await symlink('.', join(directory, 'inv/again'))
    const { inventory } = await loadInventory([join(directory, 'inv')], { controllerPlatform: 'linux', sshConfig: null })
    expect(inventory.groups.get('all')).toEqual(['a'])
  })

  it('reads text that happens to be executable', async () => {
    const directory = await write({ hosts: 'a\n' })
    await chmod(join(directory, 'hosts'), 0o755)
    expect((await loadInventory([join(directory, 'hosts')], { controllerPlatform: 'linux', sshConfig: null })).diagnostics).toEqual([])
  })

  it('merges inventories of all kinds: ours says how a host is reached', async () => {
    const files = {
      hosts: '[prod]\nweb1 ansible_host=10.9.9.9 rack=z tier=1\ndb1\n',
      'own.yaml': own,
      config: 'Host db1 jump\n  HostName 10.0.0.9\n',
    }
    const { inventory, diagnostics } = await load(files, ['hosts', 'own.yaml', 'config'])
    expect(diagnostics).toEqual([])
    expect(inventory.hosts.get('web1')).toMatchObject({
      address: '203.0.113.11',
      groups: ['prod', 'web'],
      vars: { ansible_host: '10.9.9.9', rack: 'a', tier: 1 },
    })
    expect(inventory.hosts.get('db1')).toMatchObject({ address: 'db1', groups: ['prod'] })
    expect(inventory.hosts.get('jump')).toMatchObject({ address: '10.0.0.9', ssh: { alias: 'jump' }, groups: ['ungrouped'] })
    expect(Object.fromEntries(inventory.groups)).toEqual({
      all: ['web1', 'db1', 'jump'],
      ungrouped: ['jump'],
      web: ['web1'],
      prod: ['web1', 'db1'],
    })
  })

  it('knows the hosts of ssh_config by name only, and the address behind a name', async () => {
    const files = {
      hosts: 'web1\nweb2 ansible_host=db1\nweb3 ansible_host=10.0.0.3\nweb4 ansible_host=db1 ansible_ssh_common_args="-F other"\n',
      config: 'Host web1\n HostName 10.0.0.1\nHost db1\n HostName 10.0.0.2\n',
    }
    const { inventory } = await load(files, ['hosts'], 'config')
    const reached = ['web1', 'web2', 'web3', 'web4', 'db1'].map((name) => [
      inventory.hosts.get(name)?.address,
      inventory.hosts.get(name)?.ssh.alias,
    ])
    expect(reached).toEqual([
      ['10.0.0.1', 'web1'],
      ['10.0.0.2', 'db1'],
      ['10.0.0.3', undefined],
      ['db1', undefined],
      ['10.0.0.2', 'db1'],
    ])
    expect(selectHosts(inventory, ['all']).hosts.map(({ name }) => name)).toEqual(['web1', 'web2', 'web3', 'web4'])
    expect(selectHosts(inventory, ['db*']).problems).toHaveLength(1)
    expect(selectHosts(inventory, ['db1']).hosts.map(({ name }) => name)).toEqual(['db1'])
  })

  it('does without an ssh_config', async () => {
    expect((await load({ hosts: 'a\n' }, ['hosts'], 'config')).warnings).toEqual([])
  })

  it('warns where controller is not the machine netproof runs on', async () => {
    expect((await load({ hosts: 'controller ansible_host=10.0.0.1\n' }, ['hosts'])).warnings).toEqual([
      'hosts:1 controller: "controller" is reached through ssh here: it is no longer the machine netproof runs on',
    ])
    expect((await load({ hosts: 'controller ansible_connection=local\n' }, ['hosts'])).warnings).toEqual([])
  })

  it('says what is wrong with files of variables', async () => {
    const files = {
      hosts: '[web]\nweb1\nweb2\n[db]\ndb1 ansible_user="{{ login }}"\n',
      'group_vars/web.yml': '- a\n',
      'group_vars/wbe.yml': 'a: 1\n',
      'group_vars/other-site.yml': 'a: 1\n',
      'group_vars/db/vault': '$ANSIBLE_VAULT;1.1;AES256\n6162\n',
      'group_vars/db/empty.yml': '---\n',
      'host_vars/web1.yml': 'a: [\n',
    }
    const { diagnostics, warnings } = await load(files, ['hosts'])
    expect(diagnostics).toEqual([
      'group_vars/web.yml:1 vars-file: expected variables, as a map of names to values',
      expect.stringMatching(/^host_vars\/web1\.yml:\d yaml-syntax: /),
    ])
    expect(warnings).toEqual([
      'group_vars/wbe.yml:1 unused-vars: no group is called "wbe": the file is not read',
      'group_vars/db/vault:1 vault: the file is encrypted with ansible-vault: its variables are not known',
      'hosts:5 template: ansible_user is not known as "{{ login }}": this host has no variable "login"',
    ])
  })
})
