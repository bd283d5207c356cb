import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { type ConsoleSetting, onConsole } from '../../../test/contracts/on-console.js'
import { eventsOf, reportOf, result, sampleReport } from '../../../test/contracts/sample-report.js'
import type { Finding } from '../../model/check.js'
import type { Report, Result, RunEvent } from '../../model/report.js'

const shown = (events: Iterable<RunEvent>, setting?: ConsoleSetting): string => onConsole(events, setting).join('')

const unmet: Finding = { verdict: 'fail', subject: 'route default: via', expected: '203.0.113.1', actual: '10.10.0.1', message: '' }
const met: Finding = { ...unmet, verdict: 'pass', actual: '203.0.113.1' }
const passed = result({ name: 'first', host: 'web1', findings: [met] })
const failed = result({ name: 'second', host: 'web1', verdict: 'fail', findings: [met, unmet] })
const lost = (host: string, name: string, reason = 'connection lost') => result({ name, host, verdict: 'error', reason })
const skipped = result({ name: 'third', host: 'web1', verdict: 'skip', reason: 'needs "second", which failed' })

const place = 'runbooks/move-web-tier.yaml:11'
const ends = (line: string, end: string): string => line + end.padStart(79 - line.length)

interface Case {
  readonly title: string
  readonly results: readonly Result[]
  readonly setting?: ConsoleSetting
  readonly report?: Partial<Report>
  readonly lines: readonly string[]
}

const summary = (counts: string): string => ` 1 host · ${counts}   1 m 02 s`

const cases: readonly Case[] = [
  { title: 'all is well', results: [passed], lines: [summary('1 check   1 passed')] },
  { title: 'all is well, quiet', results: [passed], setting: { verbosity: 'quiet' }, lines: [summary('1 check   1 passed')] },
  { title: 'nothing ran', results: [], lines: [' 0 hosts · 0 checks   0 passed   1 m 02 s'] },
  {
    title: 'a failure shows what was not met',
    results: [passed, failed],
    lines: [
      ends(' ✗ web1  second', place),
      '     route default: via',
      '       expected  203.0.113.1',
      '       actual    10.10.0.1',
      '',
      summary('2 checks   1 passed   1 failed'),
    ],
  },
  {
    title: 'quiet shows what did not pass, also what could not be determined',
    results: [lost('web1', 'first'), failed],
    setting: { verbosity: 'quiet' },
    lines: [
      ends(' ✗ web1  second', place),
      '     route default: via',
      '       expected  203.0.113.1',
      '       actual    10.10.0.1',
      '',
      ends(' ! web1  first', place),
      '     connection lost',
      '',
      summary('2 checks   0 passed   1 failed   1 undetermined'),
    ],
  },
  {
    title: 'verbose shows everything, what failed first',
    results: [passed, skipped, failed],
    setting: { verbosity: 'verbose' },
    lines: [
      ends(' ✗ web1  second', place),
      '     route default: via',
      '       expected  203.0.113.1',
      '       actual    10.10.0.1',
      '     ✓ route default: via: 203.0.113.1',
      '',
      ends(' - web1  third', place),
      '     needs "second", which failed',
      '',
      ends(' ✓ web1  first', place),
      '     ✓ route default: via: 203.0.113.1',
      '',
      summary('3 checks   1 passed   1 failed   1 skipped'),
    ],
  },
  {
    title: 'severities come in their order, and the usual one is not named',
    results: (['low', 'critical', 'high'] as const).map((severity) => result({ name: severity, host: 'web1', verdict: 'fail', severity })),
    lines: [
      ends(' ✗ web1  [critical] critical', place),
      '',
      ends(' ✗ web1  high', place),
      '',
      ends(' ✗ web1  [low] low', place),
      '',
      summary('3 checks   0 passed   3 failed'),
    ],
  },
  {
    title: 'retries are told',
    results: [result({ name: 'second', host: 'web1', verdict: 'fail', attempts: 31, durationMs: 60_214 })],
    lines: [ends(' ✗ web1  second', place), '     after 31 attempts in 1 m 00 s', '', summary('1 check   0 passed   1 failed')],
  },
  {
    title: 'an error within a failure is marked',
    results: [{ ...failed, findings: [{ ...unmet, verdict: 'error', actual: '', message: 'No answer.' }] }],
    lines: [
      ends(' ✗ web1  second', place),
      '     ! route default: via',
      '       expected  203.0.113.1',
      '     No answer.',
      '',
      summary('1 check   0 passed   1 failed'),
    ],
  },
  {
    title: 'a host of which nothing is known has one line',
    results: [lost('web1', 'first'), lost('web1', 'second'), skipped],
    lines: [' ! web1  every check (2): connection lost', '', summary('3 checks   0 passed   2 undetermined   1 skipped')],
  },
  {
    title: 'a reason that some checks share is said once',
    results: [lost('web1', 'first'), lost('web1', 'second'), lost('web1', 'third', 'ss: not found'), passed],
    lines: [
      ' ! web1  2 checks: connection lost',
      ends('     first', place),
      ends('     second', place),
      '',
      ends(' ! web1  third', place),
      '     ss: not found',
      '',
      summary('4 checks   1 passed   3 undetermined'),
    ],
  },
  {
    title: 'one check alone keeps its name and place',
    results: [lost('web1', 'first')],
    lines: [ends(' ! web1  first', place), '     connection lost', '', summary('1 check   0 passed   1 undetermined')],
  },
  {
    title: 'many hosts with the same trouble share an entry',
    results: ['web1', 'web2', 'web3', 'web4'].flatMap((host) => [lost(host, 'first'), lost(host, 'second')]),
    lines: [
      ' ! 4 hosts  every check (8): connection lost',
      '     web1, web2, web3, web4',
      '',
      ' 4 hosts · 8 checks   0 passed   8 undetermined   1 m 02 s',
    ],
  },
  {
    title: 'failures below --fail-on are said to be',
    results: [result({ name: 'second', host: 'web1', verdict: 'fail', severity: 'info' })],
    report: { exitCode: 0 },
    lines: [
      ends(' ✗ web1  [info] second', place),
      '',
      ' ! No failure is as severe as --fail-on asks, so the run passes all the same.',
      '',
      summary('1 check   0 passed   1 failed'),
    ],
  },
  {
    title: 'an interrupted run is said to be one',
    results: [passed],
    report: { interrupted: true, exitCode: 130 },
    lines: [' ! Interrupted: SIGINT. This is what was known until then.', '', summary('1 check   1 passed')],
  },
  {
    title: 'a long name, place and host go on below',
    results: [
      result({
        name: 'every one of the back-end networks stays on the back end, for ever and ever',
        host: 'ip-10-20-30-40.ap-northeast-2.compute.internal',
        verdict: 'fail',
        location: { file: 'runbooks/2026/march/the-night-of-the-first/move-web-tier.yaml', line: 11, column: 1 },
      }),
    ],
    lines: [
      ' ✗ ip-10-20-30-40.ap-northeast-2.compute.internal',
      '     every one of the back-end networks stays on the back end, for ever and',
      ends('     ever', 'runbooks/2026/march/the-night-of-the-first/move-web-tier.yaml:11'),
      '',
      summary('1 check   0 passed   1 failed'),
    ],
  },
]

