import type { Report } from '../../model/report.js'
import type { DocumentReporter } from '../../model/reporter.js'
import { inPieces } from '../pieces.js'

/**
 * What `JSON.stringify` leaves as it is and a terminal, or an eye, may take for something else:
 * DEL, C1 controls, line separators, marks that hide or reorder text, noncharacters. Each can stand only inside a string, where its escape means the same.
 */
const unsafe = /[\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]/g

function encode(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(unsafe, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The summary, indented, then one result a line: `grep` and `diff` find their way, and no piece holds more than a few results. */
function* lines({ results, ...summary }: Report): Generator<string> {
  yield `${encode(summary, 2).slice(0, -2)},\n  "results": [`
  let separator = '\n    '
  for (const result of results) {
    yield `${separator}${encode(result)}`
    separator = ',\n    '
  }
  yield results.length === 0 ? ']\n}\n' : '\n  ]\n}\n'
}

/** The whole report as one JSON document, as `schemas/report.schema.json` describes it. Nothing is left out or made printable. */
export const jsonReporter: DocumentReporter = {
  name: 'json',
  summary: 'the whole report as one JSON document, for machines',
  render: (report) => inPieces(lines(report)),
}
