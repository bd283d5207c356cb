import type { Field, Ruleset } from '../../facts/firewall-rules/index.js'
import type { Finding } from '../../model/check.js'
import { addressesWords } from './address-words.js'
import { withKernelNames } from './link-names.js'
import { type Part, TooComplicated } from './model.js'
import { type Family, questionOf } from './packet.js'
import { follow, type Question, type Surroundings } from './path.js'
import type { Traffic, Wanted } from './schema.js'
import { type Box, type Space, splitByBox } from './space.js'
import {
  dormantWords,
  doubtWords,
  familyName,
  lookWords,
  meetsWanted,
  outcomeWords,
  placeWords,
  portsWords,
  trafficWords,
} from './words.js'

/** Fields of which a runbook may give many values, all of which must have the verdict. */
const asked: readonly Field[] = ['saddr', 'daddr', 'sport', 'dport', 'icmp-type', 'icmp6-type', 'iif', 'oif']

/** How much work it may be to find out which part of what was asked is the wrong one. */
const mostPieces = 5_000

/** The verdict on traffic in one family. */
export function judgeTraffic(traffic: Traffic, wanted: Wanted, family: Family, ruleset: Ruleset, host: Surroundings): Finding {
  const finding = { subject: trafficWords(traffic, family), expected: outcomeWords[wanted] }
  const named = host.links === null ? traffic : withKernelNames(traffic, host.links)
  if ('missing' in named) return { ...finding, verdict: 'error', actual: 'not decided', message: named.missing }
  const question = questionOf(named, family, ruleset, host)
  let parts: readonly Part[]
  try {
    parts = follow(ruleset, question).map((part) => unseen(part, wanted, ruleset))
  } catch (error) {
    if (!(error instanceof TooComplicated)) throw error
    const message = `The rules are more than can be followed: ${error.message}. Ask about less: one address, one interface.`
    return { ...finding, verdict: 'error', actual: 'not decided', message }
  }
  const right = parts.filter(({ outcome }) => meetsWanted(wanted, outcome))
  const wrong = parts.filter(({ outcome }) => !meetsWanted(wanted, outcome) && outcome !== 'unknown')
  if (right.length === parts.length) {
    const outcomes = [...new Set(right.map(({ outcome }) => outcomeWords[outcome]))]
    return { ...finding, verdict: 'pass', actual: outcomes.join(', '), message: '' }
  }
  const definite = surelyWrong(
    wrong,
    parts.filter((part) => !wrong.includes(part)),
    question,
  )
  if (definite !== null) return { ...finding, ...failure(definite, question, ruleset) }
  return { ...finding, verdict: 'error', actual: 'not decided', message: undecided(parts, wanted) }
}

/** What cannot be listed may still stop what all known rules let through, or drop what they reject. */
function unseen(part: Part, wanted: Wanted, { unseen: hidden }: Ruleset): Part {
  if (hidden.length === 0 || (part.outcome !== 'accept' && wanted !== 'drop' && wanted !== 'reject')) return part
  return { ...part, outcome: 'unknown', place: null, what: `what is in ${hidden.join(', and in ')}` }
}

const boxOf = (space: Space, { given }: Question): Box => asked.filter((field) => given.has(field)).map((field) => [field, space[field]])

/** Among what the runbook asks about, something that is wrong whatever it leaves open: with the part that decides it. */
function surelyWrong(
  wrong: readonly Part[],
  others: readonly Part[],
  question: Question,
): { readonly part: Part; readonly space: Space } | null {
  const original = (part: Part): Box => boxOf(asAsked(part, question), question)
  const boxes = others.map(original)
  for (const part of wrong) {
    let left: readonly Space[] = splitByBox(question.space, original(part)).inside
    for (const box of boxes) {
      left = left.flatMap((space) => splitByBox(space, box).outside)
      if (left.length === 0 || left.length > mostPieces) break
    }
    const [space] = left
    if (space !== undefined && left.length <= mostPieces) return { part, space }
  }
  return null
}

