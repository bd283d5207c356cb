import { NotUnderstood } from '../../lib/errors.js'
import type { Bond, BondMember, BondMode } from './value.js'

/** `bond_mode_name` in drivers/net/bonding/bond_main.c. */
const modes: readonly (readonly [string, BondMode])[] = [
  ['load balancing (round-robin)', 'balance-rr'],
  ['fault-tolerance (active-backup)', 'active-backup'],
  ['load balancing (xor)', 'balance-xor'],
  ['fault-tolerance (broadcast)', 'broadcast'],
  ['IEEE 802.3ad Dynamic link aggregation', '802.3ad'],
  ['transmit load balancing', 'balance-tlb'],
  ['adaptive load balancing', 'balance-alb'],
]

/** Of a bond or of one of its members: what stands behind each `Words:`, the first time that it does. */
type Section = ReadonlyMap<string, string>

/**
 * Reads the files of /proc/net/bonding one after another, each behind a line `bond NAME`
 * (`bond_info_show_master` and `bond_info_show_slave`, drivers/net/bonding/bond_procfs.c).
 * @throws NotUnderstood
 */
export function readBonding(stdout: string): readonly Bond[] {
  const text = stdout.trimEnd()
  if (!/(^|\n)end$/.test(text)) throw new NotUnderstood('the bonds of /proc/net/bonding', stdout)
  const [before = '', ...files] = text.replace(/\n?end$/, '').split(/^bond (?=\S+$)/m)
  if (before.trim() !== '') throw new NotUnderstood('the bonds of /proc/net/bonding', before)
  return files.map((file) => {
    const [name = '', ...lines] = file.split('\n')
    return readBond(name, lines.join('\n'))
  })
}

function readBond(name: string, text: string): Bond {
  // A member begins at its own line.
  const [head = '', ...members] = text.split(/^(?=Slave Interface: )/m)
  const own = readSection(head)
  const words = own.get('Bonding Mode') ?? ''
  const mode = modes.find(([beginning]) => words.startsWith(beginning))?.[1]
  if (mode === undefined) throw new NotUnderstood('a mode in /proc/net/bonding', head)
  const active = own.get('Currently Active Slave') ?? 'None'
  return {
    name,
    mode,
    miiStatus: own.get('MII Status') ?? null,
    activeMember: active === 'None' ? null : active,
    aggregator: wholeOf(own.get('Aggregator ID')),
    partnerMac: macOf(own.get('Partner Mac Address')),
    members: members.map(readMember),
  }
}

function readMember(text: string): BondMember {
  const own = readSection(text)
  // Its own `system mac address` comes first, the partner's below the heading.
  const partner = readSection(text.split('details partner lacp pdu:')[1] ?? '')
  return {
    name: own.get('Slave Interface') ?? '',
    miiStatus: own.get('MII Status') ?? null,
    aggregator: wholeOf(own.get('Aggregator ID')),
    partnerMac: macOf(partner.get('system mac address')),
  }
}

function readSection(text: string): Section {
  const found = new Map<string, string>()
  for (const line of text.split('\n')) {
    const [, words, value] = /^\s*([^:]+): *(.*)$/.exec(line) ?? []
    if (words !== undefined && value !== undefined && !found.has(words)) found.set(words, value.trim())
  }
  return found
}

/** `N/A` for a member that is in no aggregator. */
const wholeOf = (text: string | undefined): number | null => (text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null)

const macOf = (text: string | undefined): string | null =>
  text !== undefined && /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(text) ? text.toLowerCase() : null
