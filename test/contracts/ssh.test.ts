import { writeFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Host } from '../../src/model/inventory.js'
import { endMaster, masterListens } from '../../src/transports/ssh/control.js'
import { sshTransport } from '../../src/transports/ssh/index.js'
import { freePort, type OwnSshd, startSshd, whyNoSshd } from './own-sshd.js'
import { type Answer, type Rig, rig, script } from './rigs.js'

/** What only the ssh transport can meet: the world between two machines. */
const unavailable = await whyNoSshd()

async function using<Value>(host: Host, use: (rig: Rig) => Promise<Value>, connectTimeoutMs?: number): Promise<Value> {
  const one = rig(sshTransport, host, undefined, connectTimeoutMs)
  try {
    return await use(one)
  } finally {
    await one.stop()
  }
}

const once = (host: Host, text = 'echo hello; exit 0\n', connectTimeoutMs?: number): Promise<Answer> =>
  using(host, ({ transport }) => script(transport, text), connectTimeoutMs)

/** A TCP server on the loopback. @param serve gets each connection and its number, from 1. */
async function listener(serve: (socket: Socket, count: number) => void): Promise<{ port: number; count(): number; stop(): void }> {
  let count = 0
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket.on('error', () => undefined))
    count += 1
    serve(socket, count)
  })
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    port,
    count: () => count,
    stop: () => {
      for (const socket of open) socket.destroy()
      server.close()
    },
  }
}

