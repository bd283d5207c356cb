import { execFileSync, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { labDescribe } from '../../../test/lab/describe.js'
import { interfaces } from './index.js'

const host = `np-if-${process.pid}`
const peer = `${host}-p`
const ip = (...args: readonly string[]): void => void execFileSync('ip', ['-n', host, ...args])

/** All addresses, as `eth0 10.0.0.1/24`, `?` for what the source does not know. Runs it as nobody. */
function learn(name: string): readonly string[] {
  const source = interfaces.sources.linux?.find((candidate) => candidate.name === name)
  if (source === undefined) throw new Error(`no source ${name}`)
  const { tool, args } = source.command([{}])
  const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']
  const run = spawnSync('ip', ['netns', 'exec', host, ...asNobody, 'env', 'LC_ALL=C', tool[0], ...args], { encoding: 'utf8' })
  expect(run).toMatchObject({ status: 0, stderr: '' })
  const [value = []] = source.parse({ exitCode: 0, stdout: run.stdout, stderr: run.stderr }, [{}])
  return value.flatMap((each) => each.addresses.map(({ address, prefixLength }) => `${each.name ?? '?'} ${address}/${prefixLength ?? '?'}`))
}

labDescribe('the interfaces of a living host', () => {
  beforeAll(() => void execFileSync('sh', [fileURLToPath(new URL('fixtures/network.sh', import.meta.url)), host, peer]))
  afterAll(() => {
    for (const name of [host, peer]) spawnSync('ip', ['netns', 'delete', name])
  })

  it.each([
    ['ip -j', 'eth0 203.0.113.99/24', 'eth0 2001:db8:1::99/64'],
    ['ip', 'eth0 203.0.113.99/24', 'eth0 2001:db8:1::99/64'],
    ['busybox ip', 'eth0 203.0.113.99/24', 'eth0 2001:db8:1::99/64'],
    ['/proc', '? 203.0.113.99/?', 'eth0 2001:db8:1::99/64'],
  ])('%s follows what changes', (name, ...added) => {
    const before = learn(name)
    expect(before).not.toEqual(expect.arrayContaining(added))
    ip('address', 'add', '203.0.113.99/24', 'dev', 'eth0')
    ip('address', 'add', '2001:db8:1::99/64', 'dev', 'eth0', 'nodad')
    const during = learn(name)
    ip('address', 'delete', '203.0.113.99/24', 'dev', 'eth0')
    ip('address', 'delete', '2001:db8:1::99/64', 'dev', 'eth0')
    expect(during.filter((address) => !before.includes(address)).sort()).toEqual([...added].sort())
    expect(learn(name)).toEqual(before)
  })

  it.each(['ip -j', 'ip', 'busybox ip', '/proc'])('%s knows a host that has a loopback alone', (name) => {
    ip('link', 'set', 'eth0', 'down')
    ip('link', 'set', 'eth1', 'down')
    const seen = learn(name)
    expect(seen.some((address) => address.includes(' 127.0.0.1/'))).toBe(true)
    ip('link', 'set', 'eth0', 'up')
    ip('link', 'set', 'eth1', 'up')
  })
})
