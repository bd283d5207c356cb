import type { FromSchema } from 'json-schema-to-ts'
import { type RouteTables, routes } from '../../facts/routes/index.js'
import { describeExpectation, expectationSchema, meets, numberType } from '../../lib/expectation.js'
import { request } from '../../lib/fact-key.js'
import type { CheckKind } from '../../model/check.js'
import type { FactRequest } from '../../model/fact.js'

// A room to copy: `cp -r src/checks/_template src/checks/<kind>`, then change the four things below, the README and the
// test, and add the check to the table in src/builtins.ts. This one proves how many default routes a host has.

// 1. What a runbook may say. Every key has a description: editors show it. What is compared is an expectation, so that
//    `count: 1` and `count: { max: 2 }` read as they do everywhere.
const schema = {
  type: 'object',
  description: 'The number of default routes of the host.',
  properties: {
    count: { description: 'How many there are, in all tables.', ...expectationSchema({ type: 'integer', minimum: 0 }) },
    family: { description: 'Default: inet.', enum: ['inet', 'inet6'] },
  },
  required: ['count'],
  additionalProperties: false,
} as const

type Spec = FromSchema<typeof schema>

// The facts it asks for, by names of its own.
type Needs = { readonly tables: FactRequest<RouteTables> }

export const template: CheckKind<Spec, Needs> = {
  kind: 'template',
  summary: 'the number of default routes is as expected',
  schema,

  // 2. Faults that the schema cannot express; leave it out when there are none.
  problems: ({ count }) =>
    typeof count === 'object' && count.min !== undefined && count.max !== undefined && count.min > count.max
      ? [{ path: ['count', 'min'], message: `\`min\` ${count.min} is more than \`max\` ${count.max}` }]
      : [],

  // 3. The facts to learn, as data. Ask for what many checks ask for, so that one command serves them all.
  needs: ({ family = 'inet' }, { host }) => ({ tables: request(routes, host.name, { family }) }),

  // 4. The verdict: pure, on parsed values. `error`, never `pass`, when what was learnt does not decide it.
  evaluate: ({ count }, { tables }) => {
    const expected = describeExpectation(numberType, count)
    const found = tables.routes.filter((route) => route.destination.endsWith('/0'))
    const finding = { subject: 'default routes', expected, actual: String(found.length) }
    if (tables.tables === 'main') {
      const message = 'This host shows table main alone: there may be more. `ip` of iproute2 or BusyBox would show them.'
      return [{ ...finding, verdict: 'error', message }]
    }
    if (meets(numberType, count, found.length)) return [{ ...finding, verdict: 'pass', message: '' }]
    const where = found.map((route) => `${route.nextHops?.[0]?.via ?? 'on link'} in table ${route.table ?? 'unknown'}`)
    const message = found.length === 0 ? 'Look at `ip route show table all`.' : `There are: ${where.join(', ')}.`
    return [{ ...finding, verdict: 'fail', message }]
  },
}
