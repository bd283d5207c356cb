import { nearest } from '../../lib/nearest.js'
import { sentences } from '../../lib/sentences.js'
import type { Link, Links } from './value.js'

const mostNames = 20

/** The link of this name; where none has it, the one that has it as an alternative name. */
export const linkNamed = ({ links }: Links, name: string): Link | undefined =>
  links.find((link) => link.name === name) ?? links.find(({ altNames }) => altNames.includes(name))

/** Why a link may not be found by a name that it has; empty where all names are shown. */
export const hiddenNames = ({ hides }: Links): string =>
  hides.includes('alternative-names') ? 'Alternative names of interfaces are not shown by this host.' : ''

/** For a name that no link has: what may have been meant, and what there is. */
export function otherLinks(all: Links, name: string): string {
  const names = all.links.map((link) => link.name)
  const near = nearest(name, [...names, ...all.links.flatMap(({ altNames }) => altNames)])
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : ''
  const there = names.length === 0 ? 'none' : `${names.slice(0, mostNames).join(', ')}${more}`
  return sentences(near === null ? '' : `Did you mean ${near}?`, `There are: ${there}.`, hiddenNames(all))
}