/** Fields as they were asked, where a rule has changed the destination on the way. */
function asAsked({ state }: Part, question: Question): Space {
  const { space, translated } = state
  return translated === null ? space : { ...space, daddr: translated.before.daddr, dport: translated.before.dport, oif: question.space.oif }
}

function failure(
  { part, space }: { readonly part: Part; readonly space: Space },
  question: Question,
  ruleset: Ruleset,
): Pick<Finding, 'verdict' | 'actual' | 'message'> {
  const which = narrowed(space, question)
  const actual = `${outcomeWords[part.outcome]}${which === '' ? '' : ` ${which}`}`
  return { verdict: 'fail', actual, message: `${because(part, question, ruleset)}${wayWords(part)}` }
}

/** Which part of what was asked: `from 10.1.0.0/16`; empty: all of it. */
function narrowed(space: Space, { space: whole, given, family }: Question): string {
  const parts = [
    given.has('saddr') && space.saddr !== whole.saddr ? `from ${addressesWords(family, space.saddr)}` : '',
    given.has('daddr') && space.daddr !== whole.daddr ? `to ${addressesWords(family, space.daddr)}` : '',
    given.has('dport') && space.dport !== whole.dport ? `port ${portsWords(space.dport)}` : '',
    given.has('sport') && space.sport !== whole.sport ? `source port ${portsWords(space.sport)}` : '',
  ]
  return parts.filter((part) => part !== '').join(' ')
}

function because({ place, outcome }: Part, { direction, family }: Question, ruleset: Ruleset): string {
  if (place !== null) return `${capital(outcomeWords[outcome])} by ${placeWords(place)}. Look at \`${lookWords(place)}\`.`
  const other = family === 6 ? ' A firewall that is set up for IPv4 alone leaves IPv6 open.' : ''
  const only = `No filter chain is at the hook ${direction} for ${familyName(family)}: everything is accepted.`
  return ruleset.tables.length === 0
    ? `This host has no rules at all, neither of nft nor of iptables: everything is accepted.`
    : `${only}${other}${dormantWords(ruleset)}`
}

function wayWords({ state: { translated } }: Part): string {
  return translated === null ? '' : ` On the way it was given the destination ${translated.to} by ${placeWords(translated.place)}.`
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`
const mostDoubts = 3

/** Which answers there are, by which rules, and what they turn on. */
function undecided(parts: readonly Part[], wanted: Wanted): string {
  const first = (right: boolean): Part | undefined =>
    parts.find(({ outcome }) => outcome !== 'unknown' && meetsWanted(wanted, outcome) === right)
  const unknown = parts.find(({ outcome }) => outcome === 'unknown')
  const told = [first(true), first(false)].flatMap((part) => (part === undefined ? [] : [`${outcomeWords[part.outcome]} by ${by(part)}`]))
  const opaque = unknown === undefined ? [] : [unknownWords(unknown)]
  const doubts = [...new Set(telling(parts).map(doubtWords))]
  const more = doubts.length > mostDoubts ? [`and ${doubts.length - mostDoubts} more rules turn on something`] : []
  const sentences = [told.length === 0 ? '' : `It may be ${told.join(', or ')}`, ...opaque, ...doubts.slice(0, mostDoubts), ...more]
  return sentences
    .filter((sentence) => sentence !== '')
    .map((sentence) => `${capital(sentence)}.`)
    .join(' ')
}

function unknownWords({ place, what }: Part): string {
  return place === null
    ? `It cannot be told ${what}`
    : `what becomes of it cannot be told at ${placeWords(place)} (${what}); look at \`${lookWords(place)}\``
}

const by = ({ place }: Part): string => (place === null ? 'default, as no chain stands in the way' : placeWords(place))

/** Doubts of the rules that decided first: those about others did not matter to the two answers that are shown. */
function telling(parts: readonly Part[]): readonly Part['state']['doubts'][number][] {
  const doubts = parts.flatMap(({ state }) => state.doubts)
  const deciding = doubts.filter((doubt) => parts.some(({ place }) => place?.rule !== null && place?.rule === doubt.place.rule))
  return deciding.length > 0 ? deciding : doubts
}
