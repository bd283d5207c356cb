import { execFileSync, spawnSync } from 'node:child_process'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { displayWidth } from '../../src/lib/display-width.js'
import type { Report } from '../../src/model/report.js'
import { jsonReporter } from '../../src/reporters/json/index.js'
import { reportSchema } from '../../src/reporters/json/schema.js'
import { junitReporter } from '../../src/reporters/junit/index.js'
import { onConsole } from './on-console.js'
import { reportCases } from './report-cases.js'
import { eventsOf, reportOf, result, sampleReport } from './sample-report.js'

const reporters = [
  { name: 'console', extension: 'txt', render: (report: Report) => onConsole(eventsOf(report), { columns: null }) },
  { name: 'json', extension: 'json', render: (report: Report) => [...jsonReporter.render(report)] },
  { name: 'junit', extension: 'xml', render: (report: Report) => [...junitReporter.render(report)] },
]

const textOf = (reporter: (typeof reporters)[number], report: Report): string => reporter.render(report).join('')

/** Controls but tab and line break, marks that hide or reorder text, noncharacters, lone surrogates. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff\p{Surrogate}]/u

describe.each(reporters)('$name', (reporter) => {
  it.each(reportCases)('writes whole lines of safe characters, the same every time, and leaves the report alone: $title', ({ report }) => {
    const before = structuredClone(report)
    const text = textOf(reporter, report)
    expect(text).toMatch(/[^\n]\n$/)
    expect(unsafe.exec(text)).toBeNull()
    expect(textOf(reporter, report)).toBe(text)
    expect(report).toEqual(before)
  })

  it('names every host, check and place that failed', () => {
    const text = textOf(reporter, sampleReport)
    const failed = sampleReport.results.filter(({ verdict }) => verdict === 'fail')
    expect(failed.length).toBeGreaterThan(0)
    for (const { host, name, location, findings } of failed) {
      for (const part of [host, name, location.file, String(location.line), findings[0]?.expected ?? '', findings[0]?.subject ?? '']) {
        expect(text).toContain(part)
      }
    }
  })

  it('gives away a long report in pieces', () => {
    const long = Array.from({ length: 20 }, (_, host) =>
      Array.from({ length: 200 }, (_, line) => result({ name: `check ${line}`, host: `web${host}`, verdict: 'fail', reason: 'as asked' })),
    ).flat()
    const pieces = reporter.render(reportOf(long))
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(200_000)
    expect(pieces.join('').length).toBeGreaterThan(200_000)
  })

  it('has an up-to-date sample in reports/samples (renew it with `npx vitest run test/contracts/reporters.test.ts -u`)', async () => {
    await expect(textOf(reporter, sampleReport)).toMatchFileSnapshot(`../../reports/samples/sample.${reporter.extension}`)
  })
})

describe('console', () => {
  const layouts = [null, 40, 80, 100, 200].flatMap((columns) =>
    (['normal', 'verbose'] as const).map((verbosity) => ({ columns, verbosity })),
  )

  it.each(layouts)('keeps within $columns columns, $verbosity', ({ columns, verbosity }) => {
    const limit = Math.min(columns ?? 80, 100) - 1
    for (const { report } of reportCases) {
      const lines = onConsole(eventsOf(report), { columns, verbosity }).join('').split('\n')
      expect(lines.filter((line) => displayWidth(line) > limit || line.includes('\t'))).toEqual([])
    }
  })
})

describe('json', () => {
  const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(reportSchema)

  it.each(reportCases)('is the report itself, as the schema describes it: $title', ({ report }) => {
    const read: unknown = JSON.parse([...jsonReporter.render(report)].join(''))
    expect(read).toEqual(report)
    validate(read)
    expect(validate.errors).toBeNull()
  })
})

describe('junit (needs xmllint, of libxml2-utils)', () => {
  const tool = 'xmllint'
  const missing = spawnSync(tool, ['--version']).error !== undefined
  // In CI a missing tool is a failure: a schema that nobody checks against is no proof.
  const skip = missing && process.env.CI === undefined
  const grammar = new URL('fixtures/junit.rng', import.meta.url).pathname
  const xmllint = (args: readonly string[], input: string): string =>
    execFileSync(tool, [...args, '-'], { input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] })
  const render = (report: Report): string => [...junitReporter.render(report)].join('')

  it.skipIf(skip).each(reportCases)('is valid, and counts what it holds: $title', ({ report }) => {
    const xml = render(report)
    xmllint(['--noout', '--relaxng', grammar], xml)
    const counts = ['testcase', 'failure', 'error', 'skipped'].map((name) => `count(//${name})`).join(', " ", ')
    const { pass, fail, error, skip: skipped } = report.totals
    expect(xmllint(['--xpath', `concat(${counts})`], xml).trim()).toBe(`${pass + fail + error + skipped} ${fail} ${error} ${skipped}`)
    const sums = ['tests', 'failures', 'errors', 'skipped'].map((name) => `sum(//testsuite/@${name})`).join(', " ", ')
    expect(xmllint(['--xpath', `concat(${sums})`], xml).trim()).toBe(`${pass + fail + error + skipped} ${fail} ${error} ${skipped}`)
  })

  it.skipIf(skip).each([']]> and ]]> again', '<failure/> & "quotes"', 'a\n  b', '👩‍👩‍👧 대구'])(
    'is read back as it was written: %j',
    (text) => {
      const xml = render(reportOf([result({ name: 'check', host: 'web1', verdict: 'error', reason: text })]))
      expect(xmllint(['--xpath', 'string(//error)'], xml)).toBe(`runbooks/move-web-tier.yaml:11\n\n${text}\n`)
    },
  )

  it.each(reportCases)('tells every case apart by class name and name: $title', ({ report }) => {
    const cases = [...render(report).matchAll(/<testcase (classname="[^"]*" name="[^"]*")/g)].map(([, names]) => names)
    expect(cases).toHaveLength(report.results.length)
    expect(new Set(cases).size).toBe(cases.length)
  })
})
