import { type Conntrack, type ConntrackCounterName, conntrackCounterNames } from '../../facts/conntrack/index.js'
import { formatDuration } from '../../lib/duration.js'
import { describeExpectation, type Expectation, meets, numberType, type ValueType } from '../../lib/expectation.js'
import { percentType } from '../../lib/value-types.js'
import type { Finding } from '../../model/check.js'
import type { Spec } from './schema.js'

export function judge(spec: Spec, seen: Conntrack): readonly Finding[] {
  return [
    ...(spec.used === undefined ? [] : [judgeUsed(spec.used, seen)]),
    ...(spec.entries === undefined ? [] : [judgeAmount('entries', spec.entries, seen.entries, seen)]),
    ...(spec.maximum === undefined ? [] : [judgeAmount('maximum', spec.maximum, seen.maximum, seen)]),
    ...conntrackCounterNames.flatMap((name) => {
      const expected = spec[name]
      return expected === undefined ? [] : [judgeCounter(name, expected, spec.over, seen)]
    }),
  ]
}

const fill = ({ entries, maximum }: Conntrack): string => `${entries ?? '?'} of ${maximum ?? '?'}`

/** Nothing may be tracked at all, and then few entries prove little. */
const empty = ({ entries }: Conntrack): string =>
  entries === 0 ? 'The table is empty: does a firewall or NAT rule of this host track connections at all? `nft list ruleset` shows it.' : ''

const widen =
  'Raise net.netfilter.nf_conntrack_max (and nf_conntrack_buckets), shorten its timeouts, or find who opens so many: `conntrack -L`.'

function judgeUsed(expected: Expectation<string>, seen: Conntrack): Finding {
  const finding = { subject: 'conntrack: used', expected: describeExpectation(percentType, expected), actual: fill(seen) }
  const { entries, maximum } = seen
  if (entries === null || maximum === null)
    return {
      ...finding,
      verdict: 'error',
      message: 'The host does not show both: look at `sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max`.',
    }
  // 0 is no bound (`nf_conntrack_max` in net/netfilter/nf_conntrack_core.c).
  if (maximum === 0) return { ...finding, verdict: 'error', message: 'A maximum of 0 is no bound, so nothing is a part of it.' }
  const value = (entries / maximum) * 100
  const actual = `${percentType.show(value)} (${fill(seen)})`
  if (meets(percentType, expected, value)) return { ...finding, actual, verdict: 'pass', message: empty(seen) }
  return { ...finding, actual, verdict: 'fail', message: entries === 0 ? empty(seen) : `A full table drops every new connection. ${widen}` }
}

function judgeAmount(property: 'entries' | 'maximum', expected: Expectation<number>, amount: number | null, seen: Conntrack): Finding {
  const finding = { subject: `conntrack: ${property}`, expected: describeExpectation(numberType, expected) }
  if (amount === null) {
    const key = property === 'entries' ? 'nf_conntrack_count' : 'nf_conntrack_max'
    return {
      ...finding,
      verdict: 'error',
      actual: 'not shown',
      message: `The host does not show it: look at \`sysctl net.netfilter.${key}\`.`,
    }
  }
  const actual = String(amount)
  const holds = meets(numberType as ValueType<number, number>, expected, amount)
  if (property === 'maximum') {
    const message = 'It is net.netfilter.nf_conntrack_max: a module that is loaded later than sysctl.d is read starts with its own.'
    return { ...finding, verdict: holds ? 'pass' : 'fail', actual, message: holds ? '' : message }
  }
  if (holds) return { ...finding, verdict: 'pass', actual, message: empty(seen) }
  return {
    ...finding,
    verdict: 'fail',
    actual,
    message: amount === 0 ? empty(seen) : `There is room for ${seen.maximum ?? 'an unknown number'}. Who opens them: \`conntrack -L\`.`,
  }
}

const meanings: Readonly<Record<ConntrackCounterName, string>> = {
  invalid:
    'Packets belong to no connection that this host knows: it sees one direction alone (an asymmetric path), or connections outlived its memory. `path-symmetry` shows the path; `sysctl net.netfilter.nf_conntrack_log_invalid=6` would log them.',
  drop: `Packets were dropped, since they could not be tracked. ${widen}`,
  'early-drop': `Connections were forgotten before their time, since the table is full. ${widen}`,
  'insert-failed': 'Two packets of one new connection met, as with DNS over NAT from one socket, or NAT found no free port.',
  'search-restart': 'The table was resized while it was looked into, again and again.',
}

function judgeCounter(name: ConntrackCounterName, expected: Expectation<number>, over: string | undefined, seen: Conntrack): Finding {
  const words = describeExpectation(numberType, expected)
  const finding = { subject: `conntrack: ${name}`, expected: over === undefined ? words : `${words} over ${over}` }
  const counter = seen.counters.find((candidate) => candidate.name === name)
  if (counter === undefined) return { ...finding, verdict: 'error', actual: 'not shown', message: 'This kernel does not count it.' }
  if (over !== undefined && seen.afterMs === null)
    return {
      ...finding,
      verdict: 'error',
      actual: 'read once',
      message: 'The counters were not read for a second time, so their growth is not known.',
    }
  const amount = over === undefined ? counter.total : counter.growth
  if (amount === null) {
    const message = 'A counter went backwards: it ran over, or the module was loaded anew. Count again.'
    return { ...finding, verdict: 'error', actual: 'counted backwards', message }
  }
  const actual = seen.afterMs === null ? String(amount) : `+${amount} in ${formatDuration(seen.afterMs)}`
  if (meets(numberType, expected, amount)) return { ...finding, verdict: 'pass', actual, message: '' }
  const since = over === undefined ? ' It has counted since the start: with `over` it is what happens now.' : ''
  return { ...finding, verdict: 'fail', actual, message: `${meanings[name]}${since}` }
}
