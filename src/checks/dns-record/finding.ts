import type { Finding } from '../../model/check.js'
import { likelyCause, type Scene } from './causes.js'
import { describeAnswer, describeExpected } from './describe.js'
import { agrees } from './judge.js'
import { behindLookup } from './lookup-words.js'
import { placeOf, type Sight } from './sight.js'
import { unprovenCause } from './silences.js'
import type { Judged } from './standing.js'
import { describeUnmet } from './unmet-words.js'
import type { View } from './view.js'

/** `dns www.example.com A`, the beginning of every subject. */
export const topicOf = ({ question: { name, address, type } }: View): string => `dns ${address ?? name} ${type}`

/** What the runbook expects, with what the zone says where all must agree with it. */
export function expectedOf({ spec, question, reference }: View): string {
  return describeExpected(spec, question.type, spec.propagated === true ? (reference?.sets ?? []) : [])
}

/** The finding about one address. */
export function findingOf(view: View, judged: Judged & { readonly verdict: Finding['verdict'] }): Finding {
  const { spec, question, context } = view
  const { sight, verdict } = judged
  return {
    verdict,
    subject: `${topicOf(view)} at ${placeOf(sight, context.host.name)}`,
    expected: expectedOf(view),
    actual: describeAnswer(spec, question, sight.answer),
    message: [messageOf(view, judged), asideNote(view, sight), ...(sight === view.noted ? (view.reference?.notes ?? []) : [])]
      .filter((sentence) => sentence !== '')
      .join(' '),
  }
}

function messageOf(view: View, { sight, judgement }: Judged): string {
  const { spec, question, context, reference } = view
  const zone =
    reference === null || reference.sets.length === 0
      ? null
      : { name: reference.zone, saysTheSame: agrees(sight.answer, reference.sets), aliases: reference.aliases }
  const scene: Scene = { sight, question, context, zone }
  switch (judgement.verdict) {
    case 'pass':
      return ''
    case 'error':
      return judgement.why === 'no-ttl'
        ? 'The negative answer came without a SOA record, so that it does not tell how long it holds (RFC 2308).'
        : unprovenCause(scene)
    case 'fail':
      return [
        ...judgement.unmet.map((unmet) => describeUnmet(spec, question, sight.answer, unmet)),
        ...(sight.role === 'lookup' ? [behindLookup(view)] : []),
        likelyCause(scene, judgement.unmet),
      ]
        .filter((sentence) => sentence !== '')
        .join(' ')
  }
}

function asideNote({ aside, context }: View, sight: Sight): string {
  const addresses = aside.get(sight)
  return addresses === undefined ? '' : `Not asked: ${addresses.join(', ')}, as ${context.host.name} has no way there over IPv6.`
}
