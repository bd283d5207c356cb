import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import { labDescribe } from './describe.js'
import { startLab } from './index.js'
import { leftovers } from './keeper.js'
import { must } from './process.js'

const startPair = `
import { startLab } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))}
const lab = await startLab('pair')
console.log(JSON.stringify({ id: lab.ns('a').slice(0, -2), namespaces: [lab.ns('a'), lab.ns('b')] }))
`

interface Owner {
  readonly child: ChildProcess
  readonly id: string
  /** Of everything that runs in the lab. */
  readonly pids: readonly string[]
}

const owners: ChildProcess[] = []

function runProgram(text: string): ChildProcessByStdio<null, Readable, null> {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', text], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  owners.push(child)
  return child
}

const waitForever = 'setInterval(() => {}, 1000)'

async function startOwner(after = waitForever): Promise<Owner> {
  const child = runProgram(startPair + after)
  const lines = createInterface({ input: child.stdout })
  const [line] = (await once(lines, 'line')) as [string]
  const { id, namespaces } = JSON.parse(line) as { id: string; namespaces: string[] }
  const pids = await Promise.all(namespaces.map((namespace) => must(['ip', 'netns', 'pids', namespace])))
  // An owner that ends at once may have taken all of them with it.
  return {
    child,
    id,
    pids: pids
      .join('')
      .split('\n')
      .filter((pid) => pid !== ''),
  }
}

const traces = ({ id, pids }: Owner): string[] => [...leftovers(id), ...pids.map((pid) => `/proc/${pid}`).filter(existsSync)]

async function untilGone(owner: Owner, ms: number): Promise<string[]> {
  const end = performance.now() + ms
  while (traces(owner).length > 0 && performance.now() < end) await sleep(50)
  return traces(owner)
}

async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const exit = once(child, 'exit')
  child.kill(signal)
  await exit
}

/** The process id of the keeper, whose command line is `sh …/reap.sh ID DIRECTORY`. */
function keeperOf(id: string): number {
  const pids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))
  const found = pids.filter((pid) => new RegExp(`/reap\\.sh\0${id}\0`).test(commandLine(pid)))
  expect(found).toHaveLength(1)
  return Number(found[0])
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return '' // It ended in the meantime.
  }
}

labDescribe('what a killed owner leaves', () => {
  afterEach(() => {
    for (const child of owners.splice(0)) child.kill('SIGKILL')
  })

  it.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('is gone within 5 s of %s', async (signal) => {
    const owner = await startOwner()
    expect(owner.pids.length).toBeGreaterThanOrEqual(4)
    expect(traces(owner)).toContain(`/run/netns/${owner.id}-a`)
    await kill(owner.child, signal)
    expect(await untilGone(owner, 5_000)).toEqual([])
  })

  it('is gone when the owner ended without a word', async () => {
    const owner = await startOwner('')
    expect(await untilGone(owner, 5_000)).toEqual([])
    expect(owner.child.exitCode).toBe(0)
  })

  it('is gone when the owner is killed while the lab is coming up', async () => {
    const child = runProgram(startPair + waitForever)
    const find = (): string | undefined => readdirSync(tmpdir()).find((entry) => entry.startsWith(`np${child.pid}x`))
    while (find() === undefined) await sleep(2)
    const owner = { child, id: find() ?? '', pids: [] }
    await kill(child, 'SIGKILL')
    expect(await untilGone(owner, 5_000)).toEqual([])
    await sleep(1_000)
    expect(traces(owner)).toEqual([])
  })

  it('is swept by the next lab when the keeper was killed too', async () => {
    const owner = await startOwner()
    process.kill(keeperOf(owner.id), 'SIGKILL')
    await sleep(500)
    // Once the owner is dead, any lab that comes up on this machine may be the next.
    expect(traces(owner)).toContain(`/run/netns/${owner.id}-a`)
    await kill(owner.child, 'SIGKILL')
    const next = await startLab({ hosts: { a: {} } })
    await next.stop()
    // A killed process stays in /proc until init has taken notice.
    expect(leftovers(owner.id)).toEqual([])
    expect(await untilGone(owner, 5_000)).toEqual([])
  })
})
