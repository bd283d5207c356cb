import { canonicalAddress } from '../../lib/address.js'
import { addressTypes, flagBits, icmp6Types, icmpTypes, numberIn, packetTypes, stateBits } from '../../lib/netfilter/names.js'
import { entriesTest, maskedNumber, names, portRange } from './iptables-values.js'
import type { Option } from './iptables-words.js'
import type { Field, Range, Statement } from './value.js'

/** What an option of a match says; null: it may hold or not, as the packet alone does not decide it, or it is not understood. */
type Reader = (option: Option) => readonly Statement[] | null

const never: Statement = { kind: 'test', fields: [], negate: true, entries: [[]] }
const always: readonly Statement[] = []

const ranged =
  (field: Field, read: (text: string) => Range | null): Reader =>
  ({ args: [text = ''], negate }) => {
    const ranges = text.split(',').map(read)
    return ranges.includes(null)
      ? null
      : [
          entriesTest(
            field,
            negate,
            ranges.flatMap((range) => (range === null ? [] : [range])),
          ),
        ]
  }

const among =
  (field: Field, read: (text: string) => readonly number[] | null): Reader =>
  ({ args: [text = ''], negate }) => {
    const numbers = read(text)
    return numbers === null
      ? null
      : [
          entriesTest(
            field,
            negate,
            numbers.map((number): Range => [number, number]),
          ),
        ]
  }

const marked =
  (field: Field): Reader =>
  ({ args: [text = ''], negate }) => {
    const known = maskedNumber(text)
    return known === null ? null : [{ kind: 'bits', field, mask: known.mask, values: [known.value], negate }]
  }

/** `8`, `3/4`, `any`; 255 is any, too (libipt_icmp.c). */
function icmp(type: Field, code: Field, table: Readonly<Record<string, number>>): Reader {
  return ({ args: [text = ''], negate }) => {
    const [name = '', codeText] = text.split('/')
    if (name === 'any' || name === '255') return negate ? [never] : always
    const number = numberIn(table, name)
    const codeNumber = codeText === undefined ? null : numberIn({}, codeText)
    if (number === null || (codeText !== undefined && codeNumber === null)) return null
    if (codeNumber === null) return [entriesTest(type, negate, [[number, number]])]
    return [
      {
        kind: 'test',
        fields: [type, code],
        negate,
        entries: [
          [
            [number, number],
            [codeNumber, codeNumber],
          ],
        ],
      },
    ]
  }
}

/** `--tcp-flags FIN,SYN,RST,ACK SYN`. */
const tcpFlags: Reader = ({ args: [mask = '', wanted = ''], negate }) => {
  const bits = (text: string): number | null => {
    if (text === 'NONE') return 0
    if (text === 'ALL') return 63
    const numbers = names(flagBits, text)
    return numbers === null ? null : numbers.reduce((sum, bit) => sum | bit, 0)
  }
  const maskBits = bits(mask)
  const value = bits(wanted)
  return maskBits === null || value === null ? null : [{ kind: 'bits', field: 'tcp-flags', mask: maskBits, values: [value], negate }]
}

/** A state is a bit of a word; SNAT and DNAT stand in the same option (libxt_conntrack.c). */
const states: Reader = ({ args: [text = ''], negate }) => {
  const words = text.toUpperCase().split(',')
  const translated = words.filter((word) => ['SNAT', 'DNAT'].includes(word))
  const numbers = names(stateBits, words.filter((word) => !translated.includes(word)).join(','))
  if (translated.length === 0)
    return numbers === null
      ? null
      : [
          entriesTest(
            'ct-state',
            negate,
            numbers.map((bit): Range => [bit, bit]),
          ),
        ]
  if (translated.length < words.length) return null
  const mask = (translated.includes('SNAT') ? 16 : 0) | (translated.includes('DNAT') ? 32 : 0)
  return [{ kind: 'bits', field: 'ct-status', mask, values: [0], negate: !negate }]
}

