import { describeExpectation, meets, numberType } from '../../lib/expectation.js'
import type { Packet } from '../../lib/pcap/index.js'
import { counted } from '../../lib/plural.js'
import type { Finding } from '../../model/check.js'
import { isComplete, judgeCount, sortAddresses, withFlag } from './judge.js'
import { describeProbe, outcomeOf } from './probe.js'
import { type AddressExpectation, type CountExpectation, type FlagName, flagNames, prefixesOf } from './spec.js'
import { describeCount, describePackets, describeSubject, type Sight, tellProbe, whyIncomplete } from './words.js'

/** Everything that is expected of a capture, or the one reason why it proves nothing. */
export function findingsOf(sight: Sight): readonly Finding[] {
  const { spec, capture } = sight
  const doubt = doubtOf(sight)
  if (doubt !== null) return [doubt]
  const { packets, flags, sources, destinations, length } = spec
  return [
    ...(packets === undefined ? [] : [countFinding(sight, 'packets', packets, capture.packets, true)]),
    ...flagNames.flatMap((name) => flagFinding(sight, name, flags?.[name])),
    ...(sources === undefined ? [] : [addressFinding(sight, 'source', sources)]),
    ...(destinations === undefined ? [] : [addressFinding(sight, 'destination', destinations)]),
    ...(length === undefined ? [] : [lengthFinding(sight, length)]),
  ]
}

/** What makes any verdict on the packets worthless. */
function doubtOf({ spec, capture, answer, context }: Sight): Finding | null {
  if (capture.dropped.kernel > 0) {
    return {
      verdict: 'error',
      subject: `capture on ${spec.interface}`,
      expected: 'every packet that the filter takes',
      actual: `the kernel dropped ${counted(capture.dropped.kernel, 'packet')}`,
      message: `More came than tcpdump could take on ${context.host.name}, so what was not seen may have been there. Narrow the \`filter\`, or lower \`snap-length\`.`,
    }
  }
  if (spec.probe === undefined || answer === null) return null
  const { isSent, words } = outcomeOf(answer)
  if (isSent === true) return null
  return {
    verdict: 'error',
    subject: `probe ${describeProbe(spec.probe, context)}`,
    expected: 'sent',
    actual: `${isSent === false ? 'not sent' : 'perhaps not sent'}: ${words}`,
    message: `What does not leave ${spec.probe.from ?? context.host.name} cannot be seen anywhere, so the capture proves nothing.`,
  }
}

function flagFinding(sight: Sight, name: FlagName, expectation: CountExpectation | undefined): readonly Finding[] {
  if (expectation === undefined) return []
  const { packets, isUnsure } = withFlag(sight.capture, name)
  return [countFinding(sight, `flags ${name}`, expectation, packets, !isUnsure)]
}

function countFinding(sight: Sight, about: string, expectation: CountExpectation, packets: readonly Packet[], isSure: boolean): Finding {
  const isAll = isSure && isComplete(sight.capture)
  const verdict = judgeCount(expectation, { number: packets.length, isAll })
  const why = isSure ? whyIncomplete(sight) : 'Some TCP packets were cut off before their flags: raise `snap-length`.'
  return {
    verdict,
    subject: describeSubject(sight, about),
    expected: describeExpectation(numberType, expectation),
    actual: describeCount(sight, packets.length, isAll),
    message: verdict === 'pass' ? '' : verdict === 'error' ? why : explainCount(sight, packets),
  }
}

function explainCount(sight: Sight, packets: readonly Packet[]): string {
  if (packets.length > 0) return sentences([`Seen: ${describePackets(packets)}.`, tellProbe(sight)])
  const { spec, context, capture } = sight
  const others = capture.packets.length
  if (others > 0) return sentences([`Seen instead: ${describePackets(capture.packets)}.`, tellProbe(sight)])
  const from = spec.probe?.from ?? context.host.name
  const next =
    spec.probe === undefined
      ? `Look at the traffic with \`tcpdump -ni ${spec.interface}\` on ${context.host.name}, without a filter.`
      : from === context.host.name
        ? `It left by another interface, or not at all: look at \`ip route get\` on ${from}, and at its firewall.`
        : `It was lost before ${context.host.name}, or came in by another interface: look at \`ip route get\` on ${from}, at firewalls on the way, and at \`tcpdump -ni any\` on ${context.host.name}.`
  return sentences([`Nothing came that the filter takes, while a canary showed that the capture listened.`, tellProbe(sight), next])
}

