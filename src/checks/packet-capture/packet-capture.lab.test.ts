import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Proof, prove, resultOf, until, writeRunbook } from '../../../test/e2e/in-lab.js'
import { processesOn } from '../../../test/e2e/processes.js'
import { labDescribe } from '../../../test/lab/describe.js'
import { type Lab, startLab } from '../../../test/lab/index.js'

const rule = (hook: string, words: string): string =>
  `nft -f - <<'E'\ntable inet np { chain c { type filter hook ${hook} priority 0; ${words}; }; }\nE`
const noRules = 'nft delete table inet np'

labDescribe('captures while probes run', () => {
  let lab: Lab
  let inventories: Readonly<Record<'exec' | 'ssh', string>>
  beforeAll(async () => {
    lab = await startLab('web-db')
    inventories = { exec: lab.inventory({ transport: 'exec' }), ssh: lab.inventory({ transport: 'ssh' }) }
  })
  afterAll(() => lab?.stop())

  const runbook = (on: string, spec: object): string => writeRunbook(lab, { checks: [{ id: 'it', on, 'packet-capture': spec }] })
  const run = (on: string, spec: object, transport: 'exec' | 'ssh', ...more: readonly string[]): Promise<Proof> =>
    prove(lab, [runbook(on, spec), '-i', inventories[transport], ...more])
  const proof = async (on: string, spec: object, transport: 'exec' | 'ssh' = 'exec') =>
    resultOf((await run(on, spec, transport)).report, 'it')
  const shown = ({ findings }: Awaited<ReturnType<typeof proof>>): readonly string[] =>
    findings.map(({ verdict, subject }) => `${verdict} ${subject}`)

  const toDb = { interface: 'eth0', filter: 'tcp port 5432', probe: { from: 'web1', tcp: 'db1:5432' } }

  it.each(['exec', 'ssh'] as const)(
    'shows what arrives, and what a firewall on the host lets out, over %s',
    async (transport) => {
      const spec = { ...toDb, flags: { syn: { min: 1 }, 'syn-ack': { min: 1 } }, sources: ['10.10.0.11', '10.20.0.5'] }
      expect(await proof('db1', spec, transport)).toMatchObject({ verdict: 'pass' })
      await lab.sh('db1', rule('input', 'tcp dport 5432 drop'))
      const dropped = await proof('db1', spec, transport)
      await lab.sh('db1', noRules)
      expect(shown(dropped)).toEqual([
        'pass capture on eth0 (tcp port 5432): flags syn',
        'fail capture on eth0 (tcp port 5432): flags syn-ack',
        'fail capture on eth0 (tcp port 5432): sources',
      ])
      expect(await proof('db1', spec, transport)).toMatchObject({ verdict: 'pass' })
    },
    120_000,
  )

  it('sees what the very host sends, in several captures at once, and proves by canaries that nothing else passes', async () => {
    const captures = [
      { interface: 'eth1', filter: 'icmp[icmptype] == icmp-echo', probe: { ping: 'db1' }, packets: 3, destinations: '10.20.0.5' },
      { interface: 'eth0', filter: 'net 10.20.0.0/16', probe: { tcp: 'db1:5432' }, packets: 0 },
      { interface: 'any', filter: 'udp port 53', probe: { dns: { server: '10.20.0.5', name: 'example.com' } }, packets: { min: 1 } },
      { interface: 'lo', filter: 'tcp port 80', probe: { tcp: '127.0.0.1:80' }, flags: { 'syn-ack': 1 } },
    ]
    const checks = captures.map((spec, index) => ({ id: `it${index}`, on: 'web1', 'packet-capture': spec }))
    const { report } = await prove(lab, [writeRunbook(lab, { checks }), '-i', inventories.exec])
    expect(
      report.results.map(
        ({ id, verdict, findings, reason }) => `${id} ${verdict} ${reason}${verdict === 'pass' ? '' : JSON.stringify(findings)}`,
      ),
    ).toEqual(captures.map((_, index) => `it${index} pass `))
  }, 60_000)

  it('is kept beside the report when it fails, as tcpdump reads it, and can be judged again', async () => {
    const spec = { ...toDb, packets: 0 }
    const [json, recording] = [join(lab.directory, 'reports', 'report.json'), join(lab.directory, 'recording')]
    const { stdout } = await lab.netproof('ops', [
      'run',
      runbook('db1', spec),
      '-i',
      inventories.exec,
      '-r',
      'console',
      '-r',
      `json=${json}`,
      '--record',
      recording,
    ])
    const file = join(lab.directory, 'reports', 'it.db1.pcap')
    expect(stdout.replace(/\s+/g, '')).toContain(`attached${file}`)
    expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({
      results: [{ verdict: 'fail', attachments: [{ name: 'capture.pcap', mediaType: 'application/vnd.tcpdump.pcap', file }] }],
    })
    const read = execFileSync('tcpdump', ['-nnr', file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    expect(read).toMatch(/IP 10\.10\.0\.11\.\d+ > 10\.20\.0\.5\.5432: Flags \[S\]/)
    expect(read).not.toContain('0x88b5')
    const replayed = await prove(lab, [runbook('db1', spec), '-i', inventories.exec, '--replay', recording])
    expect(resultOf(replayed.report, 'it')).toMatchObject({ verdict: 'fail', attachments: [{ file: null }] })
  }, 60_000)

  it('is undetermined where the filter is wrong, the interface is not there, or the probe was not sent', async () => {
    expect((await proof('db1', { ...toDb, filter: '-tcp prot 80', packets: 0 })).reason).toBe(
      'tcpdump refuses interface eth0 with filter "-tcp prot 80": can\'t parse filter expression: syntax error; web1: tcp-connect was not asked, as capture on db1 failed',
    )
    expect((await proof('db1', { ...toDb, interface: 'eth9', packets: 0 })).reason).toContain('tcpdump refuses interface eth9')
    const unsent = await proof('db1', { ...toDb, probe: { from: 'web1', ping: 'db1', source: '192.0.2.99' }, packets: 0 })
    expect(shown(unsent)).toEqual(['error probe ping db1 from web1'])
  }, 60_000)

  it('is undetermined where the probe takes longer than the capture', async () => {
    await lab.sh('db1', rule('input', 'tcp dport 5432 drop'))
    const late = await proof('db1', { ...toDb, for: '500ms', packets: { min: 1 } })
    await lab.sh('db1', noRules)
    expect(late).toMatchObject({ verdict: 'error', reason: 'web1: tcp-connect did not end while capture on db1 ran: let that take longer' })
  }, 60_000)

  it('is undetermined where tcpdump is killed, and leaves no process behind', async () => {
    const tcpdumps = async () => (await processesOn(lab, 'web2')).filter(({ line }) => line.includes('tcpdump'))
    const running = proof('web2', { interface: 'eth0', filter: 'tcp port 9', for: '20s', packets: 0 })
    await until('tcpdump listens', async () => (await tcpdumps()).some(({ line }) => line.includes('-w')), 15_000)
    await lab.sh('web2', 'sleep 2')
    for (const { pid } of (await tcpdumps()).filter(({ line }) => /^(\S*\/)?tcpdump .*-w/.test(line))) process.kill(pid, 'SIGKILL')
    expect((await running).reason).toBe('tcpdump ended by itself (signal 9) while it listened on eth0')
    expect(await tcpdumps()).toEqual([])
  }, 60_000)

  it('ends on the host, with all that it started, when the run is interrupted, also under sudo', async () => {
    const tcpdumps = async () => (await processesOn(lab, 'web2')).filter(({ line }) => line.includes('tcpdump'))
    const path = runbook('web2', { interface: 'eth0', filter: 'tcp port 9', for: '60s', packets: 0 })
    const inventory = lab.inventory({ transport: 'ssh', extra: { web2: { become: 'sudo' } } })
    const child = lab.spawn('ops', lab.netproofArgv(['run', path, '-i', inventory]), { stdio: 'ignore' })
    const ended = once(child, 'exit')
    await until('tcpdump listens', async () => (await tcpdumps()).some(({ line }) => line.includes('-w')), 15_000)
    child.kill('SIGINT')
    expect((await ended)[0]).toBe(130)
    await until('nothing of it is left', async () => (await tcpdumps()).length === 0)
  }, 60_000)

  it('is undetermined where there is no tcpdump', async () => {
    const tcpdump = ['/usr/bin/tcpdump', '/usr/sbin/tcpdump'].filter(existsSync)
    const hide = tcpdump.map((path) => `mount --bind /dev/null ${path}`).join('; ')
    const extra = { web2: { transport: 'exec', command: ['ip', 'netns', 'exec', lab.ns('web2'), 'sh', '-c', `${hide}; exec "$@"`, 'sh'] } }
    const { report } = await prove(lab, [
      runbook('web2', { interface: 'eth0', packets: 0, for: '1s' }),
      '-i',
      lab.inventory({ transport: 'exec', extra }),
    ])
    expect(resultOf(report, 'it')).toMatchObject({ verdict: 'error', reason: 'tcpdump is not there: install the package tcpdump' })
  }, 60_000)
})
