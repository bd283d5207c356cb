import { NotUnderstood } from '../../lib/errors.js'
import { finishNeighbor } from './draft.js'
import type { Neighbor } from './value.js'

/** ATF_COM, ATF_PERM and ATF_PUBL of include/uapi/linux/if_arp.h. */
const flagBits = { complete: 0x2, permanent: 0x4, published: 0x8 } as const

const heading = /^IP address +HW type +Flags +HW address +Mask +Device *$/
const row = /^(\S+) +0x[0-9a-f]+ +0x([0-9a-f]+) +(\S+) +\S+ +(\S+) *$/

/**
 * Reads /proc/net/arp (`arp_seq_show`, net/ipv4/arp.c): IPv4 alone, without the entries that need no ARP. Of the state it shows
 * only whether the address is known, and whether it was set for good.
 * @throws NotUnderstood
 */
export function readProcArp(stdout: string): readonly Neighbor[] {
  const [first = '', ...lines] = stdout.split('\n')
  if (!heading.test(first)) throw new NotUnderstood('the heading of /proc/net/arp', first)
  return lines.flatMap((line) => (line === '' ? [] : readRow(line)))
}

function readRow(line: string): readonly Neighbor[] {
  const [, address, hex = '', mac, name] = row.exec(line) ?? []
  if (address === undefined || mac === undefined || name === undefined) throw new NotUnderstood('a row of /proc/net/arp', line)
  const flags = Number.parseInt(hex, 16)
  const has = (bit: number): boolean => (flags & bit) !== 0
  if (has(flagBits.published)) return []
  const neighbor = finishNeighbor({
    address,
    interface: name,
    mac: has(flagBits.complete) ? mac : null,
    state: has(flagBits.permanent) ? 'PERMANENT' : null,
    router: null,
  })
  return neighbor === null ? [] : [neighbor]
}
