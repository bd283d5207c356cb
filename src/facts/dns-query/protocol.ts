import { addressFamily } from '../../lib/address.js'
import { encodeQuery } from '../../lib/dns/encode.js'
import { isAddressLiteral, isInterfaceName } from '../../lib/target-name.js'
import { pace } from './timing.js'
import type { DnsQueryArgs } from './value.js'

/** Whether a question can be written on a line of its own; anything else is never sent to a host. */
export function isAskable({ server, port = 53, source }: DnsQueryArgs): boolean {
  const isSource = source === undefined || isAddressLiteral(source) || isInterfaceName(source)
  return isAddressLiteral(server) && isSource && Number.isInteger(port) && port > 0 && port < 65_536
}

/**
 * Standard input of the Python probe, one question a line: `index server port transport source waitMs tries rate query`.
 * Source is an address, `%interface` or `-`; rate is 0 for none; the query is hexadecimal, with EDNS at its end and the id 0.
 */
export function encodeQuestions(requests: readonly DnsQueryArgs[]): string {
  const queryOf = queriesOnce()
  return requests.map((request, index) => (isAskable(request) ? `${index} ${questionLine(request, queryOf(request))}\n` : '')).join('')
}

/** A name is asked for at several servers: writing the same query again and again would be most of what encoding costs. */
function queriesOnce(): (request: DnsQueryArgs) => string {
  const known = new Map<string, string>()
  return (request) => {
    const key = `${request.type} ${request.recurse} ${request.dnssec} ${request.name}`
    const query = known.get(key) ?? Buffer.from(encodeQuery(request)).toString('hex')
    known.set(key, query)
    return query
  }
}

function questionLine(request: DnsQueryArgs, query: string): string {
  const { server, port = 53, transport = 'udp', timeoutMs, tries = pace.tries, rate, source } = request
  const from = source === undefined ? '-' : addressFamily(source) === null ? `%${source}` : source
  return [server, port, transport, from, Math.max(1, Math.round(timeoutMs)), Math.max(1, tries), rate ?? 0, query].join(' ')
}
