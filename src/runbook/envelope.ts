import { durationPattern } from '../lib/duration.js'
import { platforms } from '../model/platform.js'
import { severities } from '../model/verdict.js'

const word = { type: 'string', minLength: 1, maxLength: 200, 'x-expected': 'text of 1 to 200 characters' } as const
const duration = { type: 'string', pattern: durationPattern, examples: ['5s'] } as const
const idPattern = String.raw`^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]*$`
const id = { type: 'string', pattern: idPattern, maxLength: 200, 'x-expected': 'an id of letters, digits, "-", "_" and "."' } as const
const variables = { type: 'object' } as const

/** A value or a list of them: `web`, `[web, db]`. */
function oneOrMore<const Items extends object>(items: Items) {
  return { anyOf: [items, { type: 'array', items, minItems: 1 }] } as const
}

const on = { description: 'Whose view it is: a host, a group, a pattern, a list of them, all, or controller.', ...oneOrMore(word) } as const
const tags = { description: 'For run --tags.', ...oneOrMore(word) } as const
const severity = { description: 'How bad a failure is; default high.', enum: severities } as const
const timeout = { description: 'How long one attempt may take; default 10s.', ...duration } as const
const retry = {
  description: 'Try again until it passes or the time is over.',
  type: 'object',
  properties: {
    until: { description: 'How long to go on, from the first attempt.', ...duration },
    every: { description: 'From the start of one attempt to the start of the next; default 2s.', ...duration },
  },
  required: ['until'],
  additionalProperties: false,
} as const
const when = {
  description: 'The check applies only to hosts of one of these platforms and one of these groups.',
  type: 'object',
  properties: { platform: oneOrMore({ enum: platforms }), group: oneOrMore(word) },
  additionalProperties: false,
  minProperties: 1,
} as const

const defaults = {
  description: 'For every check of this file that does not say otherwise.',
  type: 'object',
  properties: { on, timeout, tags, severity, retry, when },
  additionalProperties: false,
} as const

/** What may stand beside the check kind in an entry. */
export const entryProperties = {
  name: { description: 'What must hold, in the words of a report.', ...word },
  id: { description: 'For needs; unique over all runbooks of a run. Made from the name by default.', ...id },
  on,
  tags,
  severity,
  timeout,
  retry,
  needs: { description: 'Ids of checks that must pass first; otherwise this one is skipped.', ...oneOrMore(id) },
  when,
} as const

/** What a runbook is but for its checks' own parts, which the rooms' schemas judge. */
export const envelopeSchema = {
  type: 'object',
  'x-expected': 'a runbook: a map with version and checks',
  properties: {
    version: { description: 'Of the format of runbooks.', const: 1, 'x-expected': 'version 1' },
    name: { description: 'The name of the runbook in reports; default its file name.', ...word },
    inventory: { description: 'Path of the inventory, relative to this file; -i overrides it.', ...word },
    include: { description: 'Other runbooks, relative to this file, whose checks come first.', ...oneOrMore(word) },
    vars: { description: `For \${name} in checks; --var and variables of hosts override them.`, ...variables },
    defaults,
    checks: {
      type: 'array',
      items: { type: 'object', properties: entryProperties, 'x-expected': 'a map with a check kind among its keys' },
    },
  },
  required: ['version'],
  additionalProperties: false,
} as const