describe('the end of a run', () => {
  it.each(cases)('$title', ({ results, setting, report, lines }) => {
    expect(shown(eventsOf(reportOf(results, report)), setting).split('\n')).toEqual([...lines, ''])
  })

  it('counts what was never judged', () => {
    const { results: _, ...summaryOnly } = reportOf([passed], { interrupted: true, exitCode: 130 })
    const events: readonly RunEvent[] = [
      { type: 'start', at: '', hosts: 1, checks: 3, runbooks: [] },
      { type: 'result', result: passed },
      { type: 'end', summary: summaryOnly },
    ]
    expect(shown(events)).toBe(
      ` ! Interrupted. This is what was known until then. 2 checks were never judged.\n\n${summary('1 check   1 passed')}\n`,
    )
  })

  it('reads the same whichever host was faster', () => {
    const late = { ...sampleReport, results: sampleReport.results.toReversed() }
    expect(shown(eventsOf(late), { verbosity: 'verbose' })).toBe(shown(eventsOf(sampleReport), { verbosity: 'verbose' }))
  })

  it.each(['normal', 'verbose'] as const)('says the same without colours, %s', (verbosity) => {
    const plain = shown(eventsOf(sampleReport), { verbosity })
    const colored = shown(eventsOf(sampleReport), { verbosity, color: true })
    expect(colored).not.toBe(plain)
    expect(stripVTControlCharacters(colored)).toBe(plain)
  })

  it('says nothing of a run that broke off without an end', () => {
    expect(shown([{ type: 'start', at: '', hosts: 1, checks: 3, runbooks: [] }])).toBe('')
  })
})

describe('too much to read', () => {
  const many = (count: number): readonly Finding[] =>
    Array.from({ length: count }, (_, port) => ({ ...unmet, subject: `tcp-port ${port}` }))

  it('counts the findings behind the twentieth, unless verbose', () => {
    const events = () => eventsOf(reportOf([{ ...failed, findings: many(23) }]))
    expect(shown(events())).toContain('\n     … and 3 more, with --verbose\n')
    expect(shown(events())).not.toContain('tcp-port 20')
    expect(shown(events(), { verbosity: 'verbose' })).toContain('tcp-port 22')
  })

  it('counts the checks behind the tenth of one reason, unless verbose', () => {
    const events = () => eventsOf(reportOf([passed, ...Array.from({ length: 12 }, (_, index) => lost('web1', `check ${index}`))]))
    expect(shown(events())).toContain('\n     … and 2 more, with --verbose\n')
    expect(shown(events(), { verbosity: 'verbose' })).toContain('check 11')
  })

  it('cuts what a host sent without end', () => {
    const text = shown(eventsOf(reportOf([{ ...failed, findings: [{ ...unmet, actual: 'x'.repeat(8_000) }] }])))
    expect(text).toContain('x… (cut; 8000 characters in all,')
    expect(text.length).toBeLessThan(5_000)
  })

  it('cuts lines without end', () => {
    const text = shown(eventsOf(reportOf([{ ...failed, findings: [{ ...unmet, actual: 'x\n'.repeat(500) }] }])))
    expect(text.split('\n').filter((line) => /^ +(actual +)?x/.test(line))).toHaveLength(40)
  })

  it('keeps the columns of a table', () => {
    const message = 'Both ways:\n  1  10.0.0.1  core1   =  10.0.0.1  core1\n  2  10.0.1.1  edge    ≠  10.0.2.1'
    const text = shown(eventsOf(reportOf([{ ...failed, findings: [{ ...unmet, message }] }])))
    expect(text).toContain('\n       1  10.0.0.1  core1   =  10.0.0.1  core1\n       2  10.0.1.1  edge    ≠  10.0.2.1\n')
  })
})
