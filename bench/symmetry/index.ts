import { parseArgs } from 'node:util'
import { ensureLab } from '../../test/lab/index.js'
import { printRows } from '../print.js'
import { maxIndex } from './addresses.js'
import { generate } from './generate.js'
import { refusedNeighbours } from './neighbours.js'
import { report } from './report.js'
import { type Trial, tryWave } from './trial.js'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '320' },
    /** Numbers of topologies: `17,203`. Everything that is said of them is printed. */
    only: { type: 'string' },
    /** A line on each topology, not only what was wrong. */
    list: { type: 'boolean', default: false },
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
if (!numbers.every((number) => Number.isInteger(number) && number >= 0 && number <= maxIndex)) {
  console.error(`--only wants numbers of topologies, 0 to ${maxIndex}, not ${values.only}`)
  process.exit(3)
}

const unavailable = await ensureLab()
if (unavailable !== null) {
  console.error(`no topologies can be made here: ${unavailable}`)
  process.exit(3)
}

const started = performance.now()
const trials: Trial[] = []
for (let first = 0; first < numbers.length; first += wave) {
  const worlds = numbers.slice(first, first + wave).map((index) => generate(seed, index))
  const refused = refusedNeighbours()
  trials.push(await tryWave(seed, worlds))
  if (refusedNeighbours() > refused) {
    throw new Error(`the ARP table of this machine was full, so that packets were lost: other labs are at work beside this one`)
  }
  const done = Math.min(first + wave, numbers.length)
  console.error(`${done} of ${numbers.length} topologies after ${Math.round((performance.now() - started) / 1_000)} s`)
}
const tell = values.only !== undefined ? 'everything' : values.list ? 'line' : 'wrong'
const rows = report(trials, seed, { tell, seconds: (performance.now() - started) / 1_000 })
console.log('')
process.exitCode = printRows(rows) === 0 ? 0 : 1
