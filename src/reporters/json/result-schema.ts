import { severities } from '../../model/verdict.js'
import { text, time } from './schema-parts.js'

const finding = {
  type: 'object',
  description: 'One comparison between what was expected and what was seen.',
  properties: {
    verdict: { enum: ['pass', 'fail', 'error'], description: 'How this comparison alone turned out.' },
    subject: text('What was compared, in the words of the runbook: `route default: via`.'),
    expected: text('What the runbook asks for.'),
    actual: text('What was seen.'),
    message: text('For a person: what this means and where to look next. May be empty on a pass.'),
  },
  required: ['verdict', 'subject', 'expected', 'actual', 'message'],
  additionalProperties: false,
} as const

const location = {
  type: 'object',
  description: 'Where the check is written. Lines and columns count from 1.',
  properties: {
    file: text('The runbook, or the file it includes.'),
    line: { type: 'integer', minimum: 1, description: 'The line on which the check begins.' },
    column: { type: 'integer', minimum: 1, description: 'The column in which it begins.' },
  },
  required: ['file', 'line', 'column'],
  additionalProperties: false,
} as const

const fact = {
  type: 'object',
  description: 'A fact that was judged.',
  properties: {
    key: text('The identity of the fact within the run, and of its record in what `--record` writes: host, name and arguments.'),
    at: time('When the answer was complete.'),
    source: { type: ['string', 'null'], description: 'The way it was learnt, such as `ip -j`; null when no source answered.' },
  },
  required: ['key', 'at', 'source'],
  additionalProperties: false,
} as const

const attachment = {
  type: 'object',
  description: 'Evidence in a format of its own, kept because the check did not pass.',
  properties: {
    name: text('What it is, with the suffix of its format: `capture.pcap`.'),
    mediaType: text('Its format as a media type: `application/vnd.tcpdump.pcap`.'),
    file: {
      type: ['string', 'null'],
      description: 'The file, in the folder of this report, as seen from where netproof ran; null when no report was written to a file.',
    },
    base64: text('What it holds. Only in what the API returns; reports leave it to the file.'),
  },
  required: ['name', 'mediaType', 'file'],
  additionalProperties: false,
} as const

/** One check on one host, judged. */
export const resultSchema = {
  type: 'object',
  description: 'A check on a host, judged. Text that came from a host is here as it came: escape it before you show it.',
  properties: {
    id: text('The check, unique within the run; with `host` it identifies the result.'),
    name: text('The check in the words of the runbook.'),
    kind: text('The kind of the check: `route`, `listening-port`, `tcp-port`.'),
    host: text('The host whose view it is: a name in `hosts`.'),
    runbook: { type: 'integer', minimum: 0, description: 'Index into `runbooks`.' },
    tags: { type: 'array', items: { type: 'string' }, description: 'The tags of the check.' },
    severity: { enum: severities, description: 'The weight of a failure, as the runbook says.' },
    verdict: {
      enum: ['pass', 'fail', 'error', 'skip'],
      description:
        '`fail`: an expectation is unmet. `error`: it could not be determined whether it is met. `skip`: it does not apply here.',
    },
    findings: { type: 'array', items: finding, description: 'Every comparison that was made; none when the check was skipped.' },
    reason: text('Why the check was skipped, or why it could not be determined; empty otherwise.'),
    attempts: { type: 'integer', minimum: 0, description: 'How often it was judged: more than 1 after retries, 0 when it never was.' },
    durationMs: { type: 'number', minimum: 0, description: 'From its first attempt to its verdict, in milliseconds.' },
    location,
    facts: { type: 'array', items: fact, description: 'What it was judged from, when and how each was learnt.' },
    attachments: { type: 'array', items: attachment, description: 'What is kept beside the report; nothing of a check that passed.' },
  },
  required: [
    'id',
    'name',
    'kind',
    'host',
    'runbook',
    'tags',
    'severity',
    'verdict',
    'findings',
    'reason',
    'attempts',
    'durationMs',
    'location',
    'facts',
    'attachments',
  ],
  additionalProperties: false,
} as const
