import { nameLookup } from '../../facts/name-lookup/index.js'
import { request } from '../../lib/fact-key.js'
import { namedResolver } from '../../lib/named-resolver.js'
import { readAnswer, readLookup } from './answer.js'
import { goOn } from './delegation/addresses.js'
import { authorityOf } from './delegation/authority.js'
import type { Authority, NameServer } from './delegation/name-server.js'
import { isAsked } from './family.js'
import { type Inquiry, known, queryTo } from './inquiry.js'
import { judge } from './judge.js'
import { type Reference, referenceOf } from './reference.js'
import { readResolver, type Server } from './resolver-words.js'
import type { Sight } from './sight.js'
import { resolversOf } from './spec.js'
import { systemServers } from './system-servers.js'

/** All that is found out for one check. */
export interface Gathered {
  /** In the order of the runbook, and of the addresses of each resolver. */
  readonly sights: readonly Sight[]
  /** What the zone's own servers say; null where nobody wants to know. */
  readonly reference: Reference | null
  /** What the host's DNS servers say where its own programs do not find what is expected; empty otherwise. */
  readonly behindLookup: readonly Sight[]
}

/** @returns undefined while answers are missing; the inquiry has noted which. */
export function gather(inquiry: Inquiry): Gathered | undefined {
  const { spec } = inquiry
  const entries = resolversOf(spec)
  const wantsAuthority = spec.propagated === true || entries.includes('authoritative')
  // All are asked for before any is waited for, so that one visit to the host answers as much as it can.
  const own = new Map(entries.filter((entry) => entry !== 'authoritative').map((entry) => [entry, sightsOf(inquiry, entry)]))
  const authority = wantsAuthority ? authoritySights(inquiry) : null
  const asked = known(entries.map((entry) => (entry === 'authoritative' ? authority?.sights : own.get(entry))))
  if (asked === undefined || authority === undefined) return undefined
  const reference = authority === null ? null : referenceOf(inquiry, authority.authority, authority.sights)
  const sights = asked.flat()
  const lookup = sights.find(({ role, answer }) => role === 'lookup' && judge(spec, answer, null).verdict === 'fail')
  const behindLookup = lookup === undefined ? [] : systemSights(inquiry)
  return reference === undefined || behindLookup === undefined ? undefined : { sights, reference, behindLookup }
}

function sightsOf(inquiry: Inquiry, entry: string): readonly Sight[] | undefined {
  const word = readResolver(entry)
  if (typeof word === 'string') throw new Error(`${entry}: ${word}`)
  if (word.kind === 'server') return known([ask(inquiry, { entry, role: 'resolver', label: null, resolver: null }, word.server)])
  if (word.kind === 'system') return usesLookup(inquiry) ? lookupSight(inquiry) : systemSights(inquiry)
  const resolver = namedResolver(inquiry.context.inventory, entry)?.resolver
  if (resolver === undefined) throw new Error(`no resolver is called ${entry}`)
  const servers = resolver.addresses
    .filter((address) => isAsked(inquiry.spec, address))
    .map((address) => ({ address, port: resolver.port }))
  return known(servers.map((server) => ask(inquiry, { entry, role: 'resolver', label: entry, resolver }, server)))
}

/** The host's own programs tell addresses and names, but neither a TTL nor a response code, and they send as they please. */
function usesLookup({ spec, question }: Inquiry): boolean {
  const { ttl, rcode, authenticated, transport, source } = spec
  const isPlain = [ttl, rcode, authenticated, transport, source].every((key) => key === undefined) && spec.propagated !== true
  return isPlain && (question.type === 'A' || question.type === 'AAAA' || question.address !== null)
}

function lookupSight(inquiry: Inquiry): readonly Sight[] | undefined {
  const { spec, question, context } = inquiry
  const family = question.type === 'A' ? 4 : question.type === 'AAAA' ? 6 : null
  // A final dot keeps the C library from adding search domains.
  const name = question.address ?? (spec.name.endsWith('.') ? `${question.name}.` : question.name)
  const outcome = inquiry.of(request(nameLookup, context.host.name, family === null ? { name } : { name, family }))
  if (outcome === undefined) return undefined
  return [{ entry: 'system', role: 'lookup', server: null, label: null, resolver: null, answer: readLookup(family, outcome) }]
}

function systemSights(inquiry: Inquiry): readonly Sight[] | undefined {
  const system = systemServers(inquiry)
  if (system === undefined) return undefined
  const one = { entry: 'system', role: 'resolver', label: 'system', resolver: null } as const
  if ('error' in system) return [{ ...one, server: null, answer: unknown('failed', system.error) }]
  return known(system.servers.map((server) => ask(inquiry, one, server)))
}

function ask(inquiry: Inquiry, sight: Omit<Sight, 'server' | 'answer'>, server: Server): Sight | undefined {
  const dnssec = inquiry.spec.authenticated !== undefined
  const outcome = inquiry.of(queryTo(inquiry, server, inquiry.question, { recurse: true, dnssec, rate: sight.resolver?.rate ?? null }))
  return outcome && { ...sight, server, answer: readAnswer(inquiry.question, outcome, { role: 'resolver' }) }
}

interface AuthoritySights {
  readonly authority: Authority
  readonly sights: readonly Sight[]
}

function authoritySights(inquiry: Inquiry): AuthoritySights | undefined {
  const authority = authorityOf(inquiry)
  if (authority === undefined) return undefined
  if (authority.kind === 'broken') return { authority, sights: [{ ...fromAuthority(null), answer: unknown('no-zone', authority.why) }] }
  const sights = known(authority.nameServers.map((nameServer) => nameServerSights(inquiry, nameServer, authority.zone)))
  return sights && { authority, sights: sights.flat() }
}

function nameServerSights(inquiry: Inquiry, { name, servers }: NameServer, zone: string | null): readonly Sight[] | undefined {
  if (servers.length === 0) return [{ ...fromAuthority(name), answer: unknown('no-address', null) }]
  return known(
    servers.map((server): Sight | undefined => {
      const outcome = inquiry.of(queryTo(inquiry, server, inquiry.question, { recurse: false }))
      const answer = outcome && goOn(inquiry, inquiry.question, readAnswer(inquiry.question, outcome, { role: 'authoritative', zone }))
      return answer && { ...fromAuthority(name), server, answer }
    }),
  )
}

const fromAuthority = (label: string | null) =>
  ({ entry: 'authoritative', role: 'authoritative', server: null, label, resolver: null }) as const

const unknown = (why: 'failed' | 'no-zone' | 'no-address', detail: string | null) =>
  ({ kind: 'unanswered', why, detail, tries: 0, transport: null }) as const
