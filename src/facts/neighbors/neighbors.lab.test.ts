import { execFileSync, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { labDescribe } from '../../../test/lab/describe.js'
import { neighbors } from './index.js'

const host = `np-ne-${process.pid}`
const peer = `${host}-p`
const ip = (...args: readonly string[]): void => void execFileSync('ip', ['-n', host, ...args])

/** All entries, as `203.0.113.1 00:00:5e:00:01:07 permanent`. Runs it as nobody. */
function learn(name: string): readonly string[] {
  const source = neighbors.sources.linux?.find((candidate) => candidate.name === name)
  if (source === undefined) throw new Error(`no source ${name}`)
  const { tool, args } = source.command([{}])
  const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']
  const run = spawnSync('ip', ['netns', 'exec', host, ...asNobody, 'env', 'LC_ALL=C', tool[0], ...args], { encoding: 'utf8' })
  expect(run).toMatchObject({ status: 0, stderr: '' })
  const [value] = source.parse({ exitCode: 0, stdout: run.stdout, stderr: run.stderr }, [{}])
  return (value?.entries ?? []).map(({ address, mac, state }) => `${address} ${mac} ${state}`)
}

/** What is read while there is a failed entry, which the kernel collects when it likes: its table is one for all namespaces (gc_thresh1). */
function beforeItIsCollected(read: () => readonly string[]): readonly string[] {
  for (;;) {
    ip('neigh', 'replace', '203.0.113.78', 'dev', 'eth0', 'nud', 'failed')
    const found = read()
    const { stdout } = spawnSync('ip', ['-n', host, 'neigh', 'show', '203.0.113.78'], { encoding: 'utf8' })
    if (stdout.includes('FAILED')) return found
  }
}

labDescribe('the neighbours of a living host', () => {
  beforeAll(() => void execFileSync('sh', [fileURLToPath(new URL('fixtures/network.sh', import.meta.url)), host, peer]))
  afterAll(() => {
    for (const name of [host, peer]) spawnSync('ip', ['netns', 'delete', name])
  })

  const four = ['203.0.113.77 02:00:00:00:00:77', '203.0.113.78 null']
  const six = ['2001:db8:113::77 02:00:00:00:00:77']

  it.each([
    ['ip -j', [`${four[0]} permanent`, `${four[1]} failed`, `${six[0]} permanent`]],
    ['ip', [`${four[0]} permanent`, `${four[1]} failed`, `${six[0]} permanent`]],
    ['busybox ip', [`${four[0]} permanent`, `${four[1]} failed`, `${six[0]} permanent`]],
    ['/proc', [`${four[0]} permanent`, `${four[1]} null`]],
  ])('%s follows what changes', (name, added) => {
    const news = (): readonly string[] => learn(name).filter((line) => /[.:]7[78] /.test(line))
    expect(news()).toEqual([])
    ip('neigh', 'add', '203.0.113.77', 'lladdr', '02:00:00:00:00:77', 'dev', 'eth0')
    ip('neigh', 'add', '2001:db8:113::77', 'lladdr', '02:00:00:00:00:77', 'dev', 'eth0')
    const during = beforeItIsCollected(news)
    for (const address of ['203.0.113.77', '2001:db8:113::77']) ip('neigh', 'del', address, 'dev', 'eth0')
    spawnSync('ip', ['-n', host, 'neigh', 'del', '203.0.113.78', 'dev', 'eth0'])
    expect([...during].sort()).toEqual([...added].sort())
    // The kernel keeps what was deleted while somebody still holds it, as failed.
    expect(news().filter((line) => line.includes('02:'))).toEqual([])
  })
})
