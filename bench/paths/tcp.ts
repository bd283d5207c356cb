import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import type { TcpConnect } from '../../src/facts/tcp-connect/index.js'
import { type Lab, startLab } from '../../test/lab/index.js'
import { atMost, pair, type Row, seconds } from '../measure.js'
import { recordedFacts } from '../recorded.js'
import { statesByNmap } from './nmap.js'
import { type Fate, type Mix, rangeOf, runsOf, tcpLab } from './tcp-lab.js'

const dropping: Mix = { open: 150, closed: 750, filtered: 100, rejected: 0 }
const rejecting: Mix = { open: 150, closed: 838, filtered: 0, rejected: 12 }
const answering: Mix = { open: 250, closed: 750, filtered: 0, rejected: 0 }

const tenOf = (mixes: readonly Mix[]): Readonly<Record<string, Mix>> =>
  Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`s${index + 1}`, mixes[index % mixes.length] ?? answering]))

/** 10,000 TCP targets seen from one host: netproof and `nmap -sT` in turn, and whether they say the same. */
export async function tcpBench(): Promise<readonly Row[]> {
  return [
    ...(await compare('all answer', tenOf([answering]))),
    ...(await compare('some rejected, 700 silent', tenOf([dropping, dropping, rejecting, dropping]))),
  ]
}

async function compare(what: string, mixes: Readonly<Record<string, Mix>>): Promise<readonly Row[]> {
  const lab = await startLab(tcpLab(mixes))
  try {
    const recording = join(lab.directory, 'recording')
    const nmapArgv = ['nmap', '-sT', '-Pn', '-n', '-p', '20000-20999', '-oX', '-', ...Object.keys(mixes).map((name) => lab.address(name))]
    const [ours, theirs] = pair(
      { argv: netproof(lab, mixes, recording) },
      { argv: ['ip', 'netns', 'exec', lab.ns('scanner'), ...nmapArgv] },
      3,
    )
    const [byUs, byNmap] = [statesByNetproof(recording), statesByNmap(theirs.stdout)]
    const made = new Map(Object.entries(mixes).flatMap(([name, mix]) => madeStates(lab.address(name), mix)))
    const apart = [...made.keys()].filter((port) => byUs.get(port) !== byNmap.get(port))
    const wrong = [...made].filter(([port, state]) => byUs.get(port) !== state).map(([port]) => port)
    for (const port of new Set([...apart, ...wrong].slice(0, 10))) {
      console.log(`    ${port}: netproof says ${byUs.get(port)}, nmap ${byNmap.get(port)}, it is ${made.get(port)}`)
    }
    return [
      atMost(
        `${made.size} TCP targets, ${what}, against nmap -sT`,
        ours.wall / theirs.wall,
        4,
        `${seconds(ours.wall)} / ${seconds(theirs.wall)}`,
      ),
      {
        what: '  ports told otherwise than by nmap, and wrongly',
        figure: `${apart.length} and ${wrong.length}; exit code ${ours.exitCode}`,
        goal: 'none, and every check passes',
        met: apart.length === 0 && wrong.length === 0 && ours.exitCode === 0,
      },
    ]
  } finally {
    await lab.stop()
  }
}

/** One check for each target and fate, so that passing means that netproof saw what was made. */
function netproof(lab: Lab, mixes: Readonly<Record<string, Mix>>, recording: string): readonly string[] {
  const runbook = join(lab.directory, 'ports.yaml')
  const checks = Object.entries(mixes).flatMap(([name, mix]) =>
    runsOf(mix).map((run) => ({ on: 'scanner', 'tcp-port': { target: lab.address(name), port: rangeOf(run), expect: run.fate } })),
  )
  writeFileSync(runbook, stringify({ version: 1, name: 'Ports', checks }))
  const inventory = lab.inventory({ transport: 'exec', subset: ['scanner'] })
  return lab.netproofArgv(['run', runbook, '-i', inventory, '-r', `json=${lab.directory}/report.json`, '--record', recording])
}

const inNmapsWords: Readonly<Record<Fate, string>> = { open: 'open', closed: 'closed', filtered: 'filtered', rejected: 'filtered' }

function madeStates(address: string, mix: Mix): readonly (readonly [string, string])[] {
  return runsOf(mix).flatMap(({ fate, first, last }) =>
    Array.from({ length: last - first + 1 }, (_, index) => [`${address} ${first + index}`, inNmapsWords[fate]] as const),
  )
}

const words: Readonly<Record<string, string>> = {
  open: 'open',
  'open-then-reset': 'open',
  refused: 'closed',
  timeout: 'filtered',
  rejected: 'filtered',
}

/** By `address port`. */
function statesByNetproof(recording: string): ReadonlyMap<string, string> {
  return new Map(
    recordedFacts<TcpConnect>(recording, 'tcp-connect').map(({ args, value }) => {
      const status = value.addresses[0]?.status ?? 'no answer'
      return [`${args.host} ${args.port}`, words[status] ?? status] as const
    }),
  )
}
