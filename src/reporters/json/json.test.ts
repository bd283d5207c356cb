import { Ajv2020 } from 'ajv/dist/2020.js'
import type { FromSchema } from 'json-schema-to-ts'
import { describe, expect, it } from 'vitest'
import { reportOf, result, sampleReport } from '../../../test/contracts/sample-report.js'
import type { Report } from '../../model/report.js'
import { jsonReporter } from './index.js'
import { reportSchema } from './schema.js'

const render = (report: Report): string => [...jsonReporter.render(report)].join('')

describe('the document', () => {
  it('has the summary first, indented, and then a line for each result', () => {
    const lines = render(sampleReport).split('\n')
    expect(lines.slice(0, 3)).toEqual(['{', '  "version": 1,', `  "runId": "${sampleReport.runId}",`])
    expect(lines.filter((line) => line.startsWith('    {"id":'))).toHaveLength(sampleReport.results.length)
    expect(lines.slice(-4, -3).join()).toMatch(/^ {4}\{.*\}$/)
    expect(lines.slice(-3)).toEqual(['  ]', '}', ''])
  })

  it('is whole without results', () => {
    expect(render(reportOf([]))).toMatch(/\n {2}"results": \[\]\n\}\n$/)
  })

  it('escapes what a terminal or an eye would take for something else, and loses nothing', () => {
    const name = '\u0007\u001b[2J\u007f\u009b2J\u202e\u2028\ufeff\ud800\uffff"\\'
    const text = render(reportOf([result({ name, host: 'web1' })]))
    expect(text).toContain(String.raw`"name":"\u0007\u001b[2J\u007f\u009b2J\u202e\u2028\ufeff\ud800\uffff\"\\"`)
    expect((JSON.parse(text) as Report).results[0]?.name).toBe(name)
  })
})

describe('the schema', () => {
  const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(reportSchema)
  const [first] = sampleReport.results

  it('describes the type that the program uses', () => {
    const typed = (document: FromSchema<typeof reportSchema>): Report => document
    expect(validate(typed(JSON.parse(render(sampleReport))))).toBe(true)
  })

  it.each([
    ['another version', { version: 2 }, '/version must be equal to constant'],
    ['an unknown member', { extra: 1 }, ' must NOT have additional properties'],
    ['a missing member', { runId: undefined }, " must have required property 'runId'"],
    ['a run id that is no UUID', { runId: '1' }, '/runId must match pattern'],
    ['a time without a zone', { startedAt: '2026-03-01T02:00:00' }, '/startedAt must match pattern'],
    ['an unknown exit code', { exitCode: 7 }, '/exitCode must be equal to one of the allowed values'],
    ['a negative total', { totals: { ...sampleReport.totals, pass: -1 } }, '/totals/pass must be >= 0'],
    ['an unknown verdict', { results: [{ ...first, verdict: 'warn' }] }, '/results/0/verdict must be equal to one of the allowed values'],
    ['a line 0', { results: [{ ...first, location: { file: 'a', line: 0, column: 1 } }] }, '/results/0/location/line must be >= 1'],
  ])('refuses %s', (_, differs, message) => {
    expect(validate(JSON.parse(JSON.stringify({ ...sampleReport, ...differs })))).toBe(false)
    const messages = validate.errors?.map((error) => `${error.instancePath} ${error.message}`) ?? []
    expect(messages.join('\n')).toContain(message)
  })

  it('explains every member', () => {
    const unexplained: string[] = []
    const visit = (schema: unknown, path: string): void => {
      if (typeof schema !== 'object' || schema === null) return
      for (const [key, value] of Object.entries(schema)) {
        if (key === 'properties') {
          for (const [name, member] of Object.entries(value as object)) {
            if (!('description' in member)) unexplained.push(`${path}.${name}`)
          }
        }
        visit(value, key === 'properties' || key === 'items' ? path : `${path}.${key}`)
      }
    }
    visit(reportSchema, 'report')
    expect(unexplained).toEqual([])
  })
})
