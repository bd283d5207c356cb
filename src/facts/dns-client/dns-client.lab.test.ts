import { readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { labDescribe } from '../../../test/lab/describe.js'
import { type Lab, startLab } from '../../../test/lab/index.js'
import { type DnsClient, dnsClient } from './index.js'

let lab: Lab

/** Runs the script of the fact after `before`, in a file system view of its own. */
async function learn(shell: string, before: string): Promise<DnsClient | undefined> {
  const source = dnsClient.sources.linux?.[0]
  const script = join(lab.directory, 'script.sh')
  writeFileSync(script, source?.command([{}]).args[1] ?? '')
  const { exitCode, stdout, stderr } = await lab.exec('own', ['sh', '-euc', `${before}\nexec ${shell} ${script}`])
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  return source?.parse({ exitCode: 0, stdout, stderr }, [{}])[0]
}

/** A machine with systemd-resolved: what the real tools would print, since there is none here. */
const resolved = (active: string): string => `mount -t tmpfs none /run
mkdir -p /run/systemd/resolve /run/bin
printf 'nameserver 192.0.2.53\\n' > /run/systemd/resolve/resolv.conf
printf '#!/bin/sh\\n${active}\\n' > /run/bin/systemctl
printf '#!/bin/sh\\ncat ${new URL('fixtures/resolvectl.252-by-source.out', import.meta.url).pathname}\\n' > /run/bin/resolvectl
chmod +x /run/bin/*
PATH=/run/bin:$PATH`

labDescribe('the DNS client of a living host', () => {
  beforeAll(async () => {
    lab = await startLab({
      hosts: {
        own: {
          lans: { lan: { address: '192.0.2.1/24' } },
          etc: { 'resolv.conf': '# by hand\nnameserver 192.0.2.53\nsearch lab.example\n', 'nsswitch.conf': 'hosts: files dns\n' },
        },
      },
    })
  })
  afterAll(() => lab?.stop())

  it.each(['sh', 'busybox sh', 'bash'])('is read by %s', async (shell) => {
    expect(await learn(shell, '')).toEqual({
      library: { servers: ['192.0.2.53'], ignored: [], search: ['lab.example'], options: [] },
      file: { exists: true, target: null, comments: ['# by hand'] },
      hostName: hostname(),
      // The busybox of the machine may be linked statically, and no library is seen in its memory.
      cLibrary: shell === 'busybox sh' ? expect.toSatisfy((value) => value === 'glibc' || value === null) : 'glibc',
      hosts: ['files', 'dns'],
      resolved: null,
      networkManager: null,
    })
  })

  it('has the name of the host, with its domain', async () => {
    const named = await learn(`unshare --uts sh -c 'hostname web1.corp.example && exec sh "$0"'`, '')
    expect([named?.hostName, named?.cLibrary]).toEqual(['web1.corp.example', 'glibc'])
  })

  it('has upstreams while systemd-resolved runs, and is not asked of resolvectl otherwise', async () => {
    const running = await learn('sh', resolved('exit 0'))
    expect(running?.resolved).toMatchObject({ servers: ['192.0.2.53', '[2001:db8::53]:853'] })
    expect(readFileSync(new URL('fixtures/resolvectl.252-by-source.out', import.meta.url), 'utf8')).toContain('[2001:db8::53]:853')
    expect((await learn('sh', resolved('exit 3')))?.resolved).toBe(null)
  })

  it('falls back to the file where resolvectl does not answer', async () => {
    const broken = await learn('sh', `${resolved('exit 0')}\nprintf '#!/bin/sh\\nexit 1\\n' > /run/bin/resolvectl`)
    expect(broken?.resolved).toEqual({ servers: ['192.0.2.53'], domains: [], links: null })
  })
})
