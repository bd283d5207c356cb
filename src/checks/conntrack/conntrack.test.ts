import { describe, expect, it } from 'vitest'
import type { Conntrack } from '../../facts/conntrack/index.js'
import { nothingLearnt } from '../../lib/learnt.js'
import type { CheckContext } from '../../model/check.js'
import { conntrack } from './index.js'
import type { Spec } from './schema.js'

const context = { host: { name: 'fw1' } } as CheckContext

const table = (more: Partial<Conntrack> = {}): Conntrack => ({
  ...{ entries: 800, maximum: 1_000, counters: [{ name: 'invalid', total: 40, growth: null }], afterMs: null },
  ...more,
})
const grown = (growth: number | null): Conntrack => table({ counters: [{ name: 'invalid', total: 40, growth }], afterMs: 5_010 })

const judge = (spec: Spec, seen: Conntrack) => conntrack.evaluate(spec, { table: seen }, context, nothingLearnt)

const widen =
  'Raise net.netfilter.nf_conntrack_max (and nf_conntrack_buckets), shorten its timeouts, or find who opens so many: `conntrack -L`.'
const asymmetric =
  'Packets belong to no connection that this host knows: it sees one direction alone (an asymmetric path), or connections outlived its memory. `path-symmetry` shows the path; `sysctl net.netfilter.nf_conntrack_log_invalid=6` would log them.'
const nothing = 'The table is empty: does a firewall or NAT rule of this host track connections at all? `nft list ruleset` shows it.'
const over = '5s'

describe('conntrack', () => {
  it.each<[Spec, Conntrack, string, string, string, string, string]>([
    [{ used: { max: '80%' } }, table(), 'used', 'pass', 'at most 80 %', '80 % (800 of 1000)', ''],
    [
      { used: { max: '79%' } },
      table(),
      'used',
      'fail',
      'at most 79 %',
      '80 % (800 of 1000)',
      `A full table drops every new connection. ${widen}`,
    ],
    [{ used: { max: '80%' } }, table({ entries: 0 }), 'used', 'pass', 'at most 80 %', '0 % (0 of 1000)', nothing],
    [{ used: { min: '1%' } }, table({ entries: 0 }), 'used', 'fail', 'at least 1 %', '0 % (0 of 1000)', nothing],
    [
      { used: { max: '80%' } },
      table({ maximum: null }),
      'used',
      'error',
      'at most 80 %',
      '800 of ?',
      'The host does not show both: look at `sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max`.',
    ],
    [
      { used: { max: '80%' } },
      table({ maximum: 0 }),
      'used',
      'error',
      'at most 80 %',
      '800 of 0',
      'A maximum of 0 is no bound, so nothing is a part of it.',
    ],
    [{ entries: { max: 800 } }, table(), 'entries', 'pass', 'at most 800', '800', ''],
    [{ entries: { max: 5 } }, table(), 'entries', 'fail', 'at most 5', '800', 'There is room for 1000. Who opens them: `conntrack -L`.'],
    [{ entries: 0 }, table({ entries: 0 }), 'entries', 'pass', '0', '0', nothing],
    [
      { entries: { max: 5 } },
      table({ entries: null }),
      'entries',
      'error',
      'at most 5',
      'not shown',
      'The host does not show it: look at `sysctl net.netfilter.nf_conntrack_count`.',
    ],
    [{ maximum: { min: 1_000 } }, table(), 'maximum', 'pass', 'at least 1000', '1000', ''],
    [
      { maximum: { min: 1_001 } },
      table(),
      'maximum',
      'fail',
      'at least 1001',
      '1000',
      'It is net.netfilter.nf_conntrack_max: a module that is loaded later than sysctl.d is read starts with its own.',
    ],
    [{ invalid: { max: 40 } }, table(), 'invalid', 'pass', 'at most 40', '40', ''],
    [
      { invalid: 0 },
      table(),
      'invalid',
      'fail',
      '0',
      '40',
      `${asymmetric} It has counted since the start: with \`over\` it is what happens now.`,
    ],
    [{ invalid: 0, over }, grown(0), 'invalid', 'pass', '0 over 5s', '+0 in 5.0 s', ''],
    [{ invalid: 0, over }, grown(7), 'invalid', 'fail', '0 over 5s', '+7 in 5.0 s', asymmetric],
    [
      { invalid: { not: 3 }, over },
      grown(null),
      'invalid',
      'error',
      'not 3 over 5s',
      'counted backwards',
      'A counter went backwards: it ran over, or the module was loaded anew. Count again.',
    ],
    [
      { invalid: 0, over },
      table(),
      'invalid',
      'error',
      '0 over 5s',
      'read once',
      'The counters were not read for a second time, so their growth is not known.',
    ],
    [{ 'early-drop': 0 }, table(), 'early-drop', 'error', '0', 'not shown', 'This kernel does not count it.'],
    [
      { drop: 0, over },
      table({ counters: [{ name: 'drop', total: 9, growth: 9 }], afterMs: 5_010 }),
      'drop',
      'fail',
      '0 over 5s',
      '+9 in 5.0 s',
      `Packets were dropped, since they could not be tracked. ${widen}`,
    ],
  ])('%j', (spec, seen, property, verdict, expected, actual, message) => {
    expect(judge(spec, seen)).toEqual([{ subject: `conntrack: ${property}`, verdict, expected, actual, message }])
  })

  it('asks once for what is judged as it stands, and twice for what grows', () => {
    expect(conntrack.needs({ used: { max: '80%' } }, context)).toEqual({ table: { fact: 'conntrack', host: 'fw1', args: { overMs: 0 } } })
    expect(conntrack.needs({ drop: 0, over }, context)).toEqual({ table: { fact: 'conntrack', host: 'fw1', args: { overMs: 5_000 } } })
  })

  it.each<[Spec, string]>([
    [{ used: '5%', over }, '`over` is about counters, and none is expected'],
    [{ drop: 0, over: '50ms' }, '50ms is not between 100ms and 10m'],
    [{ used: { min: '9%', max: '5%' } }, '`min` 9% is more than `max` 5%'],
    [{ drop: { min: 9, max: 5 } }, '`min` 9 is more than `max` 5'],
    [{ drop: { min: 0 } }, 'it is always at least 0: that proves nothing'],
    [{ used: { min: '0%' } }, 'it is always at least 0: that proves nothing'],
  ])('refuses %j', (spec, message) => {
    expect(conntrack.problems?.(spec).map((problem) => problem.message)).toEqual([message])
  })
})
