import { cpus } from 'node:os'
import { routesBench, socketsBench } from './big-host.js'
import { dnsBench } from './dns.js'
import { fleetBench } from './fleet.js'
import type { Row } from './measure.js'
import { replayBench } from './replay.js'
import { startupBench } from './startup.js'

const suites: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  startup: startupBench,
  replay: replayBench,
  fleet: fleetBench,
  dns: dnsBench,
  routes: routesBench,
  sockets: socketsBench,
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !Object.hasOwn(suites, name))
if (unknown.length > 0) {
  console.error(`unknown benchmark ${unknown.join(', ')}: expected ${Object.keys(suites).join(', ')}`)
  process.exit(3)
}

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`)
let missed = 0
for (const [name, suite] of Object.entries(suites)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  console.log(`\n${name}`)
  for (const { what, figure, goal, met } of await suite()) {
    if (met === false) missed++
    const verdict = met === null ? '' : met ? `  ok, ${goal}` : `  MISSED, ${goal}`
    console.log(`  ${what.padEnd(58)} ${figure}${verdict}`)
  }
}
process.exitCode = missed === 0 ? 0 : 1
