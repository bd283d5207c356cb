import { mkdirSync } from 'node:fs'
import { writeFiles } from './files.js'
import { labDirectory, newLabId, startKeeper, sweep } from './keeper.js'
import { type Lab, openLab } from './lab.js'
import { planLab } from './plan.js'
import type { Topology } from './schema.js'
import { makeNetwork, startHosts } from './setup.js'
import { makeKeys } from './sshd.js'
import { checkTopology, loadTopology } from './topology.js'

export { fleet } from './fleet.js'
export type { Lab } from './lab.js'
export type { RunResult } from './process.js'
export { ensureLab } from './requirements.js'
export type { Topology } from './schema.js'

/**
 * Makes a network on this machine: namespaces, cables, listeners, an sshd per host. It is gone after `stop()`, and within
 * seconds after this process ends, however that happens. Needs root on Linux; see `ensureLab`.
 * @param topology the name of a file in `topologies/`, or the same as data.
 * @throws Error when a host does not come up; nothing is left then.
 */
export async function startLab(topology: Topology | string): Promise<Lab> {
  const checked = typeof topology === 'string' ? loadTopology(topology) : checkTopology(topology, 'the topology given')
  await sweep()
  const id = newLabId()
  const plan = planLab(checked, id, labDirectory(id))
  const keeper = startKeeper(id)
  try {
    // Others than root may pass through, to their homes; what is secret in it has mode 0600.
    mkdirSync(plan.directory, { mode: 0o711 })
    mkdirSync('/run/sshd', { recursive: true, mode: 0o755 })
    await Promise.all([makeKeys(plan.directory), makeNetwork(plan)])
    writeFiles(plan)
    await startHosts(plan)
    return openLab(plan, checked, keeper)
  } catch (error) {
    await keeper.stop()
    throw error
  }
}
