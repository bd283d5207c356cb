import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { labDescribe } from '../lab/describe.js'
import { type Lab, startLab } from '../lab/index.js'
import { complaints, type Proof, prove, resultOf, verdicts, writeRunbook } from './in-lab.js'

const runbook = readFileSync('runbooks/firewall-path-symmetry.yaml', 'utf8')

/** Forgets nothing, forbids nothing, but for what belongs to no connection that it has seen. */
const stateful =
  "nft -f - <<'E'\ntable inet np { chain f { type filter hook forward priority 0; ct state established,related accept; ct state invalid drop; }; }\nE"

labDescribe('the runbook firewall-path-symmetry', () => {
  let lab: Lab
  let inventory: string
  beforeAll(async () => {
    lab = await startLab('firewalls')
    inventory = lab.inventory({ transport: 'exec' })
  })
  afterAll(() => lab?.stop())

  const run = (...more: readonly string[]): Promise<Proof> => prove(lab, [writeRunbook(lab, runbook), '-i', inventory, ...more])

  it('passes, then names where the ways part, before a firewall drops what it has not seen', { timeout: 120_000 }, async () => {
    const well = await run()
    expect(verdicts(well.report)).toEqual(['db1/other-side: pass', 'web1/answers: pass', 'web1/one-path: pass'])
    expect(resultOf(well.report, 'one-path').findings.map(({ actual }) => actual)).toEqual([
      'symmetric, the same 3 routers both ways (high confidence)',
    ])

    // Somebody moves the way back. Nothing is dropped, so that everybody else is content.
    await lab.sh('core1', 'ip route replace default via 10.10.0.12')
    const moved = await run()
    expect(verdicts(moved.report)).toEqual(['db1/other-side: pass', 'web1/answers: pass', 'web1/one-path: fail'])
    const [complaint = ''] = complaints(resultOf(moved.report, 'one-path'))
    expect(complaint.split('\n').map((line) => line.replaceAll(/ {2,}/g, '  '))).toEqual([
      'paths between web1 and db1 (tcp 5432): expected symmetric, actual asymmetric, other routers at position 2 of 3 (high confidence). ' +
        'web1 -> db1, and db1 -> web1 read from its end:',
      '#  there  back',
      expect.stringMatching(/^1 {2}203\.0\.113\.1 \(edge1\) {2}[\d.]+ \(edge1\) {2}same: as declared$/),
      expect.stringMatching(/^2 {2}192\.0\.2\.11 \(fw1\) {2}10\.10\.0\.12 \(fw2\) {2}DIFFERENT: as declared$/),
      expect.stringMatching(/^3 {2}[\d.]+ \(core1\) {2}10\.20\.0\.1 \(core1\) {2}same: as declared$/),
      expect.stringMatching(
        /^They part between 203\.0\.113\.1 \(edge1\) and 10\.20\.0\.1 \(core1\)\. Look at the route to 10\.20\.0\.5 on 203\.0\.113\.1 \(edge1\), and at the route to 203\.0\.113\.11 on 10\.20\.0\.1 \(core1\)\./,
      ),
    ])

    // The firewalls begin to remember: what netproof said is now felt.
    await Promise.all(['fw1', 'fw2'].map((name) => lab.sh(name, stateful)))
    const dropped = await run('-t', 'after')
    expect(verdicts(dropped.report)).toEqual(['db1/other-side: fail', 'web1/answers: fail'])
    expect(complaints(resultOf(dropped.report, 'answers')).join()).toContain('expected open, actual no answer')

    await lab.sh('core1', 'ip route replace default via 10.10.0.11')
    expect(verdicts((await run()).report)).toEqual(['db1/other-side: pass', 'web1/answers: pass', 'web1/one-path: pass'])
  })
})
