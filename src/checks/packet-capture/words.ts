import type { Capture } from '../../facts/capture/index.js'
import { addressFamily } from '../../lib/address.js'
import { formatDuration } from '../../lib/duration.js'
import type { Packet } from '../../lib/pcap/index.js'
import { counted } from '../../lib/plural.js'
import type { CheckContext } from '../../model/check.js'
import { describeProbe, outcomeOf, type ProbeAnswer } from './probe.js'
import type { PacketCaptureSpec } from './spec.js'

/** A capture, and what was sent meanwhile. */
export interface Sight {
  readonly spec: PacketCaptureSpec
  readonly capture: Capture
  readonly answer: ProbeAnswer | null
  readonly context: CheckContext
}

/** `capture on eth0 (tcp port 443): packets`. */
export function describeSubject({ spec }: Sight, about: string): string {
  return `capture on ${spec.interface}${spec.filter === undefined ? '' : ` (${spec.filter})`}: ${about}`
}

/** `none in 1.2 s`, `at least 1000 in 0.3 s`. */
export function describeCount({ capture }: Sight, number: number, isAll: boolean): string {
  const count = number === 0 ? `none${isAll ? '' : ' seen'}` : `${isAll ? '' : 'at least '}${number}`
  return `${count} in ${formatDuration(capture.listenedMs)}`
}

/** What became of the probe, as a sentence; empty without one. */
export function tellProbe({ spec, answer, context }: Sight): string {
  if (spec.probe === undefined || answer === null) return ''
  return `Meanwhile ${describeProbe(spec.probe, context)} said: ${outcomeOf(answer).words}.`
}

/** Why there may be more packets than those that were captured. */
export function whyIncomplete({ capture, spec, context }: Sight): string {
  const { ended, dropped, packets } = capture
  if (ended === 'count') return `It stopped at ${counted(packets.length, 'packet')}, as \`until-count\` says; more may have come.`
  if (ended === 'full')
    return `More came than is kept of one capture (${counted(packets.length, 'packet')}): narrow the \`filter\`, or shorten \`for\`.`
  return (
    `${spec.interface} itself lost ${counted(dropped.interface, 'packet')} meanwhile, before any capture could see them. ` +
    `Look at \`ip -s link show ${spec.interface}\` on ${context.host.name}.`
  )
}

/** The first of the packets in words, equal ones counted. */
export function describePackets(packets: readonly Packet[]): string {
  const groups = new Map<string, number>()
  for (const packet of packets) groups.set(describePacket(packet), (groups.get(describePacket(packet)) ?? 0) + 1)
  const shown = [...groups].slice(0, 4).map(([words, count]) => (count === 1 ? words : `${count} × ${words}`))
  return `${shown.join('; ')}${groups.size > shown.length ? `; and ${groups.size - shown.length} others` : ''}`
}

function describePacket(packet: Packet): string {
  const { source, destination, sourcePort, destinationPort, sourceMac, targetMac, protocol, flags, icmp, vlans, isLaterFragment } = packet
  const from = source === null ? (sourceMac ?? '?') : endpoint(source, sourcePort)
  const to = destination === null ? (targetMac ?? '?') : endpoint(destination, destinationPort)
  const more = [
    flags === null ? '' : flags.length === 0 ? '' : `[${flags.join(' ')}]`,
    icmp === null ? '' : `${icmp.type}/${icmp.code}`,
    isLaterFragment ? '(fragment)' : '',
    vlans.length === 0 ? '' : `vlan ${vlans.join('.')}`,
  ]
  return [`${from} > ${to} ${protocol}`, ...more.filter((word) => word !== '')].join(' ')
}

function endpoint(address: string, port: number | null): string {
  if (port === null) return address
  return addressFamily(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`
}
