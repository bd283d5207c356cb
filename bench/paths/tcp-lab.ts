import type { HostSpec, Topology } from '../../test/lab/schema.js'

/** What becomes of a connection to a port. nmap calls both a dropped and a rejected packet `filtered`. */
export type Fate = 'open' | 'closed' | 'filtered' | 'rejected'

/** How many ports of a target have which fate, from port 20000 on. */
export type Mix = Readonly<Record<Fate, number>>

const fates = ['open', 'closed', 'filtered', 'rejected'] as const
const firstPort = 20_000

export interface Run {
  readonly fate: Fate
  readonly first: number
  readonly last: number
}

/** The ports of a target in runs of one fate. */
export function runsOf(mix: Mix): readonly Run[] {
  let next = firstPort
  return fates
    .map((fate) => {
      const first = next
      next += mix[fate]
      return { fate, first, last: next - 1 }
    })
    .filter(({ first, last }) => last >= first)
}

/** As netproof, nmap and nftables write it. */
export const rangeOf = ({ first, last }: Run): string => `${first}-${last}`

const rules: Readonly<Record<Fate, string>> = {
  open: 'accept',
  closed: 'accept',
  filtered: 'drop',
  rejected: 'reject with icmpx admin-prohibited',
}

function firewallOf(runs: readonly Run[]): string {
  const lines = runs.map((run) => `    tcp dport ${rangeOf(run)} ${rules[run.fate]}\n`)
  return `table inet fates {\n  chain c {\n    type filter hook input priority 0\n${lines.join('')}  }\n}\n`
}

function target(mix: Mix, index: number): HostSpec {
  const runs = runsOf(mix)
  const open = runs.find(({ fate }) => fate === 'open')
  return {
    lans: { servers: { address: `203.0.113.${index + 10}/24` } },
    routes: [{ to: 'default', via: '203.0.113.1' }],
    ...(open === undefined ? {} : { services: [{ tcp: rangeOf(open) }] }),
    firewall: firewallOf(runs),
  }
}

/** A host and, behind one router, a target for each mix. Their kernels limit ICMP errors as Linux does by default. */
export function tcpLab(mixes: Readonly<Record<string, Mix>>): Topology {
  return {
    hosts: {
      scanner: { lans: { office: { address: '198.51.100.10/24' } }, routes: [{ to: 'default', via: '198.51.100.1' }] },
      ...Object.fromEntries(Object.entries(mixes).map(([name, mix], index) => [name, target(mix, index)])),
    },
    routers: { edge: { lans: { office: { address: '198.51.100.1/24' }, servers: { address: '203.0.113.1/24' } } } },
  }
}
