import type { Links } from '../../facts/links/index.js'
import { nearest } from '../../lib/nearest.js'
import { sentences } from '../../lib/sentences.js'
import type { Traffic } from './schema.js'

const keys = ['interface', 'out-interface'] as const
const mostNames = 20

/**
 * The traffic with the names that the kernel and its rules know its interfaces by, in place of alternative names; or why that cannot
 * be: the host has no such interface. What rules do with packets of an interface that does not exist proves nothing.
 */
export function withKernelNames(traffic: Traffic, links: Links): Traffic | { readonly missing: string } {
  let named = traffic
  for (const key of keys) {
    const name = traffic[key]
    if (name === undefined) continue
    const link = links.links.find((one) => one.name === name) ?? links.links.find(({ altNames }) => altNames.includes(name))
    if (link === undefined) return { missing: missingWords(name, links) }
    named = { ...named, [key]: link.name }
  }
  return named
}

function missingWords(name: string, { links, hides }: Links): string {
  const names = links.map((link) => link.name)
  const near = nearest(name, [...names, ...links.flatMap(({ altNames }) => altNames)])
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : ''
  return sentences(
    `The host has no interface ${name}.`,
    near === null ? '' : `Did you mean ${near}?`,
    `There are: ${names.slice(0, mostNames).join(', ')}${more}.`,
    hides.includes('alternative-names') ? 'Alternative names of interfaces are not shown by this host.' : '',
  )
}
