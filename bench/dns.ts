import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { dnsQuery } from '../src/facts/dns-query/index.js'
import { pace } from '../src/facts/dns-query/timing.js'
import { posixQuote } from '../src/lib/quote.js'
import { ensureLab, type Lab, startLab, type Topology } from '../test/lab/index.js'
import { atLeast, atMost, type Measurement, measure, pair, type Row, seconds } from './measure.js'

const resolvers = { one: '192.0.2.11', two: '192.0.2.12', three: '192.0.2.13' } as const
const addresses = Object.values(resolvers)
const root = '192.0.2.1'

/** Asked at each of the three resolvers: 5,001 lookups. */
const names = Array.from({ length: 1_667 }, (_, index) => `host${index}.example`)
const addressOf = (index: number): string => `203.0.113.${(index % 250) + 1}`
const lookups = names.length * addresses.length

/** As many as netproof has under way at the start. */
const parallel = pace.window * addresses.length

/**
 * 5,001 lookups at three resolvers that know the answers: netproof, a loop of dig, and dnsperf. Judging is part of our time: each
 * answer is compared with the address that the name has to have.
 */
export async function dnsBench(): Promise<readonly Row[]> {
  await ensureLab()
  if (measure(['sh', '-c', 'command -v dnsperf dig'], { runs: 1 }).exitCode !== 0) {
    return [{ what: 'dns', figure: 'not measured: Debian packages dnsperf and bind9-dnsutils are not installed', goal: '', met: null }]
  }
  const lab = await startLab(topology())
  try {
    writeInput(lab)
    const theirs = { argv: inside(lab, ['sh', '-c', dnsperfAll(lab)]) }
    // What is measured later is answered from the resolvers' caches, for everybody alike.
    expectAll(measure(theirs.argv, { runs: 1 }))
    const [ours, perf] = pair({ argv: netproof(lab, 'lookups') }, theirs, 7)
    if (ours.exitCode !== 0) throw new Error(`netproof ended with exit code ${ours.exitCode}: a figure of a failed run says nothing`)
    expectAll(perf)
    const [probe] = pair({ argv: probeAlone(lab) }, theirs, 7)
    if (probe.stdout.split('"answered"').length - 1 !== lookups) throw new Error('the probe alone lost answers')
    const [listed, batch] = pair({ argv: netproof(lab, 'lists') }, { argv: inside(lab, ['sh', '-c', digBatches(lab)]) }, 5)
    if (listed.exitCode !== 0) throw new Error(`netproof ended with exit code ${listed.exitCode} for lists of names`)
    expectAnswered(batch, 'dig -f')
    const digs = measure(inside(lab, ['sh', '-c', digLoop(lab)]), { runs: 1 })
    expectAnswered(digs, 'the loop of dig')
    return [
      { what: `${lookups} lookups, judged`, figure: spent(ours), goal: '', met: null },
      { what: 'the same, names in lists with what they have in common', figure: spent(listed), goal: '', met: null },
      { what: `a loop of dig, ${parallel} at once`, figure: spent(digs), goal: '', met: null },
      { what: 'three dig -f at once', figure: `${spent(batch)}: ours takes ${ratio(listed, batch)} that`, goal: '', met: null },
      { what: 'three dnsperf at once', figure: spent(perf), goal: '', met: null },
      { what: 'the probe alone, as netproof starts it', figure: `${spent(probe)}: ${ratio(probe, perf)} dnsperf`, goal: '', met: null },
      atLeast('faster than the loop of dig', digs.wall / ours.wall, 5, `${seconds(digs.wall)} / ${seconds(ours.wall)}`),
      atMost('against dnsperf', ours.wall / perf.wall, 4, `${seconds(ours.wall)} / ${seconds(perf.wall)}`),
    ]
  } finally {
    await lab.stop()
  }
}

const spent = ({ wall, cpu, memory }: Measurement): string => `${seconds(wall)} wall, ${seconds(cpu)} CPU, ${Math.round(memory)} MiB`

const ratio = (a: Measurement, b: Measurement): string => `${(a.wall / b.wall).toFixed(2)} ×`

