import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { labDescribe } from '../../../test/lab/describe.js'
import { type Lab, startLab } from '../../../test/lab/index.js'
import { posixQuote } from '../../lib/quote.js'
import { type PathMtu, type PathMtuArgs, pathMtu } from './index.js'
import { pathMtuLab } from './lab-topology.js'

const systemPath = '/usr/sbin:/sbin:/usr/bin:/bin'
let lab: Lab

async function run(requests: readonly PathMtuArgs[], as: 'root' | 'nobody', host = 'client') {
  const [source] = pathMtu.sources.linux ?? []
  if (source === undefined) throw new Error('there is a source for linux')
  const { tool, args, stdin = '', timeoutMs = 0 } = source.command(requests)
  const program = tool.flatMap((name) => systemPath.split(':').map((folder) => join(folder, name))).find(existsSync)
  if (program === undefined) throw new Error(`none of ${tool.join(', ')}`)
  const script = `printf %s ${posixQuote(stdin)} | ${[program, ...args].map(posixQuote).join(' ')}`
  const user = as === 'root' ? [] : ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']
  const argv = [...user, 'env', '-i', `PATH=${systemPath}`, 'LC_ALL=C', 'sh', '-s']
  const { exitCode, stdout, stderr } = await lab.exec(host, argv, { input: script, timeoutMs })
  return { exitCode, stderr, values: exitCode === 0 ? source.parse({ exitCode, stdout, stderr }, requests) : [] }
}

const target = (host: string, more: Partial<PathMtuArgs> = {}): PathMtuArgs => ({ host, upTo: 1_500, timeoutMs: 700, ...more })

/** `1400, icmp 3/4 from 10.79.1.1 mtu 1400, not 1500`: all that matters of a result. */
function brief({ mtu, limit, error, tooBig, problem }: PathMtu): string {
  const sender = error === null ? '' : ` ${error.type}/${error.code} from ${error.from}${error.mtu === null ? '' : ` mtu ${error.mtu}`}`
  const bounds = tooBig === null ? '' : `, not ${tooBig}`
  return `${mtu}, ${limit}${sender}${bounds}${problem === null ? '' : `, ${problem.kind}`}`
}

const expected: readonly (readonly [PathMtuArgs, string])[] = [
  [target('10.79.2.5'), '1500, none'],
  [target('10.79.2.5', { upTo: 9_000 }), '1500, interface, not 9000'],
  [target('10.79.3.5'), '1400, icmp 3/4 from 10.79.1.1 mtu 1400, not 1500'],
  [target('10.79.3.5', { upTo: 1_300 }), '1300, none'],
  [target('10.79.4.5'), '1400, silence, not 1401'],
  [target('10.79.2.7'), 'null, silence, silent'],
  [target('10.79.2.8'), 'null, silence 3/13 from 10.79.2.8, silent'],
  [target('10.79.2.9'), '1500, none'],
  [target('192.0.2.1', { source: '10.9.9.9' }), 'null, silence, source-error'],
  [target('fd79:2::5', { upTo: 9_000 }), '1500, interface, not 9000'],
  [target('fd79:3::5'), '1400, icmp 2/0 from fd79:1::1 mtu 1400, not 1500'],
  [target('fd79:4::5'), '1400, silence, not 1401'],
  [target('narrow.test', { family: 6 }), '1400, icmp 2/0 from fd79:1::1 mtu 1400, not 1500'],
  [target('nosuch.test'), 'null, silence, name-error'],
]

labDescribe('path-mtu in a lab', () => {
  beforeAll(async () => {
    lab = await startLab(pathMtuLab)
  })
  afterAll(() => lab?.stop())

  it('finds the size and what limits it, privileged or not', { timeout: 60_000 }, async () => {
    const requests = expected.map(([request]) => request)
    const runs = await Promise.all([run(requests, 'nobody'), run(requests, 'root')])
    for (const { exitCode, stderr, values } of runs) {
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
      expect(values.map((value, index) => `${expected[index]?.[0].host}: ${brief(value)}`)).toEqual(
        expected.map(([{ host }, result]) => `${host}: ${result}`),
      )
    }
  })

  it('says that it may not ask, where the kernel does not allow it', async () => {
    expect(await run([target('10.79.2.1')], 'nobody', 'wide')).toEqual({
      exitCode: 77,
      stderr: 'ICMP sockets: operation not permitted to this user; see net.ipv4.ping_group_range in icmp(7)\n',
      values: [],
    })
  })
})
