import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import type { Report } from '../../src/model/report.js'
import { run } from '../../test/lab/process.js'
import type { Laid } from './lay.js'
import { labName } from './topology.js'
import type { World } from './world.js'

/** What netproof is given beside the topologies. */
export interface Wish {
  /** `routers:` of the inventory. */
  readonly routers: Readonly<Record<string, readonly string[]>>
  /** Routers are hosts of the inventory, too, and can be asked for their addresses. */
  readonly routersAsHosts?: boolean
  readonly facts: { readonly record: string } | { readonly replay: string }
}

const cli = join(import.meta.dirname, '../../dist/cli.js')

/** Judges all topologies in one run of the built netproof. @throws Error when it gave no report. */
export async function netproof(directory: string, name: string, laid: readonly Laid[], wish: Wish): Promise<Report> {
  const file = (end: string): string => join(directory, `${name}-${end}`)
  writeFileSync(
    file('inventory.yaml'),
    stringify({ version: 1, hosts: hostsOf(laid, wish.routersAsHosts ?? false), routers: wish.routers }),
  )
  writeFileSync(file('runbook.yaml'), stringify({ version: 1, name: 'Symmetry', checks: laid.map(({ world }) => checkOf(world)) }))
  const facts = 'record' in wish.facts ? ['--record', wish.facts.record] : ['--replay', wish.facts.replay]
  const options = ['-i', file('inventory.yaml'), '-r', 'json', '--concurrency', '64', ...facts]
  const { exitCode, stdout, stderr } = await run([process.execPath, cli, 'run', file('runbook.yaml'), ...options], { timeoutMs: 1_800_000 })
  if (stdout === '') throw new Error(`netproof ended with ${exitCode} and without a report: ${stderr}`)
  return JSON.parse(stdout) as Report
}

/** Hosts that belong together are a group: as if each topology had an inventory of its own, only hosts of its own are asked. */
function checkOf(world: World): object {
  return {
    id: labName(world, 'check'),
    'path-symmetry': { between: [labName(world, 'a'), labName(world, 'b')], port: world.port, ask: [labName(world, 'all')] },
  }
}

function hostsOf(laid: readonly Laid[], routersAsHosts: boolean): object {
  return Object.fromEntries(
    laid.flatMap(({ world, namespace }) => {
      const entry = (member: string, address: string | undefined) => [
        labName(world, member),
        {
          ...(address === undefined ? {} : { address }),
          platform: 'linux',
          groups: [labName(world, 'all')],
          transport: 'exec',
          command: ['ip', 'netns', 'exec', namespace(member)],
        },
      ]
      return [
        entry('a', world.ends.a.address),
        entry('b', world.ends.b.address),
        ...(routersAsHosts ? world.routers.map(({ name, loopback }) => entry(name, loopback)) : []),
      ]
    }),
  )
}
