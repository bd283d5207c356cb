import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { looksLikeSshConfig, sshConfigHosts } from './index.js'

let home = ''
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'netproof-ssh-config-'))
})
afterAll(() => rm(home, { recursive: true }))

async function write(files: Readonly<Record<string, string>>): Promise<string> {
  const directory = await mkdtemp(join(home, 'home-'))
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true })
    await writeFile(join(directory, path), text)
  }
  return directory
}

async function hosts(files: Readonly<Record<string, string>>) {
  const directory = await write(files)
  const { hosts: found, diagnostics } = await sshConfigHosts(join(directory, '.ssh/config'), directory)
  return { hosts: found.map(({ alias, hostName }) => `${alias} ${hostName}`), diagnostics }
}

const table: readonly (readonly [what: string, files: Readonly<Record<string, string>>, expected: readonly string[]])[] = [
  ['concrete names', { '.ssh/config': 'Host web1 web2\n  HostName 10.0.0.1\nHost db\n' }, ['web1 10.0.0.1', 'web2 10.0.0.1', 'db null']],
  [
    'no wildcards, but what they say',
    { '.ssh/config': 'Host web1\nHost *.lab !x\n  HostName no\nHost web? !web2\n  HostName %h.example.com%%\nHost web2\n' },
    ['web1 web1.example.com%', 'web2 null'],
  ],
  [
    'the first value found',
    { '.ssh/config': 'Host a\n HostName 1.1.1.1\nHost *\n HostName 2.2.2.2\nHost b\n HostName 3.3.3.3\n' },
    ['a 1.1.1.1', 'b 2.2.2.2'],
  ],
  [
    'any way to write a line',
    { '.ssh/config': '# Host not\r\n\thOsT="quoted one" b # c\r\n  hostname = 10.0.0.2\r\nHostKeyAlgorithms x\r\n' },
    ['quoted one 10.0.0.2', 'b 10.0.0.2'],
  ],
  [
    'nothing below Match',
    { '.ssh/config': 'Host a\nMatch user root\n  HostName 10.0.0.1\nHost b\n  HostName 10.0.0.2\n' },
    ['a null', 'b 10.0.0.2'],
  ],
  [
    'included files, by wildcards, relative to ~/.ssh, with ~',
    {
      '.ssh/config': 'Include conf.d/*.conf ~/work/ssh\nInclude missing\nHost last\n',
      '.ssh/conf.d/2.conf': 'Host two\n',
      '.ssh/conf.d/1.conf': 'Host one\n  HostName 10.0.0.1\n',
      '.ssh/conf.d/.hidden.conf': 'Host hidden\n',
      '.ssh/conf.d/note': 'Host note\n',
      'work/ssh': 'Host work\n',
    },
    ['one 10.0.0.1', 'two null', 'work null', 'last null'],
  ],
  [
    'an Include inside a Host as its condition',
    { '.ssh/config': 'Host web*\n  Include names\nHost web1 db1\n', '.ssh/names': 'HostName 10.0.0.1\nHost *1\n  User x\n' },
    ['web1 10.0.0.1', 'db1 null'],
  ],
]

describe('sshConfigHosts', () => {
  it.each(table)('finds %s', async (_, files, expected) => {
    expect(await hosts(files)).toEqual({ hosts: expected, diagnostics: [] })
  })

  it('ends where a file includes itself', async () => {
    const { hosts: found, diagnostics } = await hosts({ '.ssh/config': 'Host a\nInclude config\nInclude config\n' })
    expect(found).toEqual(['a null'])
    expect(diagnostics[0]).toMatchObject({
      code: 'include-depth',
      message: 'files are included more than 16 levels deep',
      location: { line: 2, column: 1 },
      length: 7,
      hint: 'look for a file that includes itself',
    })
  })

  it('says that a file is missing', async () => {
    const { hosts: found, diagnostics } = await sshConfigHosts(join(home, 'none'), home)
    expect([found, diagnostics.map(({ code }) => code)]).toEqual([[], ['file-missing']])
  })
})

describe('looksLikeSshConfig', () => {
  it.each([
    ['# mine\nHost web1\n  User x\n', true],
    ['ServerAliveInterval 5\n\nhost=web1\n', true],
    ['Include conf.d/*\n', true],
    ['[web]\nHost one\n', false],
    ['host: 1\n', false],
    ['web1\nweb2\n', false],
    ['hosts\n', false],
    ['', false],
  ])('%j: %s', (text, expected) => {
    expect(looksLikeSshConfig(text)).toBe(expected)
  })
})
