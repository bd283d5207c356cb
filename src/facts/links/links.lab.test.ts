import { execFileSync, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { labDescribe } from '../../../test/lab/describe.js'
import { type Link, links } from './index.js'

const host = `np-lk-${process.pid}`
const peer = `${host}-p`
const ip = (...args: readonly string[]): void => void execFileSync('ip', ['-n', host, ...args])

/** Runs a source as nobody. */
function learn(name: string, device: string): Link | undefined {
  const source = links.sources.linux?.find((candidate) => candidate.name === name)
  if (source === undefined) throw new Error(`no source ${name}`)
  const { tool, args } = source.command([{}])
  const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']
  const run = spawnSync('ip', ['netns', 'exec', host, ...asNobody, 'env', 'LC_ALL=C', tool[0], ...args], { encoding: 'utf8' })
  expect(run).toMatchObject({ status: 0, stderr: '' })
  const [value] = source.parse({ exitCode: 0, stdout: run.stdout, stderr: run.stderr }, [{}])
  return value?.links.find((link) => link.name === device)
}

labDescribe('the links of a living host', () => {
  beforeAll(() => void execFileSync('sh', [fileURLToPath(new URL('fixtures/network.sh', import.meta.url)), host, peer]))
  afterAll(() => {
    for (const name of [host, peer]) spawnSync('ip', ['netns', 'delete', name])
  })

  it.each(['ip -j -d', 'ip -d', 'busybox ip', '/sys'])('%s follows what changes', (name) => {
    expect(learn(name, 'eth0')).toMatchObject({ up: true, carrier: true, mtu: 9_000, master: null })
    ip('link', 'set', 'eth0', 'mtu', '1400', 'master', 'br0')
    ip('link', 'set', 'eth0', 'down')
    const during = learn(name, 'eth0')
    ip('link', 'set', 'eth0', 'mtu', '9000', 'nomaster')
    ip('link', 'set', 'eth0', 'up')
    expect(during).toMatchObject({ up: false, carrier: null, mtu: 1_400, master: 'br0' })
    execFileSync('ip', ['-n', peer, 'link', 'set', 'eth0', 'down'])
    const dead = learn(name, 'eth0')
    execFileSync('ip', ['-n', peer, 'link', 'set', 'eth0', 'up'])
    expect(dead).toMatchObject({ up: true, carrier: false })
  })
})
