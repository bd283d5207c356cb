import { endOf, isWithin, walkAliases } from '../aliases.js'
import { type Inquiry, known } from '../inquiry.js'
import { type Server, showServer } from '../resolver-words.js'
import { systemServers } from '../system-servers.js'
import { addressTypes } from './addresses.js'
import { askFew, readMessage } from './ask-few.js'
import { type Authority, addressesIn, joinNameServers, type NameServer, nameServersIn, serversAt } from './name-server.js'

/**
 * The zone's servers as the host's own resolvers name them, for networks from which the root cannot be asked.
 * @param why the root servers did not help.
 * @returns undefined while answers are missing.
 */
export function authorityBySystem(inquiry: Inquiry, why: string): Authority | undefined {
  const { name } = inquiry.question
  const unrooted = `The root servers cannot be asked from ${inquiry.context.host.name} (${why})`
  const system = systemServers(inquiry)
  if (system === undefined) return undefined
  if ('error' in system) return { kind: 'broken', why: `${unrooted}, and neither can the host's own resolvers: ${system.error}.` }
  const { servers } = system
  const who = servers.map(showServer).join(', ')
  const soa = askFew(
    inquiry,
    servers,
    { name, type: 'SOA', recurse: true },
    readMessage(({ answers, authorities }) => {
      const record = [...answers, ...authorities].find((each) => each.type === 'SOA' && isWithin(name, each.name))
      return record?.name ?? null
    }, 'no SOA record'),
  )
  if (soa === undefined) return undefined
  const [zone] = soa.good
  if (zone === undefined) return { kind: 'broken', why: `${unrooted}, and the host's own resolvers name no zone of ${name} (${soa.why}).` }
  const nameServers = serversOfZone(inquiry, servers, zone)
  if (nameServers === undefined) return undefined
  if (nameServers.length === 0)
    return { kind: 'broken', why: `${unrooted}, and the host's own resolvers (${who}) name no servers of ${zone}.` }
  return {
    kind: 'found',
    zone,
    nameServers,
    notes: [`${unrooted}: the servers of ${zone} are those that its own resolvers (${who}) name.`],
  }
}

function serversOfZone(inquiry: Inquiry, servers: readonly Server[], zone: string): readonly NameServer[] | undefined {
  const read = readMessage(({ answers }) => {
    const named = nameServersIn(zone, answers, [], inquiry.spec)
    return named.length === 0 ? null : named
  }, 'no NS records')
  const replies = askFew(inquiry, servers, { name: zone, type: 'NS', recurse: true }, read)
  if (replies === undefined) return undefined
  return known(replies.good.reduce(joinNameServers, []).map(({ name }) => withAddresses(inquiry, servers, name ?? zone)))
}

function withAddresses(inquiry: Inquiry, servers: readonly Server[], name: string): NameServer | undefined {
  const found = known(
    addressTypes(inquiry).map((type) =>
      askFew(
        inquiry,
        servers,
        { name, type, recurse: true },
        readMessage(({ answers }) => {
          const addresses = addressesIn(endOf(name, walkAliases(name, answers).aliases), answers)
          return addresses.length === 0 ? null : addresses
        }, 'no addresses'),
      ),
    ),
  )
  return found === undefined
    ? undefined
    : {
        name,
        servers: serversAt(
          found.flatMap(({ good }) => good.flat()),
          inquiry.spec,
        ),
      }
}
