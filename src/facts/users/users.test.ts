import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../lib/errors.js'
import { type User, users } from './index.js'

const source = users.sources.linux?.[0]
const read = (stdout: string): readonly User[] | undefined => source?.parse({ exitCode: 0, stdout, stderr: '' }, [{ lookUp: [] }])[0]

describe('users', () => {
  it('reads /etc/passwd and what getent adds to it', () => {
    const file = 'root:x:0:0:root:/root:/bin/bash\nwww-data:x:33:33:www-data:/var/www:/usr/sbin/nologin\n'
    expect(read(`${file}ops@corp:*:120001:100:Ops:/home/ops:/bin/sh\n`)).toEqual([
      { name: 'root', uid: 0 },
      { name: 'www-data', uid: 33 },
      { name: 'ops@corp', uid: 120_001 },
    ])
  })

  it('takes the first of two, as getpwnam(3) does, and no line of NIS', () => {
    expect(read('a:x:1:1::/:/bin/sh\na:x:2:2::/:/bin/sh\n+@admins::::::\n+:x:7:7::/:\n')).toEqual([{ name: 'a', uid: 1 }])
  })

  it.each(['', 'cat: /etc/passwd: No such file or directory', 'root'])('refuses %j', (stdout) => {
    expect(() => read(stdout)).toThrow(NotUnderstood)
  })

  it('understands or refuses any output', () => {
    fc.assert(
      fc.property(fc.string(), (stdout) => {
        try {
          return (read(stdout) ?? []).length > 0
        } catch (error) {
          return error instanceof NotUnderstood
        }
      }),
    )
  })

  it('looks everybody up with one command', () => {
    const args = source?.command([{ lookUp: ['www-data', '33'] }, { lookUp: ['www-data'] }]).args
    expect(args?.slice(2)).toEqual(['users', 'www-data', '33'])
  })

  it.runIf(process.platform === 'linux')('runs on this machine', () => {
    const command = source?.command([{ lookUp: ['0', 'no-such-user'] }])
    const stdout = execFileSync(command?.tool[0] ?? '', [...(command?.args ?? [])], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    expect(read(stdout)).toContainEqual({ name: 'root', uid: 0 })
  })
})