describe.runIf(unavailable === null || process.env.CI === 'true')(unavailable === null ? 'ssh' : `ssh, not here: ${unavailable}`, () => {
  let sshd: OwnSshd
  beforeAll(async () => {
    expect(unavailable).toBeNull()
    sshd = await startSshd()
  })
  afterAll(async () => {
    await sshd.stop()
  })

  test('logs in once for many commands', { timeout: 120_000 }, async () => {
    const before = sshd.logins()
    await using(sshd.host('once'), async ({ transport }) => {
      await Promise.all(Array.from({ length: 12 }, () => script(transport, 'exit 0\n')))
      await script(transport, 'exit 0\n')
    })
    expect(sshd.logins() - before).toBe(1)
  })

  test('says that a port is closed', async () => {
    const port = await freePort()
    await expect(once(sshd.host('closed', [], port))).rejects.toMatchObject({
      reason: 'unreachable',
      message: `ssh: connect to 127.0.0.1 port ${port}: Connection refused`,
    })
  })

  test.each([
    ['says nothing', ''],
    ['says who it is and then nothing', 'SSH-2.0-OpenSSH_9.2\r\n'],
  ])('gives up on a server that %s', async (_, banner) => {
    const server = await listener((socket) => void socket.write(banner))
    const start = performance.now()
    await expect(once(sshd.host('hangs', [], server.port), undefined, 1_000)).rejects.toMatchObject({ reason: 'timeout' })
    expect(performance.now() - start).toBeLessThan(4_000)
    server.stop()
  })

  test('tells all who wait for a login why it failed, after one login', async () => {
    const server = await listener((socket) => void socket.write('SSH-2.0-OpenSSH_9.2\r\n'))
    await using(
      sshd.host('waiters', [], server.port),
      async ({ transport }) => {
        const answers = await Promise.allSettled(Array.from({ length: 5 }, () => script(transport, 'exit 0\n')))
        expect(answers.map((answer) => answer.status === 'rejected' && answer.reason.reason)).toEqual(Array(5).fill('timeout'))
      },
      1_000,
    )
    expect(server.count()).toBe(1)
    server.stop()
  })

  test('refuses an unknown host key', async () => {
    await expect(once(sshd.host('unknown', ['UserKnownHostsFile /dev/null']))).rejects.toMatchObject({
      reason: 'host-key',
      message: expect.stringContaining(`is not in known_hosts. Compare its fingerprint (ssh-keyscan -p ${sshd.port} 127.0.0.1 |`),
    })
  })

  test('refuses a changed host key, and says how to forget the old one', async () => {
    const known = join(sshd.directory, 'known-other')
    const other = sshd.host('changed', [`UserKnownHostsFile ${known}`])
    const { readFileSync } = await import('node:fs')
    writeFileSync(known, `[127.0.0.1]:${sshd.port} ${readFileSync(join(sshd.directory, 'other-key.pub'), 'utf8')}`)
    await expect(once(other)).rejects.toMatchObject({
      reason: 'host-key',
      message: expect.stringMatching(
        `^ssh: the host key of \\[127.0.0.1\\]:${sshd.port} has changed: it sent ED25519 SHA256:\\S+, not the key in ${known} line 1\\. ` +
          `If the host was set up anew: ssh-keygen -f ${known} -R '\\[127.0.0.1\\]:${sshd.port}', then log in once by hand`,
      ),
    })
  })

  test('says which key was refused', async () => {
    const host = sshd.host('refused')
    const key = join(sshd.directory, 'other-key')
    const refused = {
      ...host,
      ssh: { ...host.ssh, identityFile: key, args: ['-F', 'none', '-o', `UserKnownHostsFile=${join(sshd.directory, 'known-refused')}`] },
    }
    await expect(once(refused)).rejects.toMatchObject({
      reason: 'login-refused',
      message: `ssh: ${host.ssh.user}@127.0.0.1: login refused with the key ${key}; it takes publickey. netproof types no passwords: check the user, and authorized_keys on the host`,
    })
  })

  test('tries again when a handshake is dropped', async () => {
    const { connect } = await import('node:net')
    const front = await listener((socket, count) => {
      if (count <= 2) return void socket.destroy()
      const back = connect(sshd.port, '127.0.0.1').on('error', () => undefined)
      socket.pipe(back).pipe(socket)
    })
    expect((await once(sshd.host('dropped', [], front.port))).stdout.toString()).toBe('hello\n')
    expect(front.count()).toBe(3)
    front.stop()
  })

  test('gives up when every handshake is dropped', async () => {
    const front = await listener((socket) => void socket.destroy())
    await expect(once(sshd.host('always', [], front.port))).rejects.toMatchObject({
      reason: 'connection-lost',
      message: expect.stringMatching(/^ssh: before login: Connection (closed by remote host|reset by peer) \(5 tries\)$/),
    })
    expect(front.count()).toBe(5)
    front.stop()
  })

  test.each([
    ['first', []],
    ['later', ['exit 0\n']],
  ])('notices that the connection is cut during its %s command, and logs in anew', async (_, before) => {
    await using(sshd.host('cut'), async ({ transport }) => {
      for (const text of before) await script(transport, text)
      await expect(script(transport, 'echo begun; kill -9 $PPID; sleep 5\n')).rejects.toMatchObject({
        reason: 'connection-lost',
        message: expect.stringMatching(/^ssh: the connection to 127\.0\.0\.1 was lost while a command ran/),
      })
      expect((await script(transport, 'echo again; exit 0\n')).stdout.toString()).toBe('again\n')
    })
  })

  test("uses the user's own control socket and leaves it alone", async () => {
    const path = join(sshd.directory, 'user-socket')
    const lines = ['ControlMaster auto', `ControlPath ${path}`, 'ControlPersist 60']
    const before = sshd.logins()
    expect((await once(sshd.host('own-1', lines), 'exit 255\n')).exitCode).toBe(255)
    expect((await once(sshd.host('own-2', lines))).stdout.toString()).toBe('hello\n')
    expect(await masterListens(path)).toBe(true)
    expect(sshd.logins() - before).toBe(1)
    await endMaster(path)
    expect(await masterListens(path)).toBe(false)
  })

  test.each([
    ['a socket path without a master', (path: string) => [`ControlPath ${path}`]],
    ['a master that does not persist', (path: string) => ['ControlMaster auto', `ControlPath ${path}`]],
  ])("works with the user's %s", async (_, lines) => {
    await using(sshd.host('odd', lines(join(sshd.directory, 'odd'))), async ({ transport }) => {
      const answers = await Promise.all([0, 255, 3].map((code) => script(transport, `exit ${code}\n`)))
      expect(answers.map(({ exitCode }) => exitCode)).toEqual([0, 255, 3])
      await expect(script(transport, 'kill -9 $PPID; sleep 5\n')).rejects.toMatchObject({ reason: 'connection-lost' })
    })
  })

  test('refuses an address that a shell could misread', async () => {
    await expect(once({ ...sshd.host('evil'), address: '$(touch /tmp/x)' })).rejects.toMatchObject({
      reason: 'transport',
      message: expect.stringContaining('evil: ssh is not given the address "$(touch /tmp/x)"'),
    })
  })

  test('ends a login that hangs when aborted', async () => {
    const server = await listener((socket) => void socket.write('SSH-2.0-OpenSSH_9.2\r\n'))
    await using(sshd.host('aborted', [], server.port), async ({ transport }) => {
      const stop = new AbortController()
      const answer = expect(script(transport, 'exit 0\n', stop.signal)).rejects.toMatchObject({ reason: 'interrupted' })
      await vi.waitFor(() => expect(server.count()).toBe(1), 5_000)
      stop.abort()
      await answer
    })
    server.stop()
  })
})

describe.runIf(unavailable === null)('ssh to an unusual server', () => {
  test('passes a banner by, and what start-up files print', async () => {
    const sshd = await startSshd(['Banner /etc/passwd', 'ForceCommand echo garbage; exec /bin/sh -c "$SSH_ORIGINAL_COMMAND"'])
    const answer = await once(sshd.host('box'), 'echo out; echo err >&2; exit 3\n')
    expect([answer.exitCode, answer.stdout.toString(), answer.stderr.toString()]).toEqual([3, 'garbage\nout\n', 'err\n'])
    await sshd.stop()
  })

  test('logs in again for sessions beyond what the server allows in one connection', async () => {
    const sshd = await startSshd(['MaxSessions 2'])
    await using(sshd.host('box'), async ({ transport }) => {
      const answers = await Promise.all(Array.from({ length: 6 }, (_, code) => script(transport, `sleep 0.2; exit ${code}\n`)))
      expect(answers.map(({ exitCode }) => exitCode)).toEqual([0, 1, 2, 3, 4, 5])
    })
    await sshd.stop()
  })
})
