import { readFileSync } from 'node:fs'

/**
 * How often a neighbour was refused because the table was full. All namespaces of a machine share one ARP table of at most
 * net.ipv4.neigh.default.gc_thresh3 entries (1024 by default, arp(7)): once it is full packets are lost, here and in every other lab.
 */
export function refusedNeighbours(): number {
  const [header = '', ...rows] = readFileSync('/proc/net/stat/arp_cache', 'utf8').trim().split('\n')
  const column = header.split(/\s+/).indexOf('table_fulls')
  return rows.reduce((sum, row) => sum + Number.parseInt(row.split(/\s+/)[column] ?? '0', 16), 0)
}
