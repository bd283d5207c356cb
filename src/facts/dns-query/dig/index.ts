import { NotUnderstood } from '../../../lib/errors.js'
import type { CommandOutput, Source } from '../../../model/fact.js'
import { unasked } from '../answers.js'
import type { DnsQuery, DnsQueryArgs } from '../value.js'
import { readDig } from './answer.js'
import { digProgram, digQuestions, digTimeoutMs, undiggable } from './program.js'

/**
 * BIND's dig, from 9.8 on, one process a question: slow, to the second, and what it shows is text. Records of types that are not
 * asked for are given as it writes them.
 */
export const dig: Source<DnsQueryArgs, DnsQuery> = {
  name: 'dig',
  command: (requests) => ({
    tool: ['sh'],
    args: ['-c', digProgram],
    stdin: digQuestions(requests),
    timeoutMs: digTimeoutMs(requests),
  }),
  parse,
}

function parse({ stdout }: CommandOutput, requests: readonly DnsQueryArgs[]): readonly DnsQuery[] {
  const lines = stdout.split('\n')
  if (!lines.includes('probe dig')) throw new NotUnderstood('the answers of dig', stdout)
  const byIndex = new Map<number, string[]>()
  for (const line of lines) {
    const [, index, text] = /^(\d{1,7}) (.*)$/.exec(line) ?? []
    if (index === undefined || text === undefined) continue
    const list = byIndex.get(Number(index))
    if (list === undefined) byIndex.set(Number(index), [text])
    else list.push(text)
  }
  let understood = byIndex.size === 0
  const values = requests.map((request, index) => {
    const said = byIndex.get(index) ?? []
    const value = readDig(said, request)
    understood ||= value !== null
    return value ?? unasked(request, 'dig', undiggable(request) ?? said.find((line) => line !== '') ?? 'dig was not run in time')
  })
  if (!understood) throw new NotUnderstood('what dig says of an answer', stdout)
  return values
}
