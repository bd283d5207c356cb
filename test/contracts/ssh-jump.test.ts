import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Host } from '../../src/model/inventory.js'
import { sshTransport } from '../../src/transports/ssh/index.js'
import { freePort, type OwnSshd, startSshd, whyNoSshd } from './own-sshd.js'
import { type Answer, processesWith, script, sockets } from './rigs.js'

const unavailable = await whyNoSshd()

/** Asks all hosts of one run at once. */
async function askAll(
  hosts: readonly Host[],
): Promise<{ answers: PromiseSettledResult<Answer>[]; sockets: readonly string[]; processes: readonly number[] }> {
  const directory = mkdtempSync(join(tmpdir(), 'np-'))
  const pool = sshTransport.create({ directory, connectTimeoutMs: 10_000 })
  const transports = hosts.map((host) => pool.open(host))
  const answers = await Promise.allSettled(transports.map((transport, index) => script(transport, `echo ${index}; exit 0\n`)))
  await Promise.all(transports.map((transport) => transport.close()))
  // A proxy ends by itself when the connection through it has ended.
  const processes = await vi.waitFor(() => gone(directory), 2_000).catch(() => processesWith(directory))
  const left = { sockets: sockets(directory), processes }
  rmSync(directory, { recursive: true, force: true })
  return { answers, ...left }
}

function gone(directory: string): readonly number[] {
  const left = processesWith(directory)
  if (left.length > 0) throw new Error(`still there: ${left.join(', ')}`)
  return left
}

describe.runIf(unavailable === null || process.env.CI === 'true')(
  unavailable === null ? 'ssh through a jump host' : `ssh, not here: ${unavailable}`,
  () => {
    let sshd: OwnSshd
    beforeAll(async () => {
      expect(unavailable).toBeNull()
      sshd = await startSshd()
    })
    afterAll(async () => {
      await sshd.stop()
    })

    const behind = (jumpPort: number, ...more: readonly string[]): readonly string[] => [
      ...['Host bastion', 'HostName 127.0.0.1', `Port ${jumpPort}`, 'ProxyJump none', ...more],
      ...['Host *', 'ProxyJump bastion'],
    ]

    test('logs in there once for all hosts, and leaves nothing behind', async () => {
      const before = sshd.logins()
      // One configuration: one jump host.
      const first = sshd.host('inside', behind(sshd.port))
      const { answers, ...left } = await askAll([1, 2, 3, 4].map((number) => ({ ...first, name: `inside-${number}` })))
      expect(answers.map((answer) => (answer.status === 'fulfilled' ? answer.value.stdout.toString() : answer.reason))).toEqual([
        '0\n',
        '1\n',
        '2\n',
        '3\n',
      ])
      expect(sshd.logins() - before).toBe(5)
      expect(left).toEqual({ sockets: [], processes: [] })
    })

    test('takes -J among the words for ssh', async () => {
      const before = sshd.logins()
      const host = sshd.host('words')
      const words = { ...host, ssh: { ...host.ssh, args: [...(host.ssh.args ?? []), '-J', `localhost:${sshd.port}`] } }
      const { answers } = await askAll([words, { ...words, name: 'words-2' }])
      expect(answers.map((answer) => (answer.status === 'fulfilled' ? 'answered' : answer.reason.message))).toEqual([
        'answered',
        'answered',
      ])
      expect(sshd.logins() - before).toBe(3)
    })

    test('names the jump host that cannot be reached, to all who wait for it', async () => {
      const port = await freePort()
      const host = sshd.host('cut-off', behind(port))
      const { answers } = await askAll([1, 2, 3].map((number) => ({ ...host, name: `cut-off-${number}` })))
      expect(answers.map((answer) => answer.status === 'rejected' && [answer.reason.reason, answer.reason.message])).toEqual(
        Array(3).fill(['unreachable', `ssh: connect to 127.0.0.1 port ${port}: Connection refused (jump host bastion)`]),
      )
    })

    test('says when the jump host cannot reach the host', async () => {
      const port = await freePort()
      const { answers } = await askAll([sshd.host('beyond', behind(sshd.port), port)])
      expect(answers[0]).toMatchObject({
        status: 'rejected',
        reason: { reason: 'unreachable', message: 'ssh: the jump host bastion cannot connect on to the host: Connection refused' },
      })
    })

    test("leaves a jump host alone for which the user's own configuration shares connections", async () => {
      const before = sshd.logins()
      const host = sshd.host('shared', behind(sshd.port, 'ControlMaster auto', `ControlPath ${join(sshd.directory, 'jump')}`))
      const { answers } = await askAll([host])
      expect(answers.map(({ status }) => status)).toEqual(['fulfilled'])
      expect(sshd.logins() - before).toBe(2)
    })
  },
)
