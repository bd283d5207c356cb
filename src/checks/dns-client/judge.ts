import type { DnsClient } from '../../facts/dns-client/index.js'
import { describeList, type ListDifference, type ListExpectation, listDifference, showList } from '../../lib/list-expectation.js'
import { sentences } from '../../lib/sentences.js'
import type { Finding } from '../../model/check.js'
import { whoWrites } from './manager.js'
import { optionsOf } from './options.js'
import type { Spec } from './schema.js'
import { lowerDomain, searchOf } from './search.js'
import { readServer } from './server.js'
import { isLoopback, isStubbed, linkOf, serversOf, type View } from './view.js'

export function judge(spec: Spec, client: DnsClient): readonly Finding[] {
  return [
    ...judgeServers(spec, client),
    ...judgeSearch(spec, client),
    ...judgeOptions(spec, client),
    ...judgeStub(spec, client),
    ...judgeSources(spec, client),
  ]
}

const label = 'dns-client'

const labelOf = ({ interface: device }: Spec): string => (device === undefined ? label : `${label} ${device}`)

interface Question {
  readonly label: string
  readonly property: string
  readonly expected: ListExpectation
  readonly ordered: boolean
  readonly view: View<readonly string[]>
  /** What to do about a difference. */
  readonly advice: string
}

function judgeList({ label, property, expected, ordered, view, advice }: Question): Finding {
  const finding = { subject: `${label}: ${property}`, expected: describeList(expected) }
  if ('message' in view) return { ...finding, verdict: 'error', ...view }
  const actual = showList(view.value)
  const difference = listDifference(expected, view.value, ordered)
  if (difference === null) return { ...finding, verdict: 'pass', actual, message: view.note }
  return { ...finding, verdict: 'fail', actual, message: sentences(inWords(difference, view.value), view.note, advice) }
}

function inWords({ missing, unwanted, misordered }: ListDifference, actual: readonly string[]): string {
  const twice = actual.filter((value, index) => actual.indexOf(value) !== index)
  if (misordered && twice.length > 0) return `It is there more than once: ${[...new Set(twice)].join(', ')}.`
  if (misordered) return 'The order is another, and the first is asked first.'
  const parts = [
    missing.length === 0 ? '' : `missing: ${missing.join(', ')}`,
    unwanted.length === 0 ? '' : `not expected: ${unwanted.join(', ')}`,
  ]
  const words = parts.filter((part) => part !== '').join('; ')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
}

const readAll = (expected: ListExpectation, read: (raw: string) => string): ListExpectation =>
  'length' in expected
    ? expected.map(read)
    : {
        ...(expected.contains === undefined ? {} : { contains: expected.contains.map(read) }),
        ...(expected.not === undefined ? {} : { not: expected.not.map(read) }),
      }

const map = <From, To>(view: View<From>, change: (value: From) => To): View<To> =>
  'message' in view ? view : { value: change(view.value), note: view.note }

function judgeServers(spec: Spec, client: DnsClient): readonly Finding[] {
  if (spec.servers === undefined) return []
  const expected = readAll(spec.servers, (raw) => readServer(raw) ?? raw)
  const needed = 'length' in expected ? expected : (expected.contains ?? [])
  const forbidden = 'length' in expected ? [] : (expected.not ?? [])
  const seen =
    spec.interface === undefined ? serversOf(client, { needed, forbidden }) : map(linkOf(client, spec.interface), ({ servers }) => servers)
  const view = 'message' in seen ? seen : { ...seen, note: sentences(seen.note, unasked(client)) }
  return [
    judgeList({ label: labelOf(spec), property: 'servers', expected, ordered: spec.ordered ?? true, view, advice: whoWrites(client) }),
  ]
}

/** The servers are right, and no program asks them. */
const unasked = ({ hosts }: DnsClient): string =>
  hosts === null || hosts.includes('dns') || hosts.includes('resolve')
    ? ''
    : `\`hosts: ${hosts.join(' ')}\` of /etc/nsswitch.conf names neither dns nor resolve: programs of the C library ask no DNS server at all.`

function judgeSearch(spec: Spec, client: DnsClient): readonly Finding[] {
  if (spec.search === undefined) return []
  const expected = readAll(spec.search, lowerDomain)
  // Domains behind `~` say which names go to a link, and complete none.
  const view =
    spec.interface === undefined
      ? searchOf(client, (domains) => listDifference(expected, domains, spec.ordered ?? true) === null)
      : map(linkOf(client, spec.interface), ({ domains }) => domains.filter((domain) => !domain.startsWith('~')).map(lowerDomain))
  return [
    judgeList({
      label: labelOf(spec),
      property: 'search',
      expected,
      ordered: spec.ordered ?? true,
      view,
      advice: whoWrites(client),
    }),
  ]
}

function judgeOptions(spec: Spec, client: DnsClient): readonly Finding[] {
  if (spec.options === undefined) return []
  const view = optionsOf(client.library.options, spec.options)
  return [judgeList({ label, property: 'options', expected: spec.options, ordered: false, view, advice: whoWrites(client) })]
}

function judgeStub({ stub }: Spec, client: DnsClient): readonly Finding[] {
  if (stub === undefined) return []
  const { servers } = client.library
  const some = servers.some(isLoopback)
  const show = (local: boolean): string => (local ? 'a stub on the host' : 'no stub')
  const seen = some && !isStubbed(client) ? 'a stub on the host and others' : show(some)
  const finding = { subject: `${label}: stub`, expected: show(stub), actual: `${seen} (${servers.join(', ')})` }
  if (stub ? isStubbed(client) : !some) return [{ ...finding, verdict: 'pass', message: '' }]
  return [{ ...finding, verdict: 'fail', message: whoWrites(client) }]
}

function judgeSources(spec: Spec, { hosts }: DnsClient): readonly Finding[] {
  if (spec.sources === undefined) return []
  const message = '/etc/nsswitch.conf has no line `hosts:`; what a C library does then depends on its version.'
  const view = hosts === null ? { actual: 'not said', message } : { value: hosts, note: '' }
  const advice = 'Change the line `hosts:` of /etc/nsswitch.conf (on RHEL with authselect).'
  return [judgeList({ label, property: 'sources', expected: spec.sources, ordered: true, view, advice })]
}
