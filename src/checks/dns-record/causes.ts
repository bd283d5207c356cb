import { printableLine } from '../../lib/printable.js'
import type { CheckContext } from '../../model/check.js'
import { type Alias, showAliases } from './aliases.js'
import type { Answer } from './answer.js'
import { recordsOf, type Unmet } from './judge.js'
import type { Question } from './question.js'
import { dnsPort } from './resolver-words.js'
import type { Sight } from './sight.js'
import { staleFor } from './staleness.js'

/** Everything a sentence about one sight may need. */
export interface Scene {
  readonly sight: Sight
  readonly question: Question
  readonly context: CheckContext
  /** What the zone's own servers make of the answer; null where they were not asked. */
  readonly zone: { readonly name: string | null; readonly saysTheSame: boolean; readonly aliases: readonly Alias[] } | null
}

/** Where a wrong answer may come from, and what to look at next. */
export function likelyCause(scene: Scene, unmet: readonly Unmet[]): string {
  const { sight } = scene
  const isAboutRecords = unmet.some(
    ({ what }) => what === 'none' || what === 'records' || what === 'present' || what === 'differs' || what === 'count',
  )
  const sentences = [
    through(scene, unmet),
    ...('extendedErrors' in sight.answer ? extended(sight.answer.extendedErrors) : []),
    isReplaced(sight.answer, unmet) ? filtering(scene) : '',
    isAboutRecords || unmet.some(({ what }) => what === 'rcode') ? origins[sight.role](scene) : '',
  ]
  return sentences.filter((sentence) => sentence !== '').join(' ')
}

/** Whether nothing of what is expected came: what a filter does. */
function isReplaced(answer: Answer, unmet: readonly Unmet[]): boolean {
  const count = recordsOf(answer).length
  return unmet.some(
    (each) => each.what === 'none' || each.what === 'differs' || (each.what === 'records' && each.unexpected.length === count),
  )
}

/** The way through the aliases, where no other sentence tells it. */
function through({ sight: { answer }, question }: Scene, unmet: readonly Unmet[]): string {
  if (answer.kind === 'unanswered' || answer.aliases.length === 0 || answer.kind === 'loop') return ''
  if (answer.aliases.length === 1 && unmet.some(({ what }) => what === 'none')) return ''
  return `The aliases: ${showAliases(question.name, answer.aliases)}.`
}

/** RFC 8914. */
export function extended(errors: readonly string[]): readonly string[] {
  return errors.length === 0
    ? []
    : [
        `It says: ${errors
          .slice(0, 3)
          .map((text) => printableLine(text, 150))
          .join('; ')}.`,
      ]
}

function filtering({ sight: { resolver, label }, zone }: Scene): string {
  if (resolver === null || resolver.filter === 'none' || zone?.saysTheSame === true) return ''
  const country = resolver.country === null || resolver.country === 'global' ? 'its country' : resolver.country
  const what = resolver.filter === 'legal' ? `what the law of ${country} forbids` : `${filterNames[resolver.filter]}`
  return `${label} may leave out or replace ${what}: ask a resolver that does not filter before you blame the zone.`
}

const filterNames = { malware: 'names of malware', family: 'what is not for children', ads: 'names of advertisers' } as const

/** `dig @10.0.0.53 www.example.com A`. */
export function digLine({ sight: { server, role }, question: { name, type } }: Scene, ...options: readonly string[]): string {
  const port = server === null || server.port === dnsPort ? [] : ['-p', String(server.port)]
  const flags = role === 'authoritative' ? ['+norecurse'] : []
  return `\`${['dig', ...flags, ...options, ...port, ...(server === null ? [] : [`@${server.address}`]), name, type].join(' ')}\``
}

const origins: Readonly<Record<Sight['role'], (scene: Scene) => string>> = {
  lookup: (scene) => lookupOrigin(scene),
  authoritative: (scene) =>
    scene.zone?.name === '.' && scene.question.name !== '.'
      ? ''
      : `This is what the zone itself says: look at its records on ${scene.sight.label ?? 'that server'}, and with ${digLine(scene)}.`,
  resolver: (scene) => {
    const { answer } = scene.sight
    if (scene.zone?.saysTheSame === true) return "The zone's own servers say the same: the records of the zone are what to look at."
    const seconds = staleFor(answer, scene.zone?.aliases ?? [])
    const keeps = seconds === null ? 'It may have kept an older answer' : `It may have kept an older answer, for ${seconds} s more at most`
    return scene.zone === null ? `${keeps}; \`resolvers: [authoritative]\` shows what the zone itself says.` : `${keeps}.`
  },
}

function lookupOrigin({ context, question: { name, address } }: Scene): string {
  return `Look at \`getent ${address === null ? 'ahosts' : 'hosts'} ${address ?? name}\`, /etc/hosts, /etc/nsswitch.conf and /etc/resolv.conf on ${context.host.name}.`
}
