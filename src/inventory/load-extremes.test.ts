import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadInventory, selectHosts } from './index.js'

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'netproof-inventory-'))
})
afterAll(() => rm(root, { recursive: true }))

async function write(hosts: string): Promise<string> {
  const directory = await mkdtemp(join(root, 'case-'))
  await writeFile(join(directory, 'hosts'), hosts)
  return directory
}

describe('loadInventory, with what nobody would write by hand', () => {
  it('says once what a group says of many hosts, and shows no password', async () => {
    const directory = await write('[win]\nw[1:500]\n[win:vars]\nansible_connection=winrm\nansible_password=geheim\n')
    const { warnings, inventory } = await loadInventory([join(directory, 'hosts')], { controllerPlatform: 'linux', sshConfig: null })
    expect(warnings.map(({ code }) => code)).toEqual(['unknown-connection'])
    const ssh = await write('web1 ansible_password=geheim db_secret="a b" port\n')
    const found = await loadInventory([join(ssh, 'hosts')], { controllerPlatform: 'linux', sshConfig: null })
    expect([...found.diagnostics, ...found.warnings].map(({ sourceLine }) => sourceLine)).toEqual([
      'web1 ansible_password=****** db_secret=***** port',
      'web1 ansible_password=****** db_secret=***** port',
    ])
    expect(JSON.stringify([...inventory.hosts, ...found.inventory.hosts])).not.toContain('geheim')
  })

  it('takes a hundred thousand hosts', async () => {
    const directory = await write('[web]\nweb[1:100000]\n[web:vars]\nport=80\n')
    const { inventory, diagnostics } = await loadInventory([join(directory, 'hosts')], { controllerPlatform: 'linux', sshConfig: null })
    expect(diagnostics).toEqual([])
    expect(selectHosts(inventory, ['web:!web[0:99998]']).hosts.map(({ name }) => name)).toEqual(['web100000'])
  })

  it('never rejects, whatever a file holds', async () => {
    const piece = fc.constantFrom(
      'all',
      ':',
      '\n',
      '  ',
      'hosts',
      'children',
      'vars',
      'version: 1',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '"',
      'a',
      '=',
      '!vault',
      '&x',
      '*x',
      'Host ',
      '#',
      '\t',
      '{{',
      '}}',
      '1',
    )
    const text = fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join(''))
    const directory = await write('')
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom('hosts', 'hosts.yml'), async (sample, name) => {
        await writeFile(join(directory, name), sample)
        const { inventory } = await loadInventory([join(directory, name)], { controllerPlatform: 'linux', sshConfig: null })
        expect(inventory.hosts.has('controller')).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})
