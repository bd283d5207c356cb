import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { labDescribe } from '../../../test/lab/describe.js'
import type { Source } from '../../model/fact.js'
import type { TcpConnect, TcpConnectArgs } from './index.js'
import { perl, python } from './sources.js'

/** Makes the probe slow just where it has seen the handshake and not yet looked further, so that the reset comes between the two. */
const slow = {
  python: `
import _socket, time
class Slow(_socket.socket):
    def getsockopt(self, *which):
        found = super(Slow, self).getsockopt(*which)
        time.sleep(0.3)
        return found
_socket.socket = Slow
`,
  perl: `
BEGIN { *CORE::GLOBAL::getpeername = sub (*) { my $found = CORE::getpeername($_[0]); select undef, undef, undef, 0.3; return $found } }
`,
} as const

let server: Server

async function probe(source: Source<TcpConnectArgs, TcpConnect>, before: string): Promise<readonly TcpConnect[]> {
  const requests = [{ host: '127.0.0.1', port: (server.address() as AddressInfo).port, timeoutMs: 3_000 }]
  const { tool, args, stdin = '' } = source.command(requests)
  const child = spawn(
    tool[0],
    args.map((arg) => (arg.includes('\n') ? before + arg : arg)),
    { stdio: 'pipe' },
  )
  child.stdin.end(stdin)
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  expect(stderr).toBe('')
  return source.parse({ exitCode: 0, stdout, stderr }, requests)
}

labDescribe('a reset that comes while the probe is busy', () => {
  beforeAll(async () => {
    server = createServer((client) => {
      client.on('error', () => {})
      setTimeout(() => client.resetAndDestroy(), 50)
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
  })
  afterAll(() => server?.close())

  it.each([
    ['python', python],
    ['perl', perl],
  ] as const)('is a reset to %s', async (name, source) => {
    const [only] = await probe(source, slow[name])
    expect(only?.addresses.map(({ status }) => status)).toEqual(['open-then-reset'])
  })
})
