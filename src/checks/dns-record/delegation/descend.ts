import type { Inquiry } from '../inquiry.js'
import { askFew } from './ask-few.js'
import { interleaved, joinNameServers, type NameServer } from './name-server.js'
import { type Reply, readReply } from './reply.js'
import { rootsOf } from './roots.js'

/** Finds the addresses of name servers that have none; undefined while answers are missing. */
export type Locate = (nameServers: readonly NameServer[]) => readonly NameServer[] | undefined

/** Where the delegation of a name leads to. */
export type Descent =
  | {
      readonly kind: 'found'
      readonly zone: string
      readonly nameServers: readonly NameServer[]
      /** true: they are those that the zone above names. false: they were asked for the zone above, and have this one as well. */
      readonly delegated: boolean
    }
  /** `zone` is the last one that was reached: `.` when the root servers did not help. */
  | { readonly kind: 'broken'; readonly zone: string; readonly why: string }

/** Zone cuts on the way: names under ip6.arpa have most, and rarely ten. */
const mostSteps = 24

/**
 * Follows the delegation of `name` from the root, one zone a step. Each step goes deeper, so that it ends.
 * @returns undefined while answers are missing.
 */
export function descend(inquiry: Inquiry, name: string, locate: Locate): Descent | undefined {
  let zone = '.'
  let nameServers = rootsOf(inquiry.context.inventory.resolvers)
  for (let step = 0; step < mostSteps; step += 1) {
    const located = someAddress(nameServers, locate)
    if (located === undefined) return undefined
    const here = zone
    const servers = interleaved(located)
    const replies = askFew(inquiry, servers, { name, type: 'SOA', recurse: false, isRoot: zone === '.' }, (outcome) =>
      readReply(outcome, name, here, inquiry.spec),
    )
    if (replies === undefined) return undefined
    const reply = deepest(replies.good)
    if (reply === undefined) return { kind: 'broken', zone, why: replies.why || withoutAddress(located) }
    if (reply.kind === 'authority') return { kind: 'found', zone: reply.zone, nameServers: located, delegated: reply.zone === zone }
    zone = reply.zone
    nameServers = referredTo(replies.good, zone)
  }
  return { kind: 'broken', zone, why: `more than ${mostSteps} delegations` }
}

/** The reply that knows the zone nearest to the name; of two such the referral, since a server may have the zone above, too. */
function deepest(replies: readonly Reply[]): Reply | undefined {
  const depth = ({ kind, zone }: Reply): number => (zone === '.' ? 0 : zone.split('.').length * 2) + Number(kind === 'referral')
  return [...replies].sort((a, b) => depth(b) - depth(a))[0]
}

/** What all of them refer to for this zone: one may know an address that another does not. */
function referredTo(replies: readonly Reply[], zone: string): readonly NameServer[] {
  return replies
    .flatMap((reply) => (reply.kind === 'referral' && reply.zone === zone ? [reply.nameServers] : []))
    .reduce(joinNameServers, [])
}

const withoutAddress = (nameServers: readonly NameServer[]): string =>
  `no address is found for ${nameServers.map(({ name }) => name).join(', ') || 'any server'}`

/** Without any address nothing can be asked, so that some are looked up; those that came along do otherwise. */
function someAddress(nameServers: readonly NameServer[], locate: Locate): readonly NameServer[] | undefined {
  return nameServers.some(({ servers }) => servers.length > 0) ? nameServers : locate(nameServers.slice(0, 3))
}
