import { describe, expect, it } from 'vitest'
import { reportOf, result, sampleReport } from '../../../test/contracts/sample-report.js'
import type { Report, Result } from '../../model/report.js'
import { junitReporter } from './index.js'
import { caseNames } from './suites.js'
import { seconds, utcWithoutZone, xmlLine, xmlText } from './text.js'

const render = (report: Report): string => [...junitReporter.render(report)].join('')

/** The one test case of a report of this result alone. */
function caseOf(differs: Partial<Result>): string {
  const xml = render(reportOf([result({ name: 'the check', host: 'web1', ...differs })]))
  return /<testcase[\s\S]*?(?:\/>|<\/testcase>)(?=\n {2}<\/testsuite>)/.exec(xml)?.[0] ?? ''
}

const open = '<testcase classname="Move the web tier behind the new core switch @ web1" name="the check" time="0.012"'
const place = 'runbooks/move-web-tier.yaml:11'

describe('a test case', () => {
  const met = { verdict: 'pass', subject: 'a', expected: '1', actual: '1', message: '' } as const
  const unmet = {
    verdict: 'fail',
    subject: 'route default: via',
    expected: '203.0.113.1',
    actual: '',
    message: 'No route.\nLook at it.',
  } as const
  const unknown = { verdict: 'error', subject: 'b', expected: '2', actual: 'no answer', message: '' } as const
  const cases: readonly { readonly title: string; readonly differs: Partial<Result>; readonly xml: string }[] = [
    { title: 'a pass holds nothing', differs: { findings: [met] }, xml: `${open}/>` },
    {
      title: 'a failure is told by the first comparison that failed',
      differs: { verdict: 'fail', kind: 'route', findings: [met, unmet], severity: 'critical', attempts: 3 },
      xml: `${open}>
      <failure message="route default: via: expected 203.0.113.1, saw nothing" type="route">${place}, severity critical, 3 attempts

PASS a
  expected  1
  actual    1

FAIL route default: via
  expected  203.0.113.1
  actual    nothing
No route.
Look at it.</failure>
    </testcase>`,
    },
    {
      title: 'an error is told by its reason',
      differs: { verdict: 'error', reason: 'ss: not found', findings: [] },
      xml: `${open}>
      <error message="ss: not found" type="route">${place}

ss: not found</error>
    </testcase>`,
    },
    {
      title: 'an error without a reason is told by the comparison that could not be made',
      differs: { verdict: 'error', findings: [met, unknown] },
      xml: `${open}>
      <error message="b: expected 2, saw no answer" type="route">${place}

PASS a
  expected  1
  actual    1

ERROR b
  expected  2
  actual    no answer</error>
    </testcase>`,
    },
    {
      title: 'a skip keeps its reason',
      differs: { verdict: 'skip', reason: 'needs "a", which failed', attempts: 0 },
      xml: `${open}>
      <skipped message="needs &quot;a&quot;, which failed" type="route">${place}

needs "a", which failed</skipped>
    </testcase>`,
    },
    {
      title: 'a result that says nothing is told by its name',
      differs: { verdict: 'fail' },
      xml: `${open}>\n      <failure message="the check" type="route">${place}</failure>\n    </testcase>`,
    },
  ]
  it.each(cases)('$title', ({ differs, xml }) => {
    expect(caseOf(differs)).toBe(xml)
  })
})

describe('suites', () => {
  const suiteNames = (report: Report) => [...render(report).matchAll(/<testsuite name="([^"]*)"/g)].map(([, name]) => name)

  it('follow the order of runbooks and hosts, not that of results', () => {
    const names = suiteNames(sampleReport)
    expect(names).toEqual([
      'Move the web tier behind the new core switch @ controller',
      'Move the web tier behind the new core switch @ web1',
      'Move the web tier behind the new core switch @ web2',
      'Move the web tier behind the new core switch @ db1',
      'Baseline @ web1',
      'Baseline @ web2',
      'Baseline @ db1',
    ])
    expect(suiteNames({ ...sampleReport, results: sampleReport.results.toReversed() })).toEqual(names)
  })

  it('have names of their own, also when two runbooks share one', () => {
    const [runbook] = sampleReport.runbooks
    const results = [0, 1].map((index) => result({ name: 'check', host: 'web1', runbook: index }))
    const names = suiteNames(
      reportOf(results, {
        runbooks:
          runbook === undefined
            ? []
            : [
                { ...runbook, name: 'A' },
                { ...runbook, name: 'A' },
              ],
      }),
    )
    expect(names).toEqual(['A @ web1', 'A @ web1 (2)'])
  })

  it('hold every case once and in order, however many parts they are built in', () => {
    const results = Array.from({ length: 1_201 }, (_, index) => result({ name: `check ${index}`, host: 'web1' }))
    const xml = render(reportOf(results))
    expect([...xml.matchAll(/<testcase [^>]*name="(check \d+)"/g)].map(([, name]) => name)).toEqual(results.map(({ name }) => name))
    expect(xml).toContain('tests="1201" failures="0" errors="0" skipped="0"')
    expect(xml.match(/<testsuite /g)).toHaveLength(1)
    expect(xml.match(/<\/testsuite>/g)).toHaveLength(1)
  })
})

describe('caseNames', () => {
  const named = (...pairs: readonly (readonly [name: string, id: string])[]) =>
    caseNames(pairs.map(([name, id]) => result({ name, id, host: 'web1' })))

  it.each([
    ['leaves single names alone', named(['a', '1'], ['b', '2']), ['a', 'b']],
    ['adds the id to every name that is shared', named(['a', '1'], ['b', '2'], ['a', '3']), ['a [1]', 'b', 'a [3]']],
    ['counts where even that is taken', named(['a', '1'], ['a', '1'], ['a [1]', '2']), ['a [1]', 'a [1] (2)', 'a [1] (3)']],
    ['takes the id for a name that is empty', named(['', 'check-1']), ['check-1']],
    ['compares names as they are shown', named(['a\u0007', '1'], ['a\u0008', '2']), ['a\ufffd [1]', 'a\ufffd [2]']],
  ])('%s', (_, names, expected) => {
    expect(names).toEqual(expected)
  })

  it('finds names for thousands of the same in no time', () => {
    const names = caseNames(Array.from({ length: 20_000 }, () => result({ name: 'same', id: 'same', host: 'web1' })))
    expect(new Set(names).size).toBe(20_000)
  })
})

describe('text', () => {
  it.each([
    [0, '0'],
    [-5, '0'],
    [Number.NaN, '0'],
    [Number.POSITIVE_INFINITY, '0'],
    [0.000_1, '0'],
    [0.6, '0.001'],
    [12.4, '0.012'],
    [60_214.8, '60.215'],
    [1e14, '100000000000'],
  ])('%d ms are %s seconds', (ms, text) => {
    expect(String(seconds(ms))).toBe(text)
  })

  it.each([
    ['2026-03-01T02:00:00.731+09:00', '2026-02-28T17:00:00'],
    ['2026-03-01T02:00:00Z', '2026-03-01T02:00:00'],
    ['yesterday', ''],
  ])('%s is %j in UTC', (iso, text) => {
    expect(utcWithoutZone(iso)).toBe(text)
  })

  it('keeps lines in bodies and joins them in attributes', () => {
    expect(xmlText('\u001b[31mred\u001b[0m\r\n\ttwo\u0000')).toBe('red\n\ttwo\ufffd')
    expect(xmlLine('\u001b[31mred\u001b[0m\r\n\ttwo\u0000 ')).toBe('red two\ufffd')
  })
})
