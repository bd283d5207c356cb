import { NotUnderstood } from '../../lib/errors.js'
import { readFields, readJsonArray } from '../../lib/iproute2/json.js'
import { finishNeighbor } from './draft.js'
import type { Neighbor } from './value.js'

/**
 * Reads `ip -j neigh show` (iproute2 from 4.17 on).
 * @throws NotUnderstood also for the text of versions that accept `-j` and ignore it.
 */
export function readIpJson(stdout: string): readonly Neighbor[] {
  const neighbors: Neighbor[] = []
  for (const entry of readJsonArray(stdout)) {
    const fields = readFields(entry)
    // iproute2 prints `{}` for entries that its own filter dropped.
    if (Object.keys(fields).length === 0) continue
    const neighbor = readNeighbor(fields)
    if (neighbor !== null) neighbors.push(neighbor)
  }
  return neighbors
}

function readNeighbor(fields: Readonly<Record<string, unknown>>): Neighbor | null {
  const { dst: address, dev: name, lladdr: mac = null, state = [] } = fields
  const known = typeof address === 'string' && typeof name === 'string' && (mac === null || typeof mac === 'string')
  // The kernel has one state at a time, iproute2 prints its bits.
  const [word = 'none', ...others] = Array.isArray(state) ? (state as readonly unknown[]) : ['?', '?']
  if (!known || typeof word !== 'string' || others.length > 0) throw new NotUnderstood('a neighbour of ip -j neigh', JSON.stringify(fields))
  if (fields.proxy !== undefined) return null
  // A flag is printed as a key without a value: `"router":null`.
  return finishNeighbor({ address, interface: name, mac, state: word, router: fields.router !== undefined })
}