function addressFinding(sight: Sight, end: 'source' | 'destination', expectation: AddressExpectation): Finding {
  const { prefixes, isExact } = prefixesOf(expectation)
  const { packets, ended, dropped } = sight.capture
  const { missing, others, seen, unknown } = sortAddresses(packets, end, prefixes)
  // A number of packets that was wished for is the whole of what is asked about.
  const isAll = ended !== 'full' && dropped.interface === 0
  const isUnsure = (isExact && (!isAll || unknown > 0)) || (missing.length > 0 && !isAll)
  const isWrong = (isExact && others.size > 0) || (missing.length > 0 && isAll)
  const verdict = isWrong ? 'fail' : isUnsure ? 'error' : 'pass'
  const list = [...seen].map(([address, count]) => `${address} (${count})`)
  return {
    verdict,
    subject: describeSubject(sight, `${end}s`),
    expected: `${isExact ? '' : 'at least '}${prefixes.join(', ')}`,
    actual: list.length === 0 ? 'none' : `${list.slice(0, 20).join(', ')}${list.length > 20 ? ` and ${list.length - 20} others` : ''}`,
    message: verdict === 'pass' ? '' : explainAddresses(sight, end, { missing, others: isExact ? others : new Map(), unknown, isAll }),
  }
}

interface Odd {
  readonly missing: readonly string[]
  readonly others: ReadonlyMap<string, number>
  readonly unknown: number
  readonly isAll: boolean
}

function explainAddresses(sight: Sight, end: 'source' | 'destination', { missing, others, unknown, isAll }: Odd): string {
  const word = end === 'source' ? 'from' : 'to'
  const nat = end === 'source' ? 'source NAT or another interface' : 'destination NAT or a load balancer'
  const odd = [...others.keys()].slice(0, 5).join(', ')
  return sentences([
    missing.length === 0 ? '' : `No packet goes ${word} ${missing.join(', ')}.`,
    others.size === 0
      ? ''
      : `Packets go ${word} ${odd}, which was not expected: ${nat} on the way, or somebody else's traffic that the filter takes, too.`,
    unknown === 0 ? '' : `${counted(unknown, 'packet')} had no IP address that was captured: narrow the \`filter\`.`,
    isAll ? '' : whyIncomplete(sight),
    tellProbe(sight),
  ])
}

function lengthFinding(sight: Sight, expectation: CountExpectation): Finding {
  const { packets, ended, dropped } = sight.capture
  const wrong = packets.filter(({ length }) => !meets(numberType, expectation, length))
  const lengths = packets.map(({ length }) => length)
  const isAll = ended !== 'full' && dropped.interface === 0
  const verdict = wrong.length > 0 ? 'fail' : packets.length === 0 || !isAll ? 'error' : 'pass'
  const why = packets.length === 0 ? `No packet came, so none could be measured. ${tellProbe(sight)}`.trim() : whyIncomplete(sight)
  return {
    verdict,
    subject: describeSubject(sight, 'length'),
    expected: `${describeExpectation(numberType, expectation)} bytes`,
    actual: packets.length === 0 ? 'no packet' : `${range(lengths)} bytes in ${counted(packets.length, 'packet')}`,
    message: verdict === 'pass' ? '' : verdict === 'error' ? why : `Not so: ${describePackets(wrong)}.`,
  }
}

function range(numbers: readonly number[]): string {
  const [least, most] = numbers.reduce(([low, high], number) => [Math.min(low, number), Math.max(high, number)], [Infinity, 0])
  return least === most ? String(least) : `${least} to ${most}`
}

const sentences = (all: readonly string[]): string => all.filter((one) => one !== '').join(' ')
