import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureLab } from '../../test/lab/index.js'
import type { Row } from '../measure.js'
import { maxIndex } from './addresses.js'
import { generate } from './generate.js'
import { refusedNeighbours } from './neighbours.js'
import { printRows, report } from './report.js'
import { type Trial, tryWave } from './trial.js'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '320' },
    /** Numbers of topologies: `17,203`. Everything that is said of them is printed. */
    only: { type: 'string' },
    /** Topologies at a time. */
    wave: { type: 'string', default: '80' },
  },
})

function whole(name: 'seed' | 'count' | 'wave', most: number): number {
  const value = Number(values[name])
  if (Number.isInteger(value) && value >= 1 && value <= most) return value
  console.error(`--${name} is a whole number from 1 to ${most}, not ${values[name]}`)
  process.exit(3)
}

const [seed, count, wave] = [whole('seed', 2 ** 31 - 1), whole('count', maxIndex + 1), whole('wave', 200)]
const numbers = values.only === undefined ? Array.from({ length: count }, (_, index) => index) : values.only.split(',').map(Number)

const unavailable = await ensureLab()
if (unavailable !== null) {
  console.error(`no topologies can be made here: ${unavailable}`)
  process.exit(3)
}

const started = performance.now()
const directory = mkdtempSync(join(tmpdir(), 'netproof-symmetry-'))
const trials: Trial[] = []
try {
  for (let first = 0; first < numbers.length; first += wave) {
    const worlds = numbers.slice(first, first + wave).map((index) => generate(seed, index))
    const refused = refusedNeighbours()
    const trial = await tryWave(seed, worlds, join(directory, String(first)))
    if (refusedNeighbours() > refused) {
      throw new Error(`the ARP table of this machine is full, so that packets were lost: choose a smaller --wave than ${wave}`)
    }
    trials.push(trial)
    console.error(
      `${Math.min(first + wave, numbers.length)} of ${numbers.length} topologies after ${Math.round((performance.now() - started) / 1_000)} s`,
    )
  }
} finally {
  rmSync(directory, { recursive: true, force: true })
}
const rows: readonly Row[] = report(trials, seed, { everything: values.only !== undefined, seconds: (performance.now() - started) / 1_000 })
process.exitCode = printRows(rows) === 0 ? 0 : 1
