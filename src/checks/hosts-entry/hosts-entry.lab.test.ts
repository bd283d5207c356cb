import { afterAll, beforeAll, expect, it } from 'vitest'
import { prove, resultOf, writeRunbook } from '../../../test/e2e/in-lab.js'
import { labDescribe } from '../../../test/lab/describe.js'
import { type Lab, startLab } from '../../../test/lab/index.js'

const zone = '$ORIGIN example.com.\n$TTL 60\n@ SOA ns hostmaster 1 3600 600 86400 60\n  NS ns\nns A 192.0.2.53\ndb1 A 10.20.0.5\n'

labDescribe('hosts-entry follows the file and DNS', () => {
  let lab: Lab
  let inventory: string
  beforeAll(async () => {
    lab = await startLab({
      hosts: {
        ops: { lans: { lan: { address: '192.0.2.1/24' } } },
        ns: { lans: { lan: { address: '192.0.2.53/24' } }, dns: { zones: { 'example.com': zone } } },
        web: {
          lans: { lan: { address: '192.0.2.2/24' } },
          etc: {
            'resolv.conf': 'nameserver 192.0.2.53\nsearch example.com\n',
            'nsswitch.conf': 'hosts: files dns\n',
            hosts: '127.0.0.1 localhost\n',
          },
        },
      },
    })
    inventory = lab.inventory({ transport: 'exec', subset: ['web'] })
  })
  afterAll(() => lab?.stop())

  const checks = [
    { id: 'absent', on: 'web', 'hosts-entry': { name: 'db1', absent: true } },
    { id: 'dns', on: 'web', 'hosts-entry': { name: 'db1', 'matches-dns': true } },
  ]
  async function judged(): Promise<readonly string[]> {
    const { report } = await prove(lab, [writeRunbook(lab, { checks }), '-i', inventory])
    return ['absent', 'dns'].flatMap((id) => resultOf(report, id).findings.map(({ verdict, actual }) => `${verdict} ${actual}`))
  }
  const pin = (text: string): Promise<string> => lab.sh('web', `printf '127.0.0.1 localhost\\n${text}' > /etc/hosts`)

  it('there and back', async () => {
    expect(await judged()).toEqual(['pass not in /etc/hosts', 'pass not in /etc/hosts'])
    await pin('10.20.0.5 db1\\n')
    expect(await judged()).toEqual(['fail 10.20.0.5 (line 2)', 'pass 10.20.0.5'])
    await pin('10.20.0.4 db1 # the old one\\n')
    expect(await judged()).toEqual(['fail 10.20.0.4 (line 2)', 'fail 10.20.0.5'])
    await pin('')
    expect(await judged()).toEqual(['pass not in /etc/hosts', 'pass not in /etc/hosts'])
  })

  it('proves nothing where the DNS server is silent', async () => {
    await pin('10.20.0.5 db1\\n')
    await lab.sh('ns', "nft -f - <<'E'\ntable inet np { chain i { type filter hook input priority 0; udp dport 53 drop; }; }\nE")
    expect(await judged()).toEqual(['fail 10.20.0.5 (line 2)', 'error timeout'])
  })
})