const addressList =
  (field: Field): Reader =>
  ({ args: [text = ''], negate }) => {
    const [low, high = low] = text.split('-').map(canonicalAddress)
    return low === undefined || low === null || high === null || high === undefined ? null : [entriesTest(field, negate, [[low, high]])]
  }

/** Either end has the port. */
const anyPort: Reader = ({ args: [text = ''], negate }) => {
  const ranges = text.split(',').map(portRange)
  if (ranges.includes(null)) return null
  const all: Range = [0, 65_535]
  const entries = ranges.flatMap((range) => (range === null ? [] : [[range, all] as const, [all, range] as const]))
  return [{ kind: 'test', fields: ['sport', 'dport'], negate, entries }]
}

const ports = {
  '--sport': ranged('sport', portRange),
  '--dport': ranged('dport', portRange),
  '--source-port': ranged('sport', portRange),
  '--destination-port': ranged('dport', portRange),
}
const type = (field: Field): Reader => among(field, (text) => names(addressTypes, text))

/** By match and option. A match that is not here, or an option of one, may hold or not. */
const readers: Readonly<Record<string, Readonly<Record<string, Reader>>>> = {
  tcp: { ...ports, '--tcp-flags': tcpFlags, '--syn': ({ negate }) => tcpFlags({ name: '', args: ['FIN,SYN,RST,ACK', 'SYN'], negate }) },
  udp: ports,
  udplite: ports,
  sctp: ports,
  dccp: ports,
  multiport: {
    ...ports,
    '--sports': ports['--sport'],
    '--dports': ports['--dport'],
    '--source-ports': ports['--sport'],
    '--destination-ports': ports['--dport'],
    '--ports': anyPort,
    '--port': anyPort,
  },
  state: { '--state': states },
  conntrack: {
    '--ctstate': states,
    '--ctdir': among('ct-direction', (text) => (text === 'ORIGINAL' ? [0] : text === 'REPLY' ? [1] : null)),
  },
  icmp: { '--icmp-type': icmp('icmp-type', 'icmp-code', icmpTypes) },
  icmp6: { '--icmpv6-type': icmp('icmp6-type', 'icmp6-code', icmp6Types) },
  iprange: { '--src-range': addressList('saddr'), '--dst-range': addressList('daddr') },
  mark: { '--mark': marked('mark') },
  connmark: { '--mark': marked('ct-mark') },
  pkttype: { '--pkt-type': among('packet-type', (text) => names(packetTypes, text)) },
  // With --limit-iface-in or -out it asks whether the address is one of that interface.
  addrtype: { '--src-type': type('saddr-type'), '--dst-type': type('daddr-type') },
  comment: { '--comment': () => always },
  rpfilter: {
    '--invert': () => [never],
    '--loose': () => always,
    '--validmark': () => always,
    '--accept-local': () => always,
  },
  // Only packets with such a header, and fragments, which are not judged.
  rt: {},
  frag: {},
}

/** Matches that hold of no packet that is judged: they look at extension headers and fragments (libip6t_rt.c, libip6t_frag.c). */
const absent = ['rt', 'frag', 'ah', 'esp', 'dst', 'hbh', 'mh', 'ipcomp', 'srh']

/** A match with its options; `what` are its words, for what is not understood. */
export function readIptablesMatch(name: string, options: readonly Option[], what: string): readonly Statement[] {
  if (absent.includes(name)) return name === 'esp' || name === 'ah' || name === 'ipcomp' ? [{ kind: 'unsure', what }] : [never]
  const known = Object.hasOwn(readers, name) ? readers[name] : undefined
  const statements: Statement[] = []
  for (const option of options) {
    const reader = known !== undefined && Object.hasOwn(known, option.name) ? known[option.name] : undefined
    const read = reader?.(option)
    if (read === undefined || read === null) return [{ kind: 'unsure', what }]
    statements.push(...read)
  }
  return known === undefined ? [{ kind: 'unsure', what }] : statements
}
