// Shows netproof at work: `npm run demo`. With `-- --replay`, shows the recording as it is shown where no lab can be made;
// with `-- --record`, renews it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { ensureLab, type Lab, startLab } from '../test/lab/index.js'

const root = join(import.meta.dirname, '..')
const runbook = 'runbooks/demo/web-db.yaml'
const recordings = 'runbooks/demo/recording'

/** What goes wrong: somebody adds a default route to one web server, and somebody else a rule to a router. */
const breakage = [
  ['web2', 'ip route add default via 10.10.0.1 dev eth1 metric 100'],
  ['core1', "nft 'table inet change { chain forward { type filter hook forward priority 0; tcp dport 5432 drop; }; }'"],
] as const

type Phase = 'before' | 'after'
/** Runs netproof on the runbook. @returns its exit code. */
type Show = (phase: Phase) => Promise<number>

function say(text: string): void {
  console.log(`\n${process.stdout.isTTY ? `\u001b[1m${text}\u001b[0m` : text}\n`)
}

async function exitCodeOf(child: ReturnType<typeof spawn>): Promise<number> {
  const [code] = (await once(child, 'exit')) as [number | null]
  return code ?? 130
}

function showLive(lab: Lab, record: boolean): Show {
  const inventory = lab.inventory({ transport: 'ssh' })
  return (phase) => {
    console.log(`ops$ netproof run ${runbook} -i inventory.yaml\n`)
    const recording = record ? ['--record', join(recordings, phase)] : []
    const argv = lab.netproofArgv(['run', runbook, '-i', inventory, ...recording])
    return exitCodeOf(lab.spawn('ops', argv, { cwd: root, stdio: 'inherit' }))
  }
}

const showRecorded: Show = (phase) => {
  const args = ['run', runbook, '--replay', join(recordings, phase)]
  console.log(`$ netproof ${args.join(' ')}\n`)
  return exitCodeOf(spawn(process.execPath, ['dist/cli.js', ...args], { cwd: root, stdio: 'inherit' }))
}

/** The story, the same in a lab and from a recording. @returns whether it ended as it should. */
async function tell(show: Show, breakThings: () => Promise<void>): Promise<boolean> {
  say('Two web servers, a database, two routers. Is everything where it should be?')
  const before = await show('before')
  say('Now something breaks:')
  for (const [host, command] of breakage) console.log(`${host}# ${command}`)
  await breakThings()
  say('The same runbook again:')
  const after = await show('after')
  const asItShould = before === 0 && after === 1
  say(asItShould ? 'Exit code 0 before, 1 after.' : `Expected exit codes 0 and 1, got ${before} and ${after}.`)
  return asItShould
}

async function demoInLab(record: boolean): Promise<boolean> {
  const lab = await startLab('web-db')
  try {
    return await tell(showLive(lab, record), async () => {
      for (const [host, command] of breakage) await lab.sh(host, command)
    })
  } finally {
    await lab.stop()
  }
}

const flags = process.argv.slice(2)
const obstacle = flags.includes('--replay') ? 'by request' : await ensureLab()
if (obstacle !== null) console.log(`No network is made here (${obstacle}): what follows is the recording of one.`)
const asItShould = obstacle === null ? await demoInLab(flags.includes('--record')) : await tell(showRecorded, async () => {})
process.exitCode = asItShould ? 0 : 1
