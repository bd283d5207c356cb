import type { Outcome } from '../../lib/comparison.js'
import type { Expectation } from '../../lib/expectation.js'
import { asWritten, type NameReading } from '../../lib/interface-names.js'
import { sentences } from '../../lib/sentences.js'
import type { Links } from './value.js'
import { hiddenNames, linkNamed, otherLinks } from './view.js'

/** What a check has to know of the interfaces that a runbook names. */
export interface Naming {
  readonly names: NameReading
  /** Why nothing can be on the interface that is meant: the host has, or shows, none of that name. null where it has one. */
  readonly missing: string | null
  /** Which interface goes by another name, and which there is not; empty where all names are plain. */
  readonly remark: string
}

/** @param links undefined: nobody asked, as no interface is named. */
export function namingOf(links: Links | undefined, ...expectations: readonly (Expectation<string> | undefined)[]): Naming {
  if (links === undefined) return { names: asWritten, missing: null, remark: '' }
  const named = expectations.filter((each) => each !== undefined)
  const missing = named.flatMap((each) => missingOf(links, each) ?? [])
  return { names: readingOf(links), missing: missing[0] ?? null, remark: remarkOf(links, named) }
}

/** The explanation of a comparison in which interfaces are named. Where the one that is meant is missing, that is all there is to it. */
export const explainNamed = ({ missing, remark }: Naming, outcome: Outcome, why: string): string =>
  outcome === 'unmet' && missing !== null ? missing : sentences(missing ?? remark, why)

/** Where something is to be absent on an interface that is `missing`. */
export const absenceWithout = (missing: string): string => `${missing} Absence from it proves nothing.`

/** An interface is equal to another by any of their names; a pattern may fit any of them. */
function readingOf(all: Links): NameReading {
  const links = new Map(all.links.flatMap((link) => [link.name, ...link.altNames].map((name) => [name, link] as const)))
  const own = (name: string): string => links.get(name)?.name ?? name
  const shown: NameReading['shown'] = {
    read: (raw) => raw,
    equal: (a, b) => own(a) === own(b),
    show: (name) => name,
    texts: (name) => [name, ...(links.get(name)?.altNames ?? [])],
  }
  const possible = hiddenNames(all) === '' ? null : { ...shown, equal: (a: string, b: string) => !links.has(a) || own(a) === own(b) }
  return { shown, possible }
}

/** The interfaces of which it is to be one; none for what only says which it may not be, or a pattern. */
const wantedOf = (expectation: Expectation<string>): readonly string[] =>
  typeof expectation === 'string' ? [expectation] : (expectation['one-of'] ?? [])

const unwantedOf = (expectation: Expectation<string>): readonly string[] =>
  typeof expectation === 'string' ? [] : [expectation.not ?? []].flat()

const noInterface = (all: Links, names: string): string => `The host ${hiddenNames(all) === '' ? 'has' : 'shows'} no interface ${names}.`

function missingOf(all: Links, expectation: Expectation<string>): string | null {
  const wanted = wantedOf(expectation)
  const [first] = wanted
  if (first === undefined || wanted.some((name) => linkNamed(all, name) !== undefined)) return null
  return sentences(noInterface(all, wanted.join(' or ')), otherLinks(all, first))
}

function remarkOf(all: Links, expectations: readonly Expectation<string>[]): string {
  const names = [...new Set(expectations.flatMap((each) => [...wantedOf(each), ...unwantedOf(each)]))]
  const strangers = names.filter((name) => linkNamed(all, name) === undefined)
  const others = names.flatMap((name) => {
    const own = linkNamed(all, name)?.name ?? name
    return own === name ? [] : [`${name} is another name of ${own}.`]
  })
  const byPattern = expectations.some((each) => typeof each === 'object' && (each.matches ?? each.contains) !== undefined)
  return sentences(
    ...others,
    strangers.length === 0 ? '' : noInterface(all, strangers.join(' or ')),
    strangers.length > 0 || byPattern ? hiddenNames(all) : '',
  )
}
