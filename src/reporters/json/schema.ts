import { factErrorReasons } from '../../model/fact.js'
import { platforms } from '../../model/platform.js'
import { resultSchema } from './result-schema.js'
import { text, time } from './schema-parts.js'

const runbook = {
  type: 'object',
  description: 'A runbook as it was when the run began.',
  properties: {
    name: text('The name the runbook gives itself.'),
    file: text('The file, as it was named on the command line.'),
    digest: text('SHA-256, in hexadecimal, of the file and everything it includes: proves what was asked.'),
  },
  required: ['name', 'file', 'digest'],
  additionalProperties: false,
} as const

const host = {
  type: 'object',
  description: 'A host that some check names.',
  properties: {
    name: text('Its name in the inventory; what `results[].host` refers to.'),
    address: text('What was connected to.'),
    transport: text('How it was reached: `local`, `ssh`, `exec`, `replay`.'),
    platform: { enum: platforms, description: 'The system it runs, as the inventory says.' },
    groups: { type: 'array', items: { type: 'string' }, description: 'All groups, those inherited from parents included.' },
    error: {
      description: 'Why nothing at all could be learnt from this host; null when something was.',
      anyOf: [
        {
          type: 'object',
          properties: {
            reason: { enum: factErrorReasons, description: 'A stable word for machines.' },
            message: text('What was tried, what came back, what to look at.'),
          },
          required: ['reason', 'message'],
          additionalProperties: false,
        },
        { type: 'null' },
      ],
    },
  },
  required: ['name', 'address', 'transport', 'platform', 'groups', 'error'],
  additionalProperties: false,
} as const

const count = (description: string) => ({ type: 'integer', minimum: 0, description }) as const

const totals = {
  type: 'object',
  description: 'How many results have each verdict.',
  properties: {
    pass: count('Every expectation was met.'),
    fail: count('An expectation was not met.'),
    error: count('It could not be determined whether the expectations are met.'),
    skip: count('The check does not apply: its `when` or its `needs` said no.'),
  },
  required: ['pass', 'fail', 'error', 'skip'],
  additionalProperties: false,
} as const

/**
 * JSON Schema (draft 2020-12) of what the `json` reporter writes. Its `version` changes when a member changes its
 * meaning or goes away; a new member alone is described here and leaves the version as it is.
 */
export const reportSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:netproof:schema:report:1',
  title: 'netproof report, version 1',
  description: 'The outcome of one run: what was asked, of which hosts, what was found, and what that was judged from.',
  type: 'object',
  properties: {
    version: { const: 1, description: 'The version of this format.' },
    runId: {
      type: 'string',
      pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
      description: 'Unique for ever: a UUID of version 4 (RFC 9562).',
    },
    netproof: text('The version of netproof that ran.'),
    runbooks: { type: 'array', items: runbook, description: 'In the order of the command line; `results[].runbook` is an index into it.' },
    startedAt: time('When the run began, with the offset of the machine it ran on.'),
    endedAt: time('When the last result was known, with the offset of the machine it ran on.'),
    durationMs: { type: 'number', minimum: 0, description: 'From start to end by a monotonic clock, in milliseconds.' },
    timeZone: text('IANA name of the time zone of the machine that ran it, such as `Asia/Seoul`.'),
    interrupted: { type: 'boolean', description: 'true when the run was ended early; the results are what was known until then.' },
    exitCode: {
      enum: [0, 1, 2, 3, 130],
      description: '0 pass, 1 some check failed, 2 none failed but some could not be determined, 3 the input is wrong, 130 interrupted.',
    },
    hosts: { type: 'array', items: host, description: 'Every host that some check names.' },
    totals,
    results: { type: 'array', items: resultSchema, description: 'One for every check on every host it applies to.' },
  },
  required: [
    'version',
    'runId',
    'netproof',
    'runbooks',
    'startedAt',
    'endedAt',
    'durationMs',
    'timeZone',
    'interrupted',
    'exitCode',
    'hosts',
    'totals',
    'results',
  ],
  additionalProperties: false,
} as const
