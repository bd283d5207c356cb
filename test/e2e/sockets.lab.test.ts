import { afterAll, beforeAll, expect, it } from 'vitest'
import { labDescribe } from '../lab/describe.js'
import { type Lab, startLab } from '../lab/index.js'
import { complaints, type Proof, prove, resultOf, writeRunbook } from './in-lab.js'
import { endService, serve } from './services.js'

labDescribe('the sockets of a host', () => {
  let lab: Lab
  let inventory: string
  beforeAll(async () => {
    lab = await startLab('web-db')
    inventory = lab.inventory({ transport: 'exec' })
  })
  afterAll(() => lab?.stop())

  const judge = async (check: object, on: string): Promise<readonly [verdict: string, ...complaints: string[]]> => {
    const proof: Proof = await prove(lab, [writeRunbook(lab, { checks: [{ id: 'it', on, ...check }] }), '-i', inventory])
    const result = resultOf(proof.report, 'it')
    return [result.verdict, ...complaints(result).map((text) => text.replace(/pid \d+/g, 'pid N'))]
  }

  it('are exactly those that are expected, until a service more listens, or one less', async () => {
    const check = { 'listening-ports': { exactly: [22, { port: 5432, process: 'postgres' }], scope: 'external' } }
    expect(await judge(check, 'db1')).toEqual(['pass'])
    await serve(lab, 'db1', { tcp: 6380, process: 'redis-server', address: '127.0.0.1' })
    expect(await judge(check, 'db1')).toEqual(['pass'])
    await serve(lab, 'db1', { tcp: 6380, process: 'redis-server', address: '10.20.0.5' })
    const [verdict, told = '', ...others] = await judge(check, 'db1')
    expect([verdict, others]).toEqual(['fail', []])
    expect(told).toMatch(
      /^listening-ports 6380\/tcp: expected nothing listening, actual listening on 10\.20\.0\.5: redis-server \(pid N\), user root.*\. Stop the service, or add it to the list if it is meant to be there\.$/,
    )
    await endService(lab, 'db1', 6380)
    await endService(lab, 'db1', 5432)
    expect(await judge(check, 'db1')).toEqual([
      'fail',
      'listening-ports 5432/tcp: expected listening, actual nothing listening. No socket is bound there. Is the service running? Look at its status and its log: a bind that failed is told there.',
    ])
    await serve(lab, 'db1', { tcp: 5432, process: 'postgres', address: '::' })
    expect(await judge(check, 'db1')).toEqual(['pass'])
  })
})
