import { afterAll, beforeAll, expect, it } from 'vitest'
import { labDescribe } from '../../../test/lab/describe.js'
import { type Lab, startLab } from '../../../test/lab/index.js'
import { posixQuote } from '../../lib/quote.js'
import { nameLookup } from './index.js'
import type { NameLookup, NameLookupArgs } from './value.js'

const systemPath = '/usr/sbin:/sbin:/usr/bin:/bin'
let lab: Lab

/** Runs a source as the engine does, as nobody: words quoted, names through a pipe, a fixed environment. */
async function look(host: string, name: string, requests: readonly NameLookupArgs[]): Promise<readonly NameLookup[]> {
  const source = nameLookup.sources.linux?.find((candidate) => candidate.name === name)
  if (source === undefined) throw new Error(`no source ${name}`)
  const { tool, args, stdin = '', timeoutMs = 0 } = source.command(requests)
  const script = `printf %s ${posixQuote(stdin)} | ${[tool[0], ...args].map(posixQuote).join(' ')}`
  const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']
  const argv = [...asNobody, 'env', '-i', `PATH=${systemPath}`, 'LC_ALL=C', 'sh', '-s']
  const { exitCode, stdout, stderr } = await lab.exec(host, argv, { input: script, timeoutMs })
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  return source.parse({ exitCode: 0, stdout, stderr }, requests)
}

const brief = ({ found, problem }: NameLookup): string => problem ?? found.join(' ')

labDescribe('names as a living host resolves them', () => {
  beforeAll(async () => {
    const hosts = '127.0.0.1 localhost\n192.0.2.5 db1 db1.example\n2001:db8::5 db1\n2001:db8::6 six\n'
    lab = await startLab({
      hosts: {
        // Names that are not in the file are nobody's.
        file: { lans: { lan: { address: '192.0.2.1/24' } }, etc: { hosts, 'nsswitch.conf': 'hosts: files\n' } },
        // Its resolver never answers.
        lost: {
          lans: { lan: { address: '192.0.2.2/24' } },
          etc: { hosts, 'resolv.conf': 'nameserver 192.0.2.99\noptions timeout:1 attempts:1\n' },
        },
      },
    })
  })
  afterAll(() => lab?.stop())

  const requests: readonly NameLookupArgs[] = [
    { name: 'db1' },
    { name: 'db1', family: 4 },
    { name: 'db1', family: 6 },
    { name: 'six' },
    { name: 'six', family: 4 },
    { name: 'db9' },
    { name: '192.0.2.5' },
    { name: '2001:db8::6' },
    { name: '192.0.2.77' },
    { name: 'db1.example.' },
    { name: `${'a'.repeat(300)}.example` },
  ]

  it('python tells what there is from what there is not', async () => {
    expect((await look('file', 'python', requests)).map(brief)).toEqual([
      expect.stringMatching(/^(192\.0\.2\.5 2001:db8::5|2001:db8::5 192\.0\.2\.5)$/),
      '192.0.2.5',
      '2001:db8::5',
      '2001:db8::6',
      'none',
      'none',
      'db1',
      'six',
      'none',
      'none',
      'none',
    ])
  })

  it('getent finds the same, and does not know of the rest whether it is there', async () => {
    const values = await look('file', 'getent', requests)
    expect(values.map(brief)).toEqual([
      expect.stringMatching(/^(192\.0\.2\.5 2001:db8::5|2001:db8::5 192\.0\.2\.5)$/),
      '192.0.2.5',
      '2001:db8::5',
      '2001:db8::6',
      'temporary',
      'temporary',
      'db1',
      'six',
      'temporary',
      'temporary',
      'temporary',
    ])
    expect(values[5]?.detail).toBe('getent ended with 2: no such name, or the lookup failed')
  })

  it.each(['python', 'getent'])(
    '%s takes no silence of a resolver for a name that does not exist, and waits for all at once',
    async (name) => {
      const began = performance.now()
      const asked = [{ name: 'db1' }, ...Array.from({ length: 20 }, (_, index) => ({ name: `n${index}.example` }))]
      const values = await look('lost', name, asked)
      expect(values.map(brief)).toEqual(
        ['192.0.2.5 2001:db8::5', ...Array.from({ length: 20 }, () => 'temporary')].map((text, index) =>
          index === 0 ? expect.stringContaining('192.0.2.5') : text,
        ),
      )
      expect(performance.now() - began).toBeLessThan(20_000)
    },
  )

  it('follows the hosts file', async () => {
    const [before] = await look('file', 'python', [{ name: 'db9' }])
    await lab.sh('file', 'echo "192.0.2.9 db9" >> /etc/hosts')
    const [after] = await look('file', 'python', [{ name: 'db9' }])
    expect([before, after].map((value) => value && brief(value))).toEqual(['none', '192.0.2.9'])
  })
})
