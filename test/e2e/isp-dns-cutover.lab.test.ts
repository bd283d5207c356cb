import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { labDescribe } from '../lab/describe.js'
import { type Lab, startLab } from '../lab/index.js'
import { complaints, type Proof, prove, resultOf, verdicts, writeRunbook } from './in-lab.js'

const shipped = readFileSync('runbooks/isp-dns-cutover.yaml', 'utf8')
/** As shipped, but for a test's patience. */
const runbook = shipped.replaceAll(/retry: \{ until: \w+, every: \w+ \}/g, 'retry: { until: 1s, every: 500ms }')

labDescribe('the runbook isp-dns-cutover', () => {
  let lab: Lab
  beforeAll(async () => {
    lab = await startLab('dns')
  })
  afterAll(() => lab?.stop())

  // The resolvers of the lab have the carriers' own addresses, so that the built-in catalogue is what is used.
  const at = (tag: string, ...more: readonly string[]): Promise<Proof> => prove(lab, [writeRunbook(lab, runbook), '-t', tag, ...more])

  /** Changes the address in the zone of one of its servers, which then reads it again. */
  const move = (server: string, to: string): Promise<string> =>
    lab.sh(
      server,
      `cd ${lab.directory}/${server}; sed -i -e 's/^www A .*/www A ${to}/' -e 's/2026010101/2026010102/' zone-example.com; kill -HUP "$(cat nsd.pid)"
until dig +short @${lab.address(server)} www.example.com A | grep -qx ${to}; do sleep 0.05; done`,
    )

  /** unbound forgets what it has heard when it reads its configuration again. */
  const forget = (resolver: string): Promise<string> =>
    lab.sh(
      resolver,
      `kill -HUP "$(cat ${lab.directory}/${resolver}/unbound.pid)"
until dig +short @${lab.address(resolver)} www.example.com A | grep -qx 203.0.113.10; do sleep 0.05; done`,
    )

  it('goes from the day before to the last straggler', { timeout: 120_000 }, async () => {
    const before = await at('before')
    expect(verdicts(before.report)).toEqual([
      'controller/no-carrier-keeps-the-name-for-longer-than-the-change-may-take: fail',
      'controller/the-carriers-users-get-the-old-address: pass',
      'controller/ttl-lowered: pass',
    ])
    // skb keeps what it has heard for an hour, whatever the zone says.
    expect(complaints(resultOf(before.report, 'no-carrier-keeps-the-name-for-longer-than-the-change-may-take')).join('\n')).toContain('skb')

    await move('ns1', '203.0.113.10')
    const half = await at('change')
    expect(half.exitCode).toBe(1)
    expect(complaints(resultOf(half.report, 'changed')).join('\n')).toMatch(/192\.0\.2\.12/)

    await move('ns2', '203.0.113.10')
    expect((await at('change')).exitCode).toBe(0)

    const after = await at('after')
    const spread = resultOf(after.report, 'the-change-has-reached-all-three-carriers')
    expect(spread.verdict).toBe('fail')
    expect(complaints(spread).join('\n')).toMatch(/skb.*203\.0\.113\.1\b/)
    // Only google is there, which is no majority of three that could be asked; the other two are left out.
    expect(resultOf(after.report, 'and-the-public-resolvers-but-for-stragglers').verdict).toBe('pass')

    // A carrier that answers its own customers only, in the place of one that has the new address: nothing is known of its users.
    const inventory = join(lab.directory, 'private.yaml')
    writeFileSync(inventory, `version: 1\nhosts: {}\nresolvers: { lgu: [${lab.address('private')}] }\n`)
    await forget('skb')
    const refused = await at('after', '-i', inventory)
    const unknown = resultOf(refused.report, 'the-change-has-reached-all-three-carriers')
    expect([refused.exitCode, unknown.verdict]).toEqual([2, 'error'])
    expect(complaints(unknown).join('\n')).toMatch(/lgu.*REFUSED/)

    const done = await at('after')
    expect(verdicts(done.report).filter((verdict) => !verdict.endsWith(': pass'))).toEqual([])
    expect(done.exitCode).toBe(0)
  })
})
