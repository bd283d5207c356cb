import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Host } from '../../src/model/inventory.js'
import { ensureLab } from '../lab/index.js'
import { must, run } from '../lab/process.js'
import { host } from '../support/plan.js'

/** An sshd of our own on the loopback, with keys and a client configuration in a directory of its own. */
export interface OwnSshd {
  readonly directory: string
  readonly port: number
  /** A host that is this sshd. @param lines further lines of the client's configuration. */
  host(name: string, lines?: readonly string[], port?: number): Host
  /** How many logins it has let in. */
  logins(): number
  stop(): Promise<void>
}

/** @returns null when an sshd can be run here, otherwise the reason why not. */
export async function whyNoSshd(): Promise<string | null> {
  if ((await run(['sh', '-c', 'command -v sshd && command -v ssh'])).exitCode === 0) return null
  const reason = await ensureLab()
  return reason === null ? null : `no sshd here: ${reason}`
}

/** @param options further lines of sshd_config; the first value of an option counts, and these come first. */
export async function startSshd(options: readonly string[] = []): Promise<OwnSshd> {
  const directory = mkdtempSync(join(tmpdir(), 'np-sshd-'))
  const file = (name: string): string => join(directory, name)
  const key = (name: string): Promise<string> => must(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'test', '-f', file(name)])
  await Promise.all([key('host-key'), key('client-key'), key('other-key')])
  // Compiled in as its privilege separation directory.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 })

  const port = await freePort()
  writeFileSync(file('sshd_config'), `${[...options, ...sshdLines(directory, port)].join('\n')}\n`)
  const hostKey = readFileSync(file('host-key.pub'), 'utf8').split(' ').slice(0, 2).join(' ')
  const program = (await must(['sh', '-c', 'command -v sshd'])).trim()
  const daemon = spawn(program, ['-D', '-f', file('sshd_config'), '-E', file('sshd.log')], { stdio: 'ignore' })
  const gone = new Promise((resolve) => daemon.once('exit', resolve))
  await answers(port)

  return {
    directory,
    port,
    host(name, lines = [], at = port) {
      const config = file(`config-${name}`)
      writeFileSync(file(`known-${name}`), `[127.0.0.1]:${port},[localhost]:${port},[127.0.0.1]:${at} ${hostKey}\n`)
      writeFileSync(config, `${['Host *', ...lines, ...clientLines(directory, name)].join('\n')}\n`)
      return host(name, { address: '127.0.0.1', transport: 'ssh', ssh: { port: at, user: userInfo().username, args: ['-F', config] } })
    },
    logins: () => readFileSync(file('sshd.log'), 'utf8').match(/^Accepted publickey/gm)?.length ?? 0,
    async stop() {
      daemon.kill('SIGKILL')
      await gone
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

const sshdLines = (directory: string, port: number): readonly string[] => [
  'ListenAddress 127.0.0.1',
  `Port ${port}`,
  `HostKey ${directory}/host-key`,
  `AuthorizedKeysFile ${directory}/client-key.pub`,
  'PidFile none',
  'PermitRootLogin yes',
  'PasswordAuthentication no',
  'KbdInteractiveAuthentication no',
  'StrictModes no',
  'UsePAM no',
  'UseDNS no',
  'LogLevel VERBOSE',
  'KexAlgorithms curve25519-sha256',
  // A bash that sshd starts reads ~/.bashrc unless it is a shell within a shell (bash(1), INVOCATION): whoever runs the
  // tests may have files there that take a second of CPU a login.
  'SetEnv SHLVL=2',
]

const clientLines = (directory: string, name: string): readonly string[] => [
  `IdentityFile ${directory}/client-key`,
  'IdentitiesOnly yes',
  'IdentityAgent none',
  `UserKnownHostsFile ${directory}/known-${name}`,
  'GlobalKnownHostsFile none',
  'StrictHostKeyChecking yes',
]

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('a server on the loopback has no port')
  return address.port
}

async function answers(port: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy()
        resolve(true)
      }).once('error', () => resolve(false))
    })
    if (open) return
    await sleep(50)
  }
  throw new Error(`sshd does not answer on port ${port}`)
}
