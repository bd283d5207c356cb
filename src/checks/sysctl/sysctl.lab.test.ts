import { afterAll, beforeAll, expect, it } from 'vitest'
import { complaints, prove, resultOf, writeRunbook } from '../../../test/e2e/in-lab.js'
import { labDescribe } from '../../../test/lab/describe.js'
import { type Lab, startLab } from '../../../test/lab/index.js'

labDescribe('sysctl follows the kernel', () => {
  let lab: Lab
  let inventory: string
  beforeAll(async () => {
    lab = await startLab({
      hosts: {
        ops: { lans: { lan: { address: '192.0.2.1/24' } } },
        web: {
          lans: { lan: { address: ['192.0.2.2/24', '2001:db8::2/64'] } },
          etc: { 'sysctl.d/50-np.conf': 'net.ipv4.tcp_keepalive_intvl = 75\n' },
        },
      },
    })
    inventory = lab.inventory({ transport: 'exec', subset: ['web'] })
  })
  afterAll(() => lab?.stop())

  const set = (...settings: readonly string[]): Promise<string> => lab.sh('web', `sysctl -qw ${settings.join(' ')}`)

  async function verdictsOf(check: object): Promise<readonly string[]> {
    const { report } = await prove(lab, [writeRunbook(lab, { checks: [{ id: 'it', on: 'web', sysctl: check }] }), '-i', inventory])
    return resultOf(report, 'it').findings.map(({ verdict, actual }) => `${verdict} ${actual}`)
  }

  it('rp_filter is the larger of both', async () => {
    const check = { key: 'net.ipv4.conf.*.rp_filter', interfaces: 'all', value: { min: 1 } }
    await set('net.ipv4.conf.all.rp_filter=0', 'net.ipv4.conf.eth0.rp_filter=0', 'net.ipv4.conf.default.rp_filter=1')
    expect(await verdictsOf(check)).toEqual(['fail 0'])
    await set('net.ipv4.conf.eth0.rp_filter=1')
    expect(await verdictsOf(check)).toEqual(['pass 1'])
    await set('net.ipv4.conf.eth0.rp_filter=0', 'net.ipv4.conf.all.rp_filter=2')
    expect(await verdictsOf(check)).toEqual(['pass 2'])
    await set('net.ipv4.conf.all.rp_filter=0')
    expect(await verdictsOf(check)).toEqual(['fail 0'])
  })

  it('redirects depend on forwarding', async () => {
    const check = { key: 'net.ipv4.conf.*.accept_redirects', interface: 'eth0', value: 0 }
    await set('net.ipv4.conf.all.accept_redirects=0', 'net.ipv4.conf.eth0.accept_redirects=1')
    expect(await verdictsOf(check)).toEqual(['fail 1'])
    await set('net.ipv4.conf.eth0.forwarding=1')
    expect(await verdictsOf(check)).toEqual(['pass 0'])
    await set('net.ipv4.conf.eth0.forwarding=0')
    expect(await verdictsOf(check)).toEqual(['fail 1'])
  })

  it('router advertisements are not taken where it forwards', async () => {
    const check = { key: 'net.ipv6.conf.*.accept_ra', interface: 'eth0', value: 0 }
    await set('net.ipv6.conf.eth0.accept_ra=1')
    expect(await verdictsOf(check)).toEqual(['fail 1'])
    await set('net.ipv6.conf.eth0.forwarding=1')
    expect(await verdictsOf(check)).toEqual(['pass 0'])
    await set('net.ipv6.conf.eth0.accept_ra=2')
    expect(await verdictsOf(check)).toEqual(['fail 2'])
  })

  it('names the key that was meant', async () => {
    const runbook = writeRunbook(lab, { checks: [{ id: 'it', on: 'web', sysctl: { key: 'net.ipv4.ip_froward', value: 0 } }] })
    const { exitCode, report } = await prove(lab, [runbook, '-i', inventory])
    expect(exitCode).toBe(2)
    expect(complaints(resultOf(report, 'it'))).toEqual([
      'sysctl net.ipv4.ip_froward: expected 0, actual no such key. net.ipv4 has ip_forward: is that meant?',
    ])
  })

  it('says what files set at the next boot', async () => {
    const check = { key: 'net.ipv4.tcp_keepalive_intvl', value: 75, persistent: true }
    const write = (text: string): Promise<string> => lab.sh('web', `printf '${text}' > /etc/sysctl.d/50-np.conf`)
    expect(await verdictsOf(check)).toEqual(['pass 75', 'pass 75 (/etc/sysctl.d/50-np.conf:1)'])
    await write('# longer\\nnet.ipv4.tcp_keepalive_intvl = 150\\n')
    expect(await verdictsOf(check)).toEqual(['pass 75', 'fail 150 (/etc/sysctl.d/50-np.conf:2)'])
    await write('# nothing\\n')
    expect(await verdictsOf(check)).toEqual(['pass 75', 'fail set by no file'])
    await write('net.ipv4.tcp_keepalive_i* = 75\\n')
    expect(await verdictsOf(check)).toEqual(['pass 75', 'pass 75 (/etc/sysctl.d/50-np.conf:1)'])
  })
})
