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
      'listening-ports 5432/tcp: expected listening, actual nothing listening. No socket listens there. Is the service running? Look at its status and its log: a bind that failed is told there.',
    ])
    await serve(lab, 'db1', { tcp: 5432, process: 'postgres', address: '::' })
    expect(await judge(check, 'db1')).toEqual(['pass'])
  })

  /** Connects `count` times from a host and holds the connections until it is ended. */
  async function connect(host: string, address: string, port: number, count: number): Promise<() => Promise<void>> {
    const script = `use IO::Socket::INET; my @s = map { IO::Socket::INET->new(PeerAddr => "${address}", PeerPort => ${port}) or die } 1..${count}; $| = 1; print "ready\\n"; <STDIN>`
    const client = lab.spawn(host, ['perl', '-e', script], { stdio: ['pipe', 'pipe', 'inherit'] })
    await new Promise((resolve, reject) => {
      client.stdout?.once('data', resolve)
      client.once('exit', () => reject(new Error('the client ended')))
    })
    return async () => {
      const ended = new Promise((resolve) => client.once('exit', resolve))
      client.stdin?.end()
      await ended
    }
  }

  it('are counted while they stand, and no more when they are gone', async () => {
    const pool = {
      connections: { count: { min: 3 }, peer: '10.20.0.5', 'peer-port': 5432, rtt: { max: '10s' }, retransmits: { max: 1000 } },
    }
    const drained = { connections: { count: 0, 'local-port': 5432, peer: '10.10.0.0/16', process: { not: 'nobody' } } }
    expect(await judge(drained, 'db1')).toEqual(['pass'])
    const disconnect = await connect('web1', '10.20.0.5', 5432, 3)
    expect(await judge(pool, 'web1')).toEqual(['pass'])
    const [verdict, told] = await judge(drained, 'db1')
    expect(verdict).toBe('fail')
    expect(told).toMatch(
      /^connections established on port 5432 with 10\.10\.0\.0\/16 held by not nobody: expected 0, actual 3\. They are: 10\.20\.0\.5:5432 with 10\.10\.0\.11:\d+ \(postgres\), /,
    )
    await disconnect()
    expect(await judge(drained, 'db1')).toEqual(['pass'])
    expect(await judge(pool, 'web1')).toEqual([
      'fail',
      "connections established with 10.20.0.5 to port 5432: expected at least 3, actual 0. There is none now. Look at `ss -ntp state established 'dport = :5432'`.",
      expect.stringContaining('There is no such connection to be measured.'),
      expect.stringContaining('There is no such connection to be measured.'),
    ])
  })
})
