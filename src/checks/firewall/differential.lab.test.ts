import { afterAll, beforeAll, expect, it } from 'vitest'
import { labDescribe } from '../../../test/lab/describe.js'
import { type Lab, startLab } from '../../../test/lab/index.js'
import { iptablesRuleset } from '../../../test/support/firewall/iptables-rulesets.js'
import { nftRuleset } from '../../../test/support/firewall/nft-rulesets.js'
import { allProbes, type Probe, Prober } from '../../../test/support/firewall/probes.js'
import { firewallLab } from '../../../test/support/firewall/topology.js'
import { firewallRules, type Ruleset } from '../../facts/firewall-rules/index.js'
import { nothingLearnt } from '../../lib/learnt.js'
import type { CheckContext } from '../../model/check.js'
import { firewall } from './index.js'
import type { Spec, Traffic, Wanted } from './schema.js'

// Rulesets made at random are loaded, real packets are sent, and what became of them is held against the verdict. NETPROOF_RULESETS
// says how many of each kind; NETPROOF_SEED which of them.
const rulesets = Number(process.env.NETPROOF_RULESETS ?? 30)
const firstSeed = Number(process.env.NETPROOF_SEED ?? 1)
const seeds = Array.from({ length: rulesets }, (_, index) => firstSeed + index)

const context = { host: { name: 'server' } } as CheckContext
const own = [
  {
    name: 'eth0',
    addresses: ['10.9.0.1', '10.9.5.1', 'fd09::1', 'fd09:5::1'].map((address) => ({
      address,
      prefixLength: 24,
      peer: null,
      dynamic: null,
    })),
  },
]
const words: readonly Wanted[] = ['accept', 'drop', 'reject']

/** accept, drop, reject; null where it is not decided. */
function verdictOf(rules: Ruleset, traffic: Traffic, family: Spec['family']): string | null {
  const verdicts = words.map(
    (verdict) =>
      firewall.evaluate(
        { traffic, verdict, ...(family === undefined ? {} : { family }) },
        { rules, links: [], addresses: [own] },
        context,
        nothingLearnt,
      )[0]?.verdict,
  )
  const passed = words.filter((_, index) => verdicts[index] === 'pass')
  if (passed.length === 0) return verdicts.includes('fail') && !verdicts.includes('error') ? 'none' : null
  return passed.length === 1 && verdicts.filter((verdict) => verdict === 'fail').length === 2
    ? (passed[0] ?? null)
    : `${passed.join(' and ')}?`
}

const withPort = ({ protocol, port }: Probe): Traffic =>
  protocol === 'icmp' ? { protocol, 'icmp-type': 'echo-request' } : { protocol, port }

/** All that is known of the packet. */
const whole = (probe: Probe): Traffic => ({
  ...withPort(probe),
  ...(probe.protocol === 'icmp' ? {} : { 'source-port': probe.sport }),
  ...{ from: probe.from, to: probe.to, interface: probe.interface },
})

