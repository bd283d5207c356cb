import { canonicalName } from '../../../lib/dns/name.js'
import type { DnsType } from '../../../lib/dns/types.js'
import { endOf } from '../aliases.js'
import { type Answer, readAnswer } from '../answer.js'
import { familyOf } from '../family.js'
import { type Inquiry, known } from '../inquiry.js'
import { describeUnanswered } from '../words.js'
import { askFew } from './ask-few.js'
import { type Descent, descend } from './descend.js'
import { interleaved, type NameServer, serversAt } from './name-server.js'
import { noTrail, type Trail } from './trail.js'

/** A name server whose name needs another whose name needs another …: nobody builds that on purpose. */
const deepest = 3
/** Aliases from zone to zone; content networks need three or four. */
const mostZones = 8

/** Where the delegation of `name` leads to, the addresses of name servers looked up where they are needed. */
export function descendTo(inquiry: Inquiry, name: string, trail: Trail = noTrail): Descent | undefined {
  return descend(inquiry, name, (nameServers) => addressesByDelegation(inquiry, nameServers, trail))
}

/** The same servers, with the addresses of those that had none. @returns undefined while answers are missing. */
export function addressesByDelegation(
  inquiry: Inquiry,
  nameServers: readonly NameServer[],
  trail: Trail = noTrail,
): readonly NameServer[] | undefined {
  return known(nameServers.map((nameServer) => withAddresses(inquiry, nameServer, trail)))
}

/** The types of records in which a server's addresses are, for the family that is asked for. */
export function addressTypes({ spec }: Inquiry): readonly DnsType[] {
  const family = familyOf(spec)
  return family === 4 ? ['A'] : family === 6 ? ['AAAA'] : ['A', 'AAAA']
}

function withAddresses(inquiry: Inquiry, nameServer: NameServer, trail: Trail): NameServer | undefined {
  const { name, servers } = nameServer
  if (name === null || servers.length > 0 || trail.servers.includes(name) || trail.servers.length >= deepest) return nameServer
  const onward = { ...trail, servers: [...trail.servers, name] }
  const answers = known(addressTypes(inquiry).map((type) => answerByDelegation(inquiry, { name, type }, onward)))
  if (answers === undefined) return undefined
  const addresses = answers.flatMap((answer) => (answer.kind === 'records' ? answer.records.map(({ data }) => data) : []))
  return { name, servers: serversAt(addresses, inquiry.spec) }
}

interface Asked {
  readonly name: string
  readonly type: DnsType
}

/**
 * What the servers of a name's own zone answer, across aliases. Of several servers the first that answers is believed.
 * @returns undefined while answers are missing.
 */
function answerByDelegation(inquiry: Inquiry, asked: Asked, trail: Trail): Answer | undefined {
  const descent = descendTo(inquiry, asked.name, trail)
  if (descent === undefined) return undefined
  if (descent.kind === 'broken') return unknown(`the delegation of ${asked.name} ends at ${descent.zone}: ${descent.why}`)
  const replies = askFew(inquiry, interleaved(descent.nameServers), { ...asked, recurse: false }, (outcome) => {
    const answer = readAnswer(asked, outcome, { role: 'authoritative', zone: descent.zone })
    if (answer.kind === 'unanswered') return { poor: describeUnanswered(answer) }
    return answer.kind === 'failure' ? { poor: answer.rcode } : { good: answer }
  })
  if (replies === undefined) return undefined
  const [answer] = replies.good
  return answer === undefined ? unknown(replies.why) : goOn(inquiry, asked, answer, trail)
}

/** What is behind an alias that leaves the zone; `answer` itself where none does. @returns undefined while answers are missing. */
export function goOn(inquiry: Inquiry, asked: Asked, answer: Answer, trail: Trail = noTrail): Answer | undefined {
  if (answer.kind !== 'onward') return answer
  const end = endOf(asked.name, answer.aliases)
  const passed = [...trail.aliases, asked.name]
  if (passed.includes(end)) return { ...answer, kind: 'loop' }
  if (canonicalName(end) !== end) return unknown(`the alias ${end} is a name that cannot be asked for`)
  if (passed.length >= mostZones) return unknown(`the aliases lead through more than ${mostZones} zones`)
  const rest = answerByDelegation(inquiry, { name: end, type: asked.type }, { ...trail, aliases: passed })
  return rest === undefined || rest.kind === 'unanswered' ? rest : { ...rest, aliases: [...answer.aliases, ...rest.aliases] }
}

const unknown = (detail: string): Answer => ({ kind: 'unanswered', why: 'failed', detail, tries: 0, transport: null })
