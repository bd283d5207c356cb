import { NotUnderstood } from '../../lib/errors.js'
import { finishNeighbor } from './draft.js'
import type { Neighbor } from './value.js'

/** `203.0.113.1 dev eth0 lladdr 00:00:5e:00:01:07 router STALE`: flags, statistics and later words may stand between. */
const row = /^(\S+) dev (\S+)(?: +lladdr (\S+))?((?: .*)?)$/

/**
 * Reads `ip neigh show` as every iproute2 and BusyBox print it. An entry without a state is printed without a word for it.
 * @throws NotUnderstood
 */
export function readIpText(stdout: string): readonly Neighbor[] {
  const neighbors: Neighbor[] = []
  for (const line of stdout.split('\n')) {
    if (line.trim() === '') continue
    const [, address, name, mac = null, rest = ''] = row.exec(line) ?? []
    if (address === undefined || name === undefined) throw new NotUnderstood('a neighbour of ip neigh', line)
    const words = rest.trim().split(/\s+/)
    if (words.includes('proxy')) continue
    const last = words.at(-1) ?? ''
    const state = /^[A-Z]+$/.test(last) ? last : 'none'
    const neighbor = finishNeighbor({ address, interface: name, mac, state, router: words.includes('router') })
    if (neighbor !== null) neighbors.push(neighbor)
  }
  return neighbors
}
