import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type InventoryOptions, inventoryPath, inventoryText } from './inventory.js'
import type { Keeper } from './keeper.js'
import { entering } from './own-root.js'
import type { LabHost, LabPlan } from './plan.js'
import { must, type RunOptions, type RunResult, run, toolPath } from './process.js'
import type { Topology } from './schema.js'
import { sshConfigOf } from './sshd.js'

const projectRoot = join(import.meta.dirname, '../..')
const cli = join(projectRoot, 'dist/cli.js')

export interface Lab {
  /** Private to this lab and removed with it: a place for what a test writes. */
  readonly directory: string
  /** For `ssh -F`, inside the lab. */
  readonly sshConfig: string
  /** The names of all hosts and routers. */
  readonly hosts: readonly string[]
  /** The name of a host's network namespace. */
  ns(host: string): string
  /** The first address of a host. */
  address(host: string): string
  /** Runs a program on a host to its end, whatever its exit code. */
  exec(host: string, argv: readonly string[], options?: RunOptions): Promise<RunResult>
  /** The same, still running: for signals and for output as it comes. */
  spawn(host: string, argv: readonly string[], options?: SpawnOptions): ChildProcess
  /** Runs a shell script on a host: for changing its state. @returns standard output. @throws Error when a command of it fails. */
  sh(host: string, script: string): Promise<string>
  /** Runs the built netproof on a host, in the project's root. */
  netproof(host: string, args: readonly string[], options?: RunOptions): Promise<RunResult>
  /** The command line `netproof` runs, for `spawn`. */
  netproofArgv(args: readonly string[]): readonly string[]
  /** Writes an inventory of this lab. @returns its path. */
  inventory(options: InventoryOptions): string
  /** Removes everything. Resolves when it is gone. May be called again. */
  stop(): Promise<void>
}

export function openLab(plan: LabPlan, topology: Topology, keeper: Keeper): Lab {
  const byName = new Map(plan.hosts.map((host) => [host.name, host]))
  let inventories = 0
  let stopped: Promise<void> | null = null
  const get = (name: string): LabHost => {
    const host = byName.get(name)
    if (host === undefined) throw new Error(`the lab has no host ${name}, only ${[...byName.keys()].join(', ')}`)
    return host
  }
  const inside = (name: string, argv: readonly string[]): [string, ...string[]] => [...entering(get(name)), ...argv]
  const netproofArgv = (args: readonly string[]): readonly string[] => [process.execPath, cli, ...args]
  return {
    directory: plan.directory,
    sshConfig: sshConfigOf(plan.directory),
    hosts: [...byName.keys()],
    ns: (name) => get(name).namespace,
    address(name) {
      const { address } = get(name)
      if (address === null) throw new Error(`${name} has no address`)
      return address
    },
    exec: (name, argv, options) => run(inside(name, argv), options),
    spawn(name, argv, options = {}) {
      const [program, ...args] = inside(name, argv)
      return spawn(program, args, { ...options, env: { ...process.env, PATH: toolPath, ...options.env } })
    },
    sh: (name, script) => must(inside(name, ['sh', '-euc', script])),
    netproof: (name, args, options) => run(inside(name, netproofArgv(args)), { cwd: projectRoot, ...options }),
    netproofArgv,
    inventory(options) {
      inventories += 1
      const path = inventoryPath(plan, inventories)
      writeFileSync(path, inventoryText(plan, topology, options))
      return path
    },
    stop() {
      stopped ??= keeper.stop()
      return stopped
    },
  }
}