labDescribe('what becomes of packets is what the verdict says', () => {
  let lab: Lab
  let prober: Prober
  beforeAll(async () => {
    lab = await startLab(firewallLab)
    await lab.sh('client', 'ip address add 10.9.1.2/32 dev lo; ip address add fd09:1::2/128 dev lo')
    await lab.sh(
      'server',
      'sysctl -qw net.ipv4.icmp_ratelimit=0 net.ipv4.icmp_msgs_per_sec=100000 net.ipv6.icmp.ratelimit=0 net.ipv4.conf.all.rp_filter=0; for i in eth0 eth1; do sysctl -qw net.ipv4.conf.$i.rp_filter=0; done',
    )
    // Who is where is told beforehand: rules that stop neighbour discovery would otherwise stop what they are not about.
    for (const [host, other, addresses] of [
      ['client', 'server', { eth0: ['10.9.0.1', 'fd09::1'], eth1: ['10.9.5.1', 'fd09:5::1'] }],
      ['server', 'client', { eth0: ['10.9.0.2', '10.9.0.66', 'fd09::2', 'fd09::42'], eth1: ['10.9.5.2', 'fd09:5::2'] }],
    ] as const) {
      for (const [link, there] of Object.entries(addresses)) {
        const mac = (await lab.sh(other, `cat /sys/class/net/${link}/address`)).trim()
        await lab.sh(
          host,
          [...there].map((address: string) => `ip neigh replace ${address} lladdr ${mac} dev ${link} nud permanent`).join('; '),
        )
      }
    }
    prober = new Prober(lab)
  })
  afterAll(async () => {
    await prober?.stop()
    await lab?.stop()
  })

  const read = async (): Promise<Ruleset> => {
    const source = firewallRules.sources.linux?.[0]
    const { tool, args } = source?.command([{ overMs: null }]) ?? { tool: ['sh'], args: [] }
    const output = await lab.exec('server', [tool[0], ...args])
    if (output.exitCode !== 0) throw new Error(output.stderr)
    const [value] = source?.parse({ exitCode: 0, stdout: output.stdout, stderr: output.stderr }, [{ overMs: null }]) ?? []
    if (value === undefined || !firewallRules.isValue(value)) throw new Error('no ruleset was read')
    return value
  }

  /** Sends every probe; those whose fate is not what was said are sent again and waited for, as an answer may have been late. */
  async function compare(rules: Ruleset, told: string): Promise<{ decided: number; asked: number }> {
    const probes = allProbes()
    const said = probes.map((probe) => verdictOf(rules, whole(probe), undefined))
    let seen = await prober.send(probes, 0.03)
    const odd = probes.flatMap((probe, index) => (said[index] !== null && said[index] !== seen[index] ? [{ ...probe, index }] : []))
    if (odd.length > 0) {
      const fresh = allProbes()
      const again = await prober.send(
        odd.map((probe) => ({ ...probe, sport: fresh[probe.index]?.sport ?? 0 })),
        0.5,
      )
      seen = seen.map((answer, index) => again[odd.findIndex((probe) => probe.index === index)] ?? answer)
    }
    const wrong = probes.flatMap((probe, index) =>
      said[index] !== null && said[index] !== seen[index] ? [`${JSON.stringify(probe)}: said ${said[index]}, was ${seen[index]}`] : [],
    )
    expect(wrong, told).toEqual([])
    // With less known of the packet the verdict is the same, or none.
    const vague = probes.flatMap((probe, index) => {
      const lessKnown: readonly Traffic[] = [
        withPort(probe),
        { ...withPort(probe), from: probe.from },
        { ...withPort(probe), interface: probe.interface },
      ]
      const family = probe.from.includes(':') ? 'inet6' : 'inet'
      return lessKnown.flatMap((traffic) => {
        const verdict = verdictOf(rules, traffic, family)
        return verdict === null || verdict === seen[index]
          ? []
          : [`${JSON.stringify(traffic)} ${family}: said ${verdict}, was ${seen[index]} for ${JSON.stringify(probe)}`]
      })
    })
    expect(vague, told).toEqual([])
    return { decided: said.filter((verdict) => verdict !== null).length, asked: probes.length }
  }

  async function compareAll(load: (seed: number) => { readonly script: string; readonly text: string }): Promise<number> {
    let [decided, asked] = [0, 0]
    for (const seed of seeds) {
      const { script, text } = load(seed)
      const told = `NETPROOF_SEED=${seed} NETPROOF_RULESETS=1\n${text}`
      try {
        await lab.sh('server', script)
      } catch (error) {
        throw new Error(`${told}\n${String(error)}`)
      }
      const counts = await compare(await read(), told)
      decided += counts.decided
      asked += counts.asked
    }
    return decided / asked
  }

  const here = (tool: string, text: string): string => `${tool} <<'NETPROOF'\n${text}NETPROOF\n`
  const empty =
    '*filter\n:INPUT ACCEPT [0:0]\nCOMMIT\n*mangle\n:PREROUTING ACCEPT [0:0]\nCOMMIT\n*nat\n:PREROUTING ACCEPT [0:0]\nCOMMIT\n*raw\n:PREROUTING ACCEPT [0:0]\nCOMMIT\n'
  const forget = 'nft flush ruleset'

  it('under nft', { timeout: 600_000 }, async () => {
    const share = await compareAll((seed) => ({ script: here('nft -f -', nftRuleset(seed)), text: nftRuleset(seed) }))
    expect(share).toBeGreaterThan(0.95)
  })

  it('under iptables in the tables of nft', { timeout: 600_000 }, async () => {
    const share = await compareAll((seed) => {
      const [v4, v6] = [iptablesRuleset(seed, 4), iptablesRuleset(seed, 6)]
      return { script: `${forget}\n${here('iptables-nft-restore', v4)}${here('ip6tables-nft-restore', v6)}`, text: `${v4}\n${v6}` }
    })
    await lab.sh('server', forget)
    expect(share).toBeGreaterThan(0.95)
  })

  it('under the older iptables, and nft beside it', { timeout: 600_000 }, async () => {
    const share = await compareAll((seed) => {
      const [v4, v6, nft] = [
        iptablesRuleset(seed + 7, 4),
        iptablesRuleset(seed + 7, 6),
        seed % 2 === 0 ? nftRuleset(seed + 7) : 'flush ruleset\n',
      ]
      const script = `${here('iptables-legacy-restore', `${empty}${v4}`)}${here('ip6tables-legacy-restore', `${empty}${v6}`)}${here('nft -f -', nft)}`
      return { script, text: `${v4}\n${v6}\n${nft}` }
    })
    await lab.sh('server', `${forget}\n${here('iptables-legacy-restore', empty)}${here('ip6tables-legacy-restore', empty)}`)
    expect(share).toBeGreaterThan(0.95)
  })
})
