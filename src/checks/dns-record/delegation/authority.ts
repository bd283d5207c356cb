import { nameLookup } from '../../../facts/name-lookup/index.js'
import { addressFamily } from '../../../lib/address.js'
import { canonicalName } from '../../../lib/dns/name.js'
import { request } from '../../../lib/fact-key.js'
import { namedResolver } from '../../../lib/named-resolver.js'
import { familyOf, isAsked } from '../family.js'
import { type Inquiry, known } from '../inquiry.js'
import { readResolver } from '../resolver-words.js'
import { addressesByDelegation, descendTo } from './addresses.js'
import { askFew, readMessage } from './ask-few.js'
import type { Descent } from './descend.js'
import { type Authority, interleaved, joinNameServers, type NameServer, nameServersIn, serversAt } from './name-server.js'
import { authorityBySystem } from './system.js'

/** The servers of the zone: those that the runbook names, or those that the delegation leads to. @returns undefined while answers are missing. */
export function authorityOf(inquiry: Inquiry): Authority | undefined {
  const { authoritative } = inquiry.spec
  if (authoritative !== undefined) return givenAuthority(inquiry, authoritative)
  const descent = descendTo(inquiry, inquiry.question.name)
  if (descent === undefined) return undefined
  if (descent.kind === 'found') return wholeZone(inquiry, descent)
  if (descent.zone === '.') return authorityBySystem(inquiry, descent.why)
  const { name } = inquiry.question
  return { kind: 'broken', why: `The delegation of ${name} ends at ${descent.zone}: none of its servers helps (${descent.why}).` }
}

/** The zone's own NS records beside those of the zone above: resolvers use both, and they ought to be the same. */
function wholeZone(inquiry: Inquiry, { zone, nameServers: asked, ...descent }: Descent & { kind: 'found' }): Authority | undefined {
  // The root's own are thirteen servers with hundreds of places each: those that were asked will do.
  if (zone === '.') return { kind: 'found', zone, nameServers: asked.slice(0, 3), notes: rootNotes(inquiry) }
  const { spec } = inquiry
  const read = readMessage((message) => {
    const own = message.authoritative ? nameServersIn(zone, message.answers, message.additionals, spec) : []
    return own.length === 0 ? null : own
  }, 'no NS records')
  const replies = askFew(inquiry, interleaved(asked), { name: zone, type: 'NS', recurse: false }, read)
  if (replies === undefined) return undefined
  const own = replies.good.reduce(joinNameServers, [])
  const delegated = descent.delegated || own.length === 0 ? asked : []
  const nameServers = addressesByDelegation(inquiry, joinNameServers(delegated, own))
  return nameServers === undefined ? undefined : { kind: 'found', zone, nameServers, notes: differences(zone, delegated, own) }
}

function rootNotes({ question: { name } }: Inquiry): readonly string[] {
  if (name === '.') return []
  const top = name.split('.').at(-1) ?? name
  return [
    `The root zone itself answers, as it delegates nothing of ${name}: there is no "${top}" on the Internet. Where the zone is private, name its servers in \`authoritative\`.`,
  ]
}

function differences(zone: string, delegated: readonly NameServer[], own: readonly NameServer[]): readonly string[] {
  if (own.length === 0 || delegated.length === 0) return []
  const names = (servers: readonly NameServer[]): readonly string[] => servers.flatMap(({ name }) => name ?? [])
  const missing = names(own).filter((name) => !names(delegated).includes(name))
  const stray = names(delegated).filter((name) => !names(own).includes(name))
  return [
    ...(stray.length > 0 ? [`The zone above ${zone} delegates it to ${stray.join(', ')} too, which its own NS records do not name.`] : []),
    ...(missing.length > 0
      ? [`The NS records of ${zone} name ${missing.join(', ')} too, to which the zone above does not delegate it.`]
      : []),
  ]
}

/** Addresses as they are, hosts and resolvers of the inventory, and other names as the asking host resolves them. */
function givenAuthority(inquiry: Inquiry, words: readonly string[]): Authority | undefined {
  const nameServers = known(words.map((word) => givenServer(inquiry, word)))
  return nameServers === undefined ? undefined : { kind: 'found', zone: null, nameServers, notes: [] }
}

function givenServer(inquiry: Inquiry, text: string): NameServer | undefined {
  const { spec, context } = inquiry
  const word = readResolver(text)
  if (typeof word === 'string') throw new Error(`${text}: ${word}`)
  if (word.kind === 'server') return { name: null, servers: [word.server] }
  const resolver = namedResolver(context.inventory, text)?.resolver
  if (resolver !== undefined) {
    const asked = resolver.addresses.filter((address) => isAsked(spec, address))
    return { name: text, servers: asked.map((address) => ({ address, port: resolver.port })) }
  }
  const name = context.inventory.hosts.get(text)?.address ?? canonicalName(text) ?? text
  if (addressFamily(name) !== null) return { name: text, servers: serversAt([name], spec) }
  const family = familyOf(spec)
  const outcome = inquiry.of(request(nameLookup, context.host.name, { name, ...(family === null ? {} : { family }) }))
  if (outcome === undefined) return undefined
  return { name: text, servers: 'value' in outcome ? serversAt(outcome.value.found, spec) : [] }
}
