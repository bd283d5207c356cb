import type { DnsQuery, DnsQueryArgs, DnsRecord } from '../../facts/dns-query/index.js'
import { isWithin } from './aliases.js'
import { answered, record, silence } from './fixtures.js'

/** For tests: the zones that each server has, by its address; a zone is its records, delegations and glue included. */
export type Servers = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>

/** Answers as an authoritative server does: from the zone nearest to the name, with referrals, aliases and negative answers. */
export function serve(servers: Servers): (args: DnsQueryArgs) => DnsQuery {
  return ({ server, name, type }) => {
    const zones = servers[server]
    if (zones === undefined) return silence('timeout')
    const zone = Object.keys(zones)
      .filter((each) => isWithin(name, each))
      .sort((a, b) => (a === '.' ? 0 : a.length) - (b === '.' ? 0 : b.length))
      .at(-1)
    if (zone === undefined) return answered([], { rcode: 'REFUSED', recursionAvailable: false })
    return answerFrom(zone, (zones[zone] ?? []).map(record), name, type)
  }
}

function answerFrom(zone: string, records: readonly DnsRecord[], name: string, type: string): DnsQuery {
  const cut = records.filter((each) => each.type === 'NS' && each.name !== zone && isWithin(name, each.name))
  if (cut.length > 0) {
    const glue = records.filter((each) => cut.some(({ data }) => data === each.name))
    return answered([], { recursionAvailable: false, authorities: cut, additionals: glue })
  }
  const said = { authoritative: true, recursionAvailable: false }
  const own = records.filter((each) => each.name === name)
  const answers = own.filter((each) => each.type === type)
  if (answers.length > 0) return answered([], { ...said, answers })
  const alias = own.find((each) => each.type === 'CNAME')
  if (alias !== undefined) {
    if (!isWithin(alias.data, zone)) return answered([], { ...said, answers: [alias] })
    const rest = answerFrom(zone, records, alias.data, type)
    return { ...rest, message: rest.message && { ...rest.message, authoritative: true, answers: [alias, ...rest.message.answers] } }
  }
  const soa = records.filter((each) => each.name === zone && each.type === 'SOA')
  const exists = records.some((each) => isWithin(each.name, name))
  return answered([], { ...said, rcode: exists ? 'NOERROR' : 'NXDOMAIN', authorities: soa })
}
