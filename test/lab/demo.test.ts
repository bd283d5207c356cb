import { join } from 'node:path'
import { expect, it } from 'vitest'
import { run } from '../../src/api/run.js'
import type { Report } from '../../src/model/report.js'

const demo = join(import.meta.dirname, '../../runbooks/demo')

const replay = (phase: string): Promise<Report> => run({ runbooks: [join(demo, 'web-db.yaml')], replay: join(demo, 'recording', phase) })

// A recording that no longer fits is renewed with `npm run demo -- --record`.
it('passes as recorded before things break', async () => {
  const { totals, exitCode } = await replay('before')
  expect({ ...totals, exitCode }).toEqual({ pass: 13, fail: 0, error: 0, skip: 0, exitCode: 0 })
})

it('fails as recorded afterwards, and says why', async () => {
  const report = await replay('after')
  const failed = report.results.filter((result) => result.verdict !== 'pass')
  expect(report.exitCode).toBe(1)
  const actual = failed.map(({ host, name, findings }) => [host, name, findings.find(({ verdict }) => verdict === 'fail')?.actual])
  expect(actual).toEqual([
    ['web2', 'traffic leaves through the front end', '10.10.0.1 dev eth1 metric 100'],
    ['web1', 'web reaches the database', 'no answer, asked 3 times'],
    ['web2', 'web reaches the database', 'no answer, asked 3 times'],
  ])
})
