import { addressFamily } from '../../lib/address.js'
import { NotUnderstood } from '../../lib/errors.js'
import { isStage, sendFailure } from '../../lib/probe/failure.js'
import { addressIn, icmpIn, isCount, listIn, readObjects, textIn } from '../../lib/probe/untrusted.js'
import type { PathMtu, PathMtuArgs } from './value.js'

/** The smallest packet that can be asked about: headers of IPv6 and ICMP. */
const leastSize = 48

/** Whether a target can be written on a line of its own; anything else is never sent to a host. */
function isAskable({ host, source, upTo, timeoutMs }: PathMtuArgs): boolean {
  const words = [host, ...(source === undefined ? [] : [source])]
  const isWord = (word: string): boolean => /^[A-Za-z0-9_.:%-]{1,253}$/.test(word) && !word.startsWith('-')
  return words.every(isWord) && Number.isInteger(upTo) && upTo >= leastSize && upTo <= 65_535 && timeoutMs >= 1
}

/** Standard input of the probe, one target a line: `index host family source upTo waitMs`, as for pings. */
export function encodeTargets(requests: readonly PathMtuArgs[]): string {
  return requests.map((request, index) => (isAskable(request) ? `${index} ${targetLine(request)}\n` : '')).join('')
}

function targetLine({ host, family, source, upTo, timeoutMs }: PathMtuArgs): string {
  const sourceFamily = source === undefined ? null : addressFamily(source)
  const from = source === undefined ? '-' : sourceFamily === null ? `%${source}` : source
  return [host, family ?? sourceFamily ?? 0, from, upTo, Math.round(timeoutMs)].join(' ')
}

/** @throws NotUnderstood when no probe wrote this. Lines that are no answers are passed over. */
export function decodeAnswers(stdout: string, requests: readonly PathMtuArgs[]): readonly PathMtu[] {
  const objects = readObjects(stdout)
  const probe = objects.find((object) => typeof object.probe === 'string')?.probe
  if (typeof probe !== 'string') throw new NotUnderstood('the answers of a path MTU probe', stdout)
  const byIndex = new Map(objects.map((object) => [object.i, object]))
  return requests.map((request, index) => {
    const object = byIndex.get(index)
    if (object !== undefined) return read(probe, object, request)
    const why = isAskable(request) ? 'the probe ended without an answer for this target' : 'not a target that can be asked'
    return nothing(probe, null, { kind: 'unsupported', detail: why })
  })
}

function nothing(probe: string, address: string | null, problem: PathMtu['problem']): PathMtu {
  return { probe, address, source: null, mtu: null, limit: 'silence', error: null, tooBig: null, problem }
}

function read(probe: string, object: Record<string, unknown>, { upTo }: PathMtuArgs): PathMtu {
  const address = addressIn(object.address)
  const problem = readProblem(object.problem)
  const { mtu, tooBig, limit } = object
  const isProven = isCount(mtu) && mtu > 0 && mtu <= upTo
  if (!isProven && problem === null)
    return nothing(probe, address, { kind: 'unsupported', detail: 'the probe gave no figure and no reason' })
  return {
    probe,
    address,
    source: addressIn(object.source),
    mtu: isProven ? mtu : null,
    limit: limits.find((known) => known === limit) ?? 'silence',
    error: icmpIn(object.error),
    tooBig: isCount(tooBig) && tooBig > 0 ? tooBig : null,
    problem,
  }
}

const limits = ['interface', 'icmp', 'silence', 'none'] as const

function readProblem(value: unknown): PathMtu['problem'] {
  const [stage, errno, words] = listIn(value)
  if (stage === 'silent') return { kind: 'silent', detail: textIn(words).slice(0, 200) }
  return isStage(stage) ? sendFailure(stage, textIn(errno), textIn(words)) : null
}
