import type { DnsQuery } from '../../facts/dns-query/index.js'
import type { HostsFile } from '../../facts/hosts-file/index.js'
import { addressFamily } from '../../lib/address.js'
import type { Finding } from '../../model/check.js'
import type { FactError } from '../../model/fact.js'
import type { Server } from './in-dns.js'
import { showEntries } from './words.js'

export interface Answered {
  readonly server: Server
  readonly name: string
  readonly type: 'A' | 'AAAA'
  readonly outcome: { readonly value: DnsQuery } | { readonly error: FactError } | undefined
}

/** One server's answer for one family against what the file pins. */
export function compareWithDns(subject: string, file: HostsFile, { server, name, type, outcome }: Answered): Finding {
  const pinned = file.entries.filter(({ address }) => (addressFamily(address) === 4) === (type === 'A'))
  const common = { subject: `${subject}: ${type} of ${name} at ${server.address}`, expected: showEntries(pinned) }
  const read = answerOf(outcome)
  if ('message' in read) return { ...common, verdict: 'error', ...read }
  const wanted = new Set(pinned.map(({ address }) => address))
  const same = read.addresses.length === wanted.size && read.addresses.every((address) => wanted.has(address))
  const actual = read.addresses.length === 0 ? read.none : read.addresses.join(', ')
  if (same) return { ...common, verdict: 'pass', actual, message: '' }
  const lines = pinned.map(({ line }) => line).join(', ')
  const remedy = read.addresses.length === 0 ? 'Remove the line, or add the record.' : 'One of both is out of date.'
  return {
    ...common,
    verdict: 'fail',
    actual,
    message: `Line ${lines} of /etc/hosts hides what DNS says from the programs of this host. ${remedy}`,
  }
}

type Read = { readonly addresses: readonly string[]; readonly none: string } | { readonly actual: string; readonly message: string }

function answerOf(outcome: Answered['outcome']): Read {
  if (outcome === undefined) return { actual: 'not asked', message: 'The server was not asked.' }
  if ('error' in outcome) return { actual: 'not known', message: outcome.error.message }
  const { message, status, detail } = outcome.value
  if (message === null) {
    const words = detail === null ? status : `${status} (${detail})`
    return { actual: words, message: 'The DNS server gave no answer, so nothing can be compared: prove it with a dns-record check.' }
  }
  if (message.rcode === 'NXDOMAIN') return { addresses: [], none: 'no such name' }
  if (message.rcode !== 'NOERROR')
    return { actual: message.rcode, message: 'The DNS server could not or would not say, so nothing can be compared.' }
  const found = message.answers.filter(({ type }) => type === 'A' || type === 'AAAA').map(({ data }) => data)
  return { addresses: [...new Set(found)].sort(), none: 'no such record' }
}