/** All names are in the root zone: what is measured is the way to a resolver, not the resolver's own way. */
function topology(): Topology {
  const zone = [
    '$TTL 86400',
    '. SOA a.servers. hostmaster.servers. 1 1800 900 604800 900',
    '. NS a.servers.',
    `a.servers. A ${root}`,
    ...names.map((name, index) => `${name}. A ${addressOf(index)}`),
    '',
  ].join('\n')
  const resolver = (address: string) => ({ lans: { net: { address: `${address}/24` } }, dns: { roots: [root] } })
  return {
    hosts: {
      ops: { lans: { net: { address: '192.0.2.100/24' } } },
      root: { lans: { net: { address: `${root}/24` } }, dns: { zones: { '.': zone } } },
      ...Object.fromEntries(Object.entries(resolvers).map(([name, address]) => [name, resolver(address)])),
    },
  }
}

const inside = (lab: Lab, argv: readonly string[]): readonly string[] => ['ip', 'netns', 'exec', lab.ns('ops'), ...argv]

function writeInput(lab: Lab): void {
  const write = (file: string, text: string): void => writeFileSync(join(lab.directory, file), text)
  const checks = names.map((name, index) => ({ 'dns-record': { name, answers: [addressOf(index)], resolvers: Object.keys(resolvers) } }))
  const lists = [...new Set(names.map((_, index) => addressOf(index)))].map((address) => ({
    'dns-record': {
      name: names.filter((_, index) => addressOf(index) === address),
      answers: [address],
      resolvers: Object.keys(resolvers),
    },
  }))
  const runbook = (list: readonly object[]) => stringify({ version: 1, name: 'Lookups', defaults: { on: 'controller' }, checks: list })
  write('lookups.yaml', runbook(checks))
  write('lists.yaml', runbook(lists))
  const named = Object.fromEntries(Object.entries(resolvers).map(([name, address]) => [name, [address]]))
  write('resolvers.yaml', stringify({ version: 1, hosts: {}, resolvers: named }))
  write('names', names.map((name) => `${name}\n`).join(''))
  write('dnsperf', names.map((name) => `${name} A\n`).join(''))
  write('dig', names.flatMap((name) => addresses.map((address) => `+short @${address} ${name} A\n`)).join(''))
}

function netproof(lab: Lab, runbook: 'lookups' | 'lists'): readonly string[] {
  const { directory } = lab
  const files = [`${directory}/${runbook}.yaml`, '-i', `${directory}/resolvers.yaml`, '-r', `json=${directory}/report.json`]
  return inside(lab, lab.netproofArgv(['run', ...files]))
}

/** What runs on the asking host: to tell the asking from the reading, the judging and the reporting. */
function probeAlone(lab: Lab): readonly string[] {
  const source = dnsQuery.sources.linux?.[0]
  const requests = names.flatMap((name) => addresses.map((server) => ({ server, name, type: 'A' as const, timeoutMs: 2_000 })))
  const command = source?.command(requests)
  if (command === undefined) throw new Error('dns-query has no source on Linux')
  writeFileSync(join(lab.directory, 'questions'), command.stdin ?? '')
  const words = [command.tool[0], ...command.args].map(posixQuote).join(' ')
  return inside(lab, ['sh', '-c', `${words} <${lab.directory}/questions`])
}

/** One asks one server, so there are three; each has as many queries under way as netproof begins with. */
function dnsperfAll({ directory }: Lab): string {
  const one = (address: string): string => `dnsperf -s ${address} -d ${directory}/dnsperf -n 1 -q ${pace.window} &`
  return `${addresses.map(one).join('\n')}\nwait`
}

/** What somebody who knows dig well does: one process for each server, that asks one question after another. */
function digBatches({ directory }: Lab): string {
  return `${addresses.map((address) => `dig -f ${directory}/names +short @${address} &`).join('\n')}\nwait`
}

const digLoop = ({ directory }: Lab): string => `xargs -P ${parallel} -L 1 dig <${directory}/dig`

/** @throws Error when dig lost a question or got no address for it. */
function expectAnswered({ stdout }: Measurement, what: string): void {
  const answered = stdout.split('\n').filter((line) => line.startsWith('203.0.113.')).length
  if (answered !== lookups) throw new Error(`${what} has ${answered} answers to ${lookups} questions`)
}

/** @throws Error when dnsperf lost a question or got another answer than records. */
function expectAll({ stdout }: Measurement): void {
  const completed = stdout.match(new RegExp(`Queries completed: +${names.length} \\(100\\.00%\\)`, 'g')) ?? []
  const fine = stdout.match(new RegExp(`Response codes: +NOERROR ${names.length} \\(100\\.00%\\)`, 'g')) ?? []
  if (completed.length !== addresses.length || fine.length !== addresses.length) throw new Error(`dnsperf lost answers:\n${stdout}`)
}
