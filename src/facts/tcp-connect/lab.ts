import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { posixQuote } from '../../lib/quote.js'
import type { CommandOutput, Source } from '../../model/fact.js'
import type { TcpConnect, TcpConnectArgs } from './value.js'

/**
 * For tests only: a client network, a router and a server network in namespaces of this run.
 *
 * ```
 * client0…n  10.77.1.10+i ── br0 of router 10.77.1.1 │ 10.77.2.1 ── server 10.77.2.5 to .9, .30
 * ```
 * The same with fd77:1:: and fd77:2::. Every probe gets a client of its own, as ICMP errors are limited by receiver.
 */
export class Lab {
  readonly #prefix = `np${process.pid.toString(36)}${Math.floor(Math.random() * 1e6).toString(36)}`
  readonly #processes: ChildProcess[] = []
  readonly #namespaces: string[] = []

  name(role: string): string {
    return `${this.#prefix}-${role}`
  }

  /** Runs `ip -batch` lines or another tool with a script on standard input, in the namespace of a role. */
  inside(role: string, argv: readonly [string, ...string[]], input = ''): void {
    execFileSync('ip', ['netns', 'exec', this.name(role), ...argv], { input, stdio: ['pipe', 'pipe', 'pipe'] })
  }

  addNamespace(role: string, hosts = ''): void {
    const name = this.name(role)
    execFileSync('ip', ['netns', 'add', name])
    this.#namespaces.push(name)
    if (hosts !== '') {
      mkdirSync(`/etc/netns/${name}`, { recursive: true })
      writeFileSync(`/etc/netns/${name}/hosts`, hosts)
    }
    this.inside(role, ['ip', '-batch', '-'], 'link set lo up\n')
    this.inside(role, ['sysctl', '-qw', 'net.ipv6.conf.default.accept_dad=0', 'net.ipv6.conf.all.accept_dad=0'])
  }

  /** Two namespaces, one cable. */
  connect(roleA: string, deviceA: string, roleB: string, deviceB: string): void {
    execFileSync('ip', [
      ...['link', 'add', deviceA, 'netns', this.name(roleA), 'type', 'veth'],
      ...['peer', 'name', deviceB, 'netns', this.name(roleB)],
    ])
  }

  /** Starts a Node program in a namespace and waits for its first output. */
  async start(role: string, program: string): Promise<void> {
    const child = spawn('ip', ['netns', 'exec', this.name(role), process.execPath, '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
    this.#processes.push(child)
    await new Promise<void>((resolve, reject) => {
      child.stdout?.once('data', () => resolve())
      child.once('exit', (code) => reject(new Error(`the lab's server ended with ${code}`)))
    })
  }

  /** Runs a source as the engine does: its targets through a pipe, its words quoted, a fixed environment. */
  async probe(
    role: string,
    source: Source<TcpConnectArgs, TcpConnect>,
    requests: readonly TcpConnectArgs[],
    path = '/usr/sbin:/sbin:/usr/bin:/bin',
  ): Promise<readonly TcpConnect[]> {
    return source.parse(await this.run(role, source, requests, path), requests)
  }

  async run(
    role: string,
    source: Source<TcpConnectArgs, TcpConnect>,
    requests: readonly TcpConnectArgs[],
    path: string,
  ): Promise<CommandOutput> {
    const { tool, args, stdin = '', timeoutMs } = source.command(requests)
    const words = args.map(posixQuote).join(' ')
    const choose = `for tool in ${tool.map(posixQuote).join(' ')}; do command -v "$tool" >/dev/null && break; done`
    const script = `${choose}; printf %s ${posixQuote(stdin)} | "$tool" ${words}`
    return await new Promise((resolve) => {
      execFile(
        'ip',
        ['netns', 'exec', this.name(role), 'env', '-i', `PATH=${path}`, 'LC_ALL=C', 'LANG=C', 'sh', '-c', script],
        { timeout: timeoutMs ?? 30_000, maxBuffer: 1e8 },
        (error, stdout, stderr) => resolve({ exitCode: typeof error?.code === 'number' ? error.code : error ? 1 : 0, stdout, stderr }),
      )
    })
  }

  remove(): void {
    for (const child of this.#processes) child.kill('SIGKILL')
    for (const name of this.#namespaces) {
      for (const pid of execFileSync('ip', ['netns', 'pids', name], { encoding: 'utf8' }).split('\n')) {
        if (pid !== '') process.kill(Number(pid), 'SIGKILL')
      }
      execFileSync('ip', ['netns', 'delete', name])
      rmSync(`/etc/netns/${name}`, { recursive: true, force: true })
    }
  }
}
