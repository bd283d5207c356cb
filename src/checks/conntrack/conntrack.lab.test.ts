import { afterAll, beforeAll, expect, it } from 'vitest'
import { prove, resultOf, writeRunbook } from '../../../test/e2e/in-lab.js'
import { labDescribe } from '../../../test/lab/describe.js'
import { type Lab, startLab } from '../../../test/lab/index.js'

/** Tracks, and lets everything pass. */
const firewall = 'table inet np {\n chain f {\n type filter hook forward priority 0\n ct state invalid counter\n }\n}\n'
const loose = { 'net.ipv4.conf.all.rp_filter': 0, 'net.ipv4.conf.default.rp_filter': 0 }

labDescribe('conntrack follows the packets', () => {
  let lab: Lab
  let inventory: string
  beforeAll(async () => {
    // a ── left ── fw ── right ── b, and a ── direct ── b.
    lab = await startLab({
      hosts: {
        a: {
          lans: { left: { address: '10.0.1.2/24' }, direct: { address: '10.0.3.2/24' } },
          sysctl: loose,
          routes: [{ to: '10.0.2.0/24', via: '10.0.1.1' }],
        },
        b: {
          lans: { right: { address: '10.0.2.2/24' }, direct: { address: '10.0.3.3/24' } },
          sysctl: loose,
          routes: [{ to: '10.0.1.0/24', via: '10.0.2.1' }],
          services: [{ tcp: 80, process: 'nginx', after: 'close' }],
        },
        ops: { lans: { left: { address: '10.0.1.9/24' } } },
      },
      routers: { fw: { lans: { left: { address: '10.0.1.1/24' }, right: { address: '10.0.2.1/24' } }, sysctl: loose, firewall } },
    })
    inventory = lab.inventory({ transport: 'exec', subset: ['fw'] })
  })
  afterAll(() => lab?.stop())

  const judged = async (conntrack: object): Promise<string> => {
    const { report } = await prove(lab, [writeRunbook(lab, { checks: [{ id: 'it', on: 'fw', conntrack }] }), '-i', inventory])
    return resultOf(report, 'it')
      .findings.map(({ verdict, actual }) => `${verdict} ${actual.replace(/ in [\d.]+ m?s$/, '')}`)
      .join()
  }
  /** A connection every 50 ms, so that some fall into the window of a check, and no more than 200. */
  const knock = (count: number): Promise<string> =>
    lab.sh(
      'a',
      `python3 -c "
import socket, time
for _ in range(${count}):
    socket.create_connection(('10.0.2.2', 80), 2).close(); time.sleep(0.05)"`,
    )

  it('sees packets of one direction alone', async () => {
    const check = { invalid: 0, over: '500ms' }
    await knock(2)
    expect(await judged(check)).toBe('pass +0')
    expect(await judged({ invalid: 0 })).toBe('pass 0')
    await lab.sh('a', 'ip route replace 10.0.2.0/24 via 10.0.3.3 src 10.0.1.2')
    const knocking = knock(100)
    const during = await judged(check)
    await knocking
    expect(during).toMatch(/^fail \+[1-9]/)
    await lab.sh('a', 'ip route replace 10.0.2.0/24 via 10.0.1.1 src 10.0.1.2')
    expect(await judged(check)).toBe('pass +0')
  })

  it('counts what is tracked', async () => {
    await lab.sh(
      'a',
      `python3 -c "
import socket
for port in range(300): socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('10.0.2.2', 20000 + port))"`,
    )
    expect(await judged({ entries: { min: 300 } })).toMatch(/^pass 3\d\d$/)
    expect(await judged({ entries: { max: 100 } })).toMatch(/^fail 3\d\d$/)
    expect(await judged({ used: { max: '80%' } })).toMatch(/^pass 0\.\d+ % \(3\d\d of \d+\)$/)
  })
})
