import { spawn } from 'node:child_process'

export interface RunOptions {
  readonly input?: string
  /** Added to this process's own. */
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** After it the process is killed; default 60 s. */
  readonly timeoutMs?: number
}

export interface RunResult {
  /** null when a signal ended it, as after the timeout. */
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/** `PATH` with the places of administration tools, which users' paths often lack. */
export const toolPath = `${process.env.PATH ?? '/usr/bin:/bin'}:/usr/local/sbin:/usr/sbin:/sbin`

/** Runs a program to its end. Rejects only when it cannot be started. */
export function run(argv: readonly [string, ...string[]], options: RunOptions = {}): Promise<RunResult> {
  const [program, ...args] = argv
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { ...process.env, PATH: toolPath, ...options.env },
      cwd: options.cwd,
      timeout: options.timeoutMs ?? 60_000,
      killSignal: 'SIGKILL',
    })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    child.on('error', reject)
    child.on('close', (exitCode) => {
      resolve({ exitCode, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() })
    })
    // A program that ends without reading its input is no error of ours.
    child.stdin.on('error', () => {})
    child.stdin.end(options.input ?? '')
  })
}

/** The same, for programs that have to succeed. @returns standard output. @throws Error with what it said. */
export async function must(argv: readonly [string, ...string[]], options: RunOptions = {}): Promise<string> {
  const { exitCode, stdout, stderr } = await run(argv, options)
  if (exitCode === 0) return stdout
  throw new Error(`${argv.join(' ')} ended with ${exitCode ?? 'a signal'}:\n${stderr || stdout}`)
}
