import { afterAll, beforeAll, expect, it } from 'vitest'
import { prove, resultOf, writeRunbook } from '../../../test/e2e/in-lab.js'
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

  const proof = async (on: string, spec: object, transport: 'exec' | 'ssh' = 'exec') =>
    resultOf(
      (await prove(lab, [writeRunbook(lab, { checks: [{ id: 'it', on, 'packet-capture': spec }] }), '-i', inventories[transport]])).report,
      'it',
    )

  const toDb = { interface: 'eth0', filter: 'tcp port 5432', probe: { from: 'web1', tcp: 'db1:5432' } }

  it.each(['exec', 'ssh'] as const)(
    'shows what arrives, and what a firewall on the host lets out, over %s',
    async (transport) => {
      const spec = { ...toDb, flags: { syn: { min: 1 }, 'syn-ack': { min: 1 } }, sources: ['10.10.0.11', '10.20.0.5'] }
      expect(await proof('db1', spec, transport)).toMatchObject({ verdict: 'pass' })
      await lab.sh('db1', rule('input', 'tcp dport 5432 drop'))
      const dropped = await proof('db1', spec, transport)
      await lab.sh('db1', noRules)
      expect(dropped.findings.map(({ verdict, subject }) => `${verdict} ${subject}`)).toEqual([
        'pass capture on eth0 (tcp port 5432): flags syn',
        'fail capture on eth0 (tcp port 5432): flags syn-ack',
        'fail capture on eth0 (tcp port 5432): sources',
      ])
      expect(await proof('db1', spec, transport)).toMatchObject({ verdict: 'pass' })
    },
    90_000,
  )
})
