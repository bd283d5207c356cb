import { type CounterName, counterNames, type InterfaceCounters } from '../../facts/interface-counters/index.js'
import { findingOf } from '../../lib/comparison.js'
import { formatDuration, parseDuration } from '../../lib/duration.js'
import { describeExpectation, meets, numberType } from '../../lib/expectation.js'
import type { Finding } from '../../model/check.js'
import type { Spec } from './schema.js'

/** @returns the window in milliseconds; null when no counter is expected to be anything. */
export const windowOf = ({ counters }: Spec): number | null =>
  counters === undefined ? null : (parseDuration(counters.over ?? '5s') ?? null)

/** How each counter grew between two readings. */
export function judgeCounters(spec: Spec, name: string, read: InterfaceCounters | undefined, label: string): readonly Finding[] {
  const { counters } = spec
  if (counters === undefined || read === undefined) return []
  const own = read.interfaces.find((each) => each.name === name)
  return counterNames.flatMap((counter) => {
    const expectation = counters[counter]
    if (expectation === undefined) return []
    const change = own?.changes.find((each) => each.counter === counter)?.change
    const time = `in ${formatDuration(read.afterMs)}`
    const base = {
      property: counter,
      expected: `${describeExpectation(numberType, expectation)} in ${formatDuration(windowOf(spec) ?? 0)}`,
    }
    const open = (actual: string, message: string): Finding[] => [findingOf(label, { ...base, outcome: 'unknown', actual }, message)]
    if (own === undefined || own.replaced) return open('nothing to compare', 'The interface came or went between the two readings.')
    if (change === undefined)
      return open('not shown by this host', 'Its kernel, or /proc/net/dev where there is no /sys, does not count that by itself.')
    if (change < 0)
      return open(
        `${change} ${time}`,
        'A counter that goes backwards was reset, by the driver or by its device: look at the log of the kernel.',
      )
    const met = meets(numberType, expectation, change)
    return [
      findingOf(label, { ...base, outcome: met ? 'met' : 'unmet', actual: `${change} ${time}` }, met ? '' : explain(counter, name, change)),
    ]
  })
}

/** What makes a counter grow (Documentation/networking/statistics.rst). */
const causes: Partial<Record<CounterName, string>> = {
  'rx-errors': 'Frames arrive broken: cable, SFP, a port that does not fit the other in speed or duplex.',
  'rx-crc-errors': 'Frames arrive broken: cable, SFP, or duplex that differs at the two ends.',
  'rx-frame-errors': 'Frames arrive broken: cable, SFP, or duplex that differs at the two ends.',
  'rx-length-errors': 'Frames arrive that are longer than the MTU, or shorter than they say: compare the MTU of the LAN.',
  'rx-over-errors': 'The device is faster than what takes its frames: ring buffers, interrupts, CPU.',
  'rx-fifo-errors': 'The device is faster than what takes its frames: ring buffers (`ethtool -g`), interrupts, CPU.',
  'rx-missed-errors': 'The device is faster than what takes its frames: ring buffers (`ethtool -g`), interrupts, CPU.',
  'rx-dropped':
    'Frames arrive that nobody here wants (unknown protocols, foreign VLANs), or memory or CPU is short (`cat /proc/net/softnet_stat`).',
  'tx-dropped': 'More is sent than the interface or its queue takes, or it is down: look at `tc -s qdisc show dev`.',
  'tx-errors': 'Frames cannot be sent: the device or the cable.',
  'tx-carrier-errors': 'The signal goes while frames are sent: cable, SFP, switch port.',
  collisions: 'Duplex that differs at the two ends: a full duplex link has none.',
  'carrier-changes': 'The link goes down and up: cable, SFP, switch port, or a bond or spanning tree that changes over.',
}

function explain(counter: CounterName, name: string, change: number): string {
  const cause = change === 0 ? 'Nothing of the kind was counted: no traffic, or it takes another interface.' : (causes[counter] ?? '')
  return `${cause} Look at \`ip -s -s link show ${name}\` and \`ethtool -S ${name}\`.`.trim()
}
