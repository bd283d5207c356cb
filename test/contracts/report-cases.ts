import type { Report, Result } from '../../src/model/report.js'
import type { Verdict } from '../../src/model/verdict.js'
import { reportOf, result, sampleReport } from './sample-report.js'

export interface ReportCase {
  readonly title: string
  readonly report: Report
}

/** Text that a host, a runbook or an inventory may hold, by what is wrong with it. */
const hostileTexts = {
  'control characters': Array.from({ length: 0xa0 }, (_, code) => String.fromCharCode(code)).join(''),
  'terminal escapes':
    '\u001b[31mred\u001b[0m \u001b]0;title\u0007 \u001b]8;;http://192.0.2.1/\u001b\\link\u001b]8;;\u001b\\ \u009b2J \u001bc',
  'lone surrogates': 'a\ud800b \udc00 c\udfff\ud83d',
  noncharacters: 'a\ufffeb\uffffc\ufeff',
  'marks that reorder text': 'user\u202e\u2066// admin\u2069 \u2066check\u200b\u2028\u2029',
  'markup and its ends': `]]>]]> <![CDATA[ --> <!-- </failure></testcase> &amp; &#0; &lt; "'\`<?xml?>`,
  'words of JavaScript': '__proto__ constructor $& $1 %s {0}',
  'line breaks and tabs': '\n\r\n\ttwo\n\n  lines\r\n',
  emoji: '👩‍👩‍👧 ❤️ 🇰🇷 👍🏽 대구 e\u0301',
  '10,000 characters in words': 'ten letters '.repeat(834).slice(0, 10_000),
  '10,000 characters in one word': 'x'.repeat(10_000),
  '10,000 wide characters': '대'.repeat(10_000),
  nothing: '',
}

/** The same text in every place of a report that holds text. */
function filledWith(text: string): Report {
  const one = (verdict: Verdict): Result => {
    const findings = (['fail', 'error', 'pass'] as const).map((each) => ({
      verdict: each,
      subject: text,
      expected: text,
      actual: text,
      message: text,
    }))
    return result({
      name: text,
      host: text,
      id: `${text}${verdict}`,
      kind: text,
      tags: [text],
      reason: text,
      verdict,
      findings: verdict === 'skip' ? [] : findings,
      location: { file: text, line: 1, column: 1 },
      facts: [{ key: text, at: '2026-02-28T17:00:01.204Z', source: text }],
      attachments: [text, null].map((file) => ({ name: text, mediaType: text, file })),
    })
  }
  return reportOf(verdicts.map(one), {
    netproof: text,
    timeZone: text,
    runbooks: [{ name: text, file: text, digest: text }],
    hosts: [
      { name: text, address: text, transport: text, platform: 'linux', groups: [text], error: { reason: 'unreachable', message: text } },
    ],
  })
}

const verdicts = ['pass', 'fail', 'error', 'skip'] as const

const each = (verdict: Verdict) => sampleReport.results.filter((one) => one.verdict === verdict)

const twice = (['web1', 'web2'] as const).flatMap((host) =>
  [0, 1].flatMap((runbook) => [
    result({ name: 'the same name', id: 'first', host, runbook, verdict: 'fail', reason: 'as asked' }),
    result({ name: 'the same name', id: 'second', host, runbook, location: { file: `book${runbook}.yaml`, line: 3, column: 1 } }),
  ]),
)

/** What every reporter must cope with. */
export const reportCases: readonly ReportCase[] = [
  { title: 'the sample', report: sampleReport },
  { title: 'an empty run', report: reportOf([]) },
  { title: 'only passes', report: reportOf(each('pass')) },
  { title: 'only failures', report: reportOf(each('fail')) },
  { title: 'only errors', report: reportOf(each('error')) },
  { title: 'only skips', report: reportOf(each('skip')) },
  { title: 'an interrupted run', report: { ...sampleReport, interrupted: true, exitCode: 130 } },
  { title: 'two runbooks of one name on two hosts', report: reportOf(twice, { runbooks: [book('book0.yaml'), book('book1.yaml')] }) },
  ...Object.entries(hostileTexts).map(([title, text]) => ({ title: `everywhere: ${title}`, report: filledWith(text) })),
]

function book(file: string) {
  return { name: 'Baseline', file, digest: '7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730' }
}
