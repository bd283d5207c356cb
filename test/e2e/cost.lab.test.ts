import { afterAll, beforeAll, expect, it } from 'vitest'
import { labDescribe } from '../lab/describe.js'
import { fleet, type Lab, startLab } from '../lab/index.js'
import { type Proof, prove, writeRunbook } from './in-lab.js'
import { type Account, type SshShim, sshShim } from './ssh-shim.js'

const kinds: readonly ((index: number) => object)[] = [
  (index) => ({ route: { destination: `10.0.${index % 50}.0/24`, via: '203.0.113.254', metric: { max: index } } }),
  (index) => ({ route: { destination: `10.0.${index % 50}.${index % 250}`, lookup: true, interface: 'eth0' } }),
  (index) => ({ 'listening-port': { port: 10_000 + index, absent: true } }),
  (index) => ({ 'tcp-port': { target: `203.0.113.1:${9_001 + (index % 20)}`, within: `${1 + index}s` } }),
]

const check = (index: number): object => ({ id: `c${index}`, ...kinds[index % kinds.length]?.(Math.floor(index / kinds.length)) })

labDescribe('what a run costs', () => {
  let lab: Lab
  let inventory: string
  let shim: SshShim
  beforeAll(async () => {
    lab = await startLab(fleet(5))
    inventory = lab.inventory({ transport: 'ssh' })
    shim = sshShim(lab)
  })
  afterAll(() => lab?.stop())

  async function account(runbook: object, ...args: readonly string[]): Promise<Account & Proof> {
    shim.take()
    const proof = await prove(lab, [writeRunbook(lab, runbook), '-i', inventory, ...args], shim.env)
    return { ...proof, ...shim.take() }
  }

  it('one check and a thousand checks on a host take the same executions of ssh: one', async () => {
    const one = await account({ checks: [{ on: 'h01', ...check(0) }] })
    const thousand = await account({ defaults: { on: 'h01' }, checks: Array.from({ length: 1_000 }, (_, index) => check(index)) })
    expect([one.exitCode, one.report.totals.pass]).toEqual([0, 1])
    expect([thousand.exitCode, thousand.report.totals.pass]).toEqual([0, 1_000])
    expect([one.executions.length, thousand.executions.length]).toEqual([1, 1])
  })

  it.each([
    [['--concurrency', '2'], 2],
    [['--concurrency', '1'], 1],
  ])('%j holds for visits', async (args, most) => {
    const { exitCode, executions, mostAtOnce } = await account({ checks: [{ on: 'fleet', 'listening-port': { port: 8080 } }] }, ...args)
    expect([exitCode, executions.length, mostAtOnce]).toEqual([0, 5, most])
  })
})
