import { NotUnderstood } from '../../lib/errors.js'
import type { Source } from '../../model/fact.js'
import { familyOf, readFailure, readJsonAnswer, readTextAnswer } from './answer.js'
import { alignBatch, type BatchAnswer, splitLines, splitParagraphs } from './batch.js'
import type { RouteLookup, RouteLookupArgs } from './value.js'

type LookupSource = Source<RouteLookupArgs, RouteLookup>

/** `ip -batch` ends with 1 when any line failed, which here is an answer like any other. */
const batchExitCodes = [0, 1]

/** Nothing but addresses reach a host: `familyOf` refuses everything else. */
function addresses({ destination, from }: RouteLookupArgs): readonly string[] {
  const all = from === undefined ? [destination] : [destination, from]
  for (const address of all) familyOf(address)
  return all
}

const batchLine = (verb: string, args: RouteLookupArgs): string => `${verb} ${addresses(args).join(' from ')}\n`

/**
 * iproute2 from 5.1. Every request takes two lines: the decision about the packet, and with `fibmatch` the route it
 * came from, whose prefix, metric and protocol the decision does not show.
 */
const batchJson: LookupSource = {
  name: 'ip -j -batch',
  command: (requests) => ({
    tool: ['ip'],
    args: ['-j', '-d', '-force', '-batch', '-'],
    stdin: requests.map((args) => batchLine('route get', args) + batchLine('route get fibmatch', args)).join(''),
    accept: batchExitCodes,
  }),
  parse: (output, requests) => {
    const answers = alignBatch(output, splitLines, requests.length * 2)
    return requests.map((args, index) => {
      const answer = answerAt(answers, index * 2)
      const entry = answerAt(answers, index * 2 + 1)
      return 'stderr' in answer ? readFailure(answer.stderr) : readJsonAnswer(answer.stdout, 'stdout' in entry ? entry.stdout : null, args)
    })
  },
}

/** iproute2 from 4.3. No `fibmatch`: where it is unknown (before 4.13) it would end the batch. */
const batchText: LookupSource = {
  name: 'ip -batch',
  command: (requests) => ({
    tool: ['ip'],
    args: ['-d', '-force', '-batch', '-'],
    stdin: requests.map((args) => batchLine('route get', args)).join(''),
    accept: batchExitCodes,
  }),
  parse: (output, requests) => {
    const answers = alignBatch(output, splitParagraphs, requests.length)
    return requests.map((args, index) => {
      const answer = answerAt(answers, index)
      return 'stderr' in answer ? readFailure(answer.stderr) : readTextAnswer(answer.stdout, args)
    })
  },
}

function answerAt(answers: readonly BatchAnswer[], index: number): BatchAnswer {
  const answer = answers[index]
  if (answer === undefined) throw new NotUnderstood(`answer ${index + 1} from ip -batch`, '')
  return answer
}

/** Addresses reach the script on its standard input, never as part of it. */
const script = `set -- ip
command -v ip >/dev/null 2>&1 || set -- busybox ip
while read -r family destination source; do
  if [ -n "$source" ]
  then "$@" "$family" route get "$destination" from "$source" </dev/null 2>&1
  else "$@" "$family" route get "$destination" </dev/null 2>&1
  fi
  echo "end of answer $?"
done`

const scriptLine = (args: RouteLookupArgs): string =>
  `${familyOf(args.destination) === 'inet' ? '-4' : '-6'} ${addresses(args).join(' ')}\n`

const endOfAnswer = /^end of answer (\d+)$/m

/** A process each: BusyBox, and iproute2 before 4.3. BusyBox does not show an IPv6 gateway of an IPv4 route. */
const oneByOne: LookupSource = {
  name: 'ip route get',
  command: (requests) => ({
    tool: ['sh'],
    args: ['-c', script],
    stdin: requests.map(scriptLine).join(''),
  }),
  parse: ({ stdout }, requests) => {
    const pieces = stdout.split(endOfAnswer)
    if (pieces.length !== requests.length * 2 + 1) throw new NotUnderstood(`${requests.length} answers from ip route get`, stdout)
    return requests.map((args, index) => {
      const answer = (pieces[index * 2] ?? '').trim()
      return pieces[index * 2 + 1] === '0' ? readTextAnswer(answer, args) : readFailure(answer)
    })
  },
}

export const linuxSources: readonly LookupSource[] = [batchJson, batchText, oneByOne]
