import { type Links, linkNamed, otherLinks } from '../../facts/links/index.js'
import { sentences } from '../../lib/sentences.js'
import type { Traffic } from './schema.js'

const keys = ['interface', 'out-interface'] as const

/**
 * The traffic with the names that the kernel and its rules know its interfaces by, in place of alternative names; or why that cannot
 * be: the host has no such interface. What rules do with packets of an interface that does not exist proves nothing.
 */
export function withKernelNames(traffic: Traffic, links: Links): Traffic | { readonly missing: string } {
  let named = traffic
  for (const key of keys) {
    const name = traffic[key]
    if (name === undefined) continue
    const link = linkNamed(links, name)
    if (link === undefined) return { missing: sentences(`The host has no interface ${name}.`, otherLinks(links, name)) }
    named = { ...named, [key]: link.name }
  }
  return named
}
