import { afterAll, beforeAll, expect, it } from 'vitest'
import { labDescribe } from '../lab/describe.js'
import { type Lab, startLab } from '../lab/index.js'
import { complaints, prove, resultOf, verdicts, writeRunbook } from './in-lab.js'

const nft = (text: string): string => `nft -f - <<'E'\n${text}\nE`
const chain = (family: string, rules: string): string =>
  nft(`flush ruleset
table ${family} filter {
  chain input { type filter hook input priority 0; policy drop
    meta l4proto { icmp, ipv6-icmp } counter accept comment "control"
    ct state established,related accept
    iif lo accept
    ${rules}
  }
}`)

labDescribe('the packet filter of a host', () => {
  let lab: Lab
  let inventory: string
  beforeAll(async () => {
    lab = await startLab('web-db')
    inventory = lab.inventory({ transport: 'exec' })
  })
  afterAll(() => lab?.stop())

  const checks = [
    { id: 'https', on: 'web1', firewall: { traffic: { port: 443, from: ['203.0.113.0/24', '2001:db8:113::/64'] }, verdict: 'accept' } },
    { id: 'telnet', on: 'web1', firewall: { traffic: { port: 23, from: 'any' }, verdict: 'blocked' } },
    { id: 'default', on: 'web1', firewall: { policy: { input: 'drop' } } },
  ]
  const run = async (): ReturnType<typeof prove> => prove(lab, [writeRunbook(lab, { checks }), '-i', inventory])

  it('is judged as it is now: open, closed in IPv4 alone, closed, and open again', async () => {
    const open = await run()
    expect([open.exitCode, verdicts(open.report)]).toEqual([1, ['web1/default: fail', 'web1/https: pass', 'web1/telnet: fail']])
    expect(complaints(resultOf(open.report, 'telnet'))).toEqual([
      'input tcp port 23 from any, IPv4: expected dropped or rejected, actual accepted. This host has no rules at all, neither of nft nor of iptables: everything is accepted.',
      'input tcp port 23 from any, IPv6: expected dropped or rejected, actual accepted. This host has no rules at all, neither of nft nor of iptables: everything is accepted.',
    ])

    await lab.sh('web1', chain('ip', 'tcp dport { 22, 443 } accept').replace('icmp, ipv6-icmp', 'icmp, igmp'))
    const half = await run()
    expect([half.exitCode, verdicts(half.report)]).toEqual([1, ['web1/default: fail', 'web1/https: pass', 'web1/telnet: fail']])
    expect([...complaints(resultOf(half.report, 'telnet')), ...complaints(resultOf(half.report, 'default'))]).toEqual([
      'input tcp port 23 from any, IPv6: expected dropped or rejected, actual accepted. No filter chain is at the hook input for IPv6: everything is accepted. A firewall that is set up for IPv4 alone leaves IPv6 open.',
      'default of input, IPv6: expected dropped, actual accepted, as no chain is at this hook. IPv4 is dropped by default, IPv6 is not: what is closed there is open here. No filter chain is at the hook input for IPv6. Look at `nft list ruleset` and `ip6tables-save`.',
    ])

    await lab.sh('web1', chain('inet', 'tcp dport { 22, 443 } accept'))
    const closed = await run()
    expect([closed.exitCode, verdicts(closed.report)]).toEqual([0, ['web1/default: pass', 'web1/https: pass', 'web1/telnet: pass']])

    await lab.sh('web1', 'nft insert rule inet filter input ip6 saddr 2001:db8:113::/66 tcp dport 443 drop')
    const narrowed = await run()
    expect(verdicts(narrowed.report)).toEqual(['web1/default: pass', 'web1/https: fail', 'web1/telnet: pass'])
    expect(resultOf(narrowed.report, 'https').findings.map(({ actual }) => actual)).toEqual(['accepted', 'dropped from 2001:db8:113::/66'])

    await lab.sh('web1', 'nft flush ruleset')
    expect(verdicts((await run()).report)).toEqual(['web1/default: fail', 'web1/https: pass', 'web1/telnet: fail'])
  })

  /** Whether a connection really comes about, and what is said of it. */
  const tried = async (traffic: object): Promise<readonly string[]> => {
    const check = { id: 'try', on: 'web1', firewall: { traffic: { port: 443, from: '203.0.113.12', ...traffic }, verdict: 'accept' } }
    const { report } = await prove(lab, [writeRunbook(lab, { checks: [check] }), '-i', inventory])
    const { exitCode } = await lab.exec('web2', ['timeout', '1', 'bash', '-c', ': < /dev/tcp/203.0.113.11/443'])
    return [exitCode === 0 ? 'open' : 'closed', resultOf(report, 'try').verdict]
  }

  it('sees what is dropped at the hook of a device, before every other chain', async () => {
    const gate = (device: string): string =>
      nft(`flush ruleset
table netdev early {
  chain gate { type filter hook ingress device "${device}" priority -500; policy accept; tcp dport 443 drop; }
}`)
    await lab.sh('web1', gate('eth0'))
    const closed = [await tried({ interface: 'eth0' }), await tried({})]
    await lab.sh('web1', gate('eth1'))
    const other = [await tried({ interface: 'eth0' }), await tried({}), await tried({ interface: 'etho0' })]
    await lab.sh('web1', 'nft flush ruleset')
    expect({ closed, other }).toEqual({
      closed: [
        ['closed', 'fail'],
        ['closed', 'error'],
      ],
      other: [
        ['open', 'pass'],
        ['open', 'error'],
        ['open', 'error'],
      ],
    })
  })

  it('asks about its own addresses, and leaves open what a set with a rate lets in', async () => {
    await lab.sh('web1', chain('inet', 'ip daddr { 203.0.113.11, 10.10.0.11 } tcp dport 443 accept'))
    const own = [await tried({}), await tried({ to: '203.0.113.99' })]
    await lab.sh(
      'web1',
      nft(`flush ruleset
table inet filter {
  set s { typeof ip saddr; limit rate 1/hour burst 1 packets; elements = { 203.0.113.12 } }
  chain input { type filter hook input priority 0; policy drop
    ct state established,related accept
    ip saddr @s tcp dport 443 accept
  }
}`),
    )
    const rated = [await tried({}), await tried({})]
    await lab.sh('web1', 'nft flush ruleset')
    expect({ own, rated }).toEqual({
      own: [
        ['open', 'pass'],
        ['open', 'error'],
      ],
      rated: [
        ['open', 'error'],
        ['closed', 'error'],
      ],
    })
  })

  it('counts what passes while it looks', async () => {
    await lab.sh('web1', chain('inet', 'tcp dport 443 accept'))
    const counters = { over: '600ms', rule: { chain: 'input', comment: 'control' }, packets: 0 }
    const runbook = writeRunbook(lab, { checks: [{ id: 'quiet', on: 'web1', firewall: { counters, family: 'inet' } }] })
    const quiet = await prove(lab, [runbook, '-i', inventory])
    const traffic = lab.spawn('web2', ['ping', '-q', '-i', '0.05', '-c', '600', '203.0.113.11'], { stdio: 'ignore' })
    const ended = new Promise((resolve) => traffic.once('close', resolve))
    const busy = await prove(lab, [runbook, '-i', inventory])
    traffic.kill('SIGINT')
    await ended
    await lab.sh('web1', 'nft flush ruleset')
    expect([quiet.exitCode, busy.exitCode]).toEqual([0, 1])
    const [finding] = resultOf(busy.report, 'quiet').findings
    expect(Number(/^(\d+) packets in /.exec(finding?.actual ?? '')?.[1])).toBeGreaterThan(3)
    expect(finding?.message).toMatch(
      /^Counted by rule 1 \(handle \d+\) of chain input in table inet filter \(nft\): `meta l4proto \{ icmp, ipv6-icmp \} accept`, "control"\. Look at `nft -a list chain inet filter input`\.$/,
    )
  })

  it('is not guessed at where only root may see it', async () => {
    const runbook = writeRunbook(lab, { checks: [{ id: 'telnet', on: 'box', firewall: { traffic: { port: 23 }, verdict: 'accept' } }] })
    const hosts = writeRunbook(lab, {
      hosts: {
        box: { transport: 'exec', command: ['ip', 'netns', 'exec', lab.ns('web1'), 'setpriv', '--reuid', '65534', '--clear-groups'] },
      },
    })
    const { exitCode, report } = await prove(lab, [runbook, '-i', hosts])
    expect([exitCode, verdicts(report)]).toEqual([2, ['box/telnet: error']])
    expect(complaints(resultOf(report, 'telnet')).join()).toContain(
      'permission denied: the kernel shows its rules to root alone; let the inventory say become: sudo',
    )
  })
})
