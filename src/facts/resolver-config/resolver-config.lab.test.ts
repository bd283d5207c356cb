import { afterAll, beforeAll, expect, it } from 'vitest'
import { labDescribe } from '../../../test/lab/describe.js'
import { type Lab, startLab } from '../../../test/lab/index.js'
import { type ResolverConfig, resolverConfig } from './index.js'

let lab: Lab

async function learn(host: string): Promise<ResolverConfig | undefined> {
  const source = resolverConfig.sources.linux?.[0]
  if (source === undefined) throw new Error('no source')
  const { tool, args } = source.command([{}])
  const { exitCode, stdout, stderr } = await lab.exec(host, [tool[0], ...args])
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  return source.parse({ exitCode: 0, stdout, stderr }, [{}])[0]
}

labDescribe('the DNS servers of a living host', () => {
  beforeAll(async () => {
    const lans = { lan: { address: '192.0.2.1/24' } }
    lab = await startLab({ hosts: { own: { lans, etc: { 'resolv.conf': 'nameserver 192.0.2.53\nsearch lab.example\n' } } } })
  })
  afterAll(() => lab?.stop())

  it('follow the file', async () => {
    expect(await learn('own')).toEqual({ servers: ['192.0.2.53'], search: ['lab.example'], options: [] })
    await lab.sh('own', 'echo "nameserver fe80::1%eth0" > /etc/resolv.conf')
    expect(await learn('own')).toEqual({ servers: ['fe80::1%eth0'], search: [], options: [] })
  })
})
