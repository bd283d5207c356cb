import type { Link, LinkAddress, Links } from '../../facts/links/index.js'
import { addressFamily, canonicalAddress } from '../../lib/address.js'
import { type Comparison, findingOf } from '../../lib/comparison.js'
import { describeList, type ListExpectation, listDifference } from '../../lib/list-expectation.js'
import { sentences } from '../../lib/sentences.js'
import type { Finding } from '../../model/check.js'
import type { Spec } from './schema.js'
import { placesIn, respelt, showItems, wantedIn } from './sets.js'

/** @returns `2001:db8::1/64`; without a length, as `not` may have it, the address alone. */
export const canonical = (text: string): string => {
  const [address = '', length] = text.split('/')
  const spelt = canonicalAddress(address) ?? address
  return length === undefined ? spelt : `${spelt}/${Number(length)}`
}

const isAlone = (text: string): boolean => !text.includes('/')

const show = ({ address, prefixLength }: LinkAddress): string => `${address}/${prefixLength}`

const isLinkLocal = (address: string): boolean => /^fe[89ab]/.test(address) && addressFamily(address) === 6

/** The set of addresses, and whether those that are expected serve. */
export function judgeAddresses(spec: Spec, link: Link, links: Links, label: string): readonly Finding[] {
  const { addresses, family } = spec
  if (addresses === undefined) return []
  const expected = respelt(addresses, canonical)
  const named = placesIn(expected).map(({ raw }) => raw)
  const isNamed = (address: LinkAddress): boolean => named.includes(show(address)) || named.includes(address.address)
  // Every IPv6 interface makes a link-local address of its own accord, and temporary ones come and go (RFC 4291, RFC 8981).
  const isNoise = ({ address, flags }: LinkAddress): boolean =>
    flags?.includes('temporary') === true || (isLinkLocal(address) && !named.some(isLinkLocal))
  const own = link.addresses.filter(({ address }) => family === undefined || (addressFamily(address) === 4) === (family === 'inet'))
  const actual = own.filter((address) => isNamed(address) || !isNoise(address)).map(show)
  const difference = listDifference(withLengths(expected, own), actual, false)
  const comparison: Comparison = {
    property: 'addresses',
    outcome: isBlind(spec, links) ? 'unknown' : difference === null ? 'met' : 'unmet',
    expected: describeList(expected),
    actual: showItems(actual),
  }
  const { missing, unwanted } = difference ?? { missing: [], unwanted: [] }
  const message =
    comparison.outcome === 'unknown'
      ? 'Without `ip` this host does not show which interface has an IPv4 address; with `family: inet6` the others can be judged.'
      : sentences(
          ...missing.map((item) => explainMissing(item, link, links)),
          unwanted.length === 0 ? '' : `Not expected: ${showItems(unwanted)}.`,
          ...otherLengths(expected, own),
        )
  return [findingOf(label, comparison, message), ...judgeService(wantedIn(expected), link, label)]
}

/** An address that may not be there whatever its length is each that there is of it. */
function withLengths(expected: ListExpectation, own: readonly LinkAddress[]): ListExpectation {
  if (!('not' in expected) || expected.not === undefined) return expected
  const not = expected.not.flatMap((item) => (isAlone(item) ? own.filter(({ address }) => address === item).map(show) : [item]))
  return { ...expected, not }
}

/** An address with the one length says nothing of the same address with another. */
function otherLengths(expected: ListExpectation, own: readonly LinkAddress[]): readonly string[] {
  const unwanted = 'not' in expected ? (expected.not ?? []) : []
  return unwanted.flatMap((item) => {
    const [address = ''] = item.split('/')
    const twin = own.find((each) => each.address === address && show(each) !== item)
    if (twin === undefined || isAlone(item) || own.some((each) => show(each) === item)) return []
    return [`${address} is there with /${twin.prefixLength}: without a length, as ${address}, \`not\` means it whatever its length.`]
  })
}

const isBlind = ({ family }: Spec, { hides }: Links): boolean => hides.includes('ipv4-addresses') && family !== 'inet6'

/** What there is instead: another prefix length, or another interface. */
function explainMissing(item: string, link: Link, { links }: Links): string {
  const [address = ''] = item.split('/')
  const twin = link.addresses.find((each) => each.address === address)
  if (twin !== undefined)
    return `${address} is there with /${twin.prefixLength}: hosts between the two lengths are taken for neighbours, or not.`
  const elsewhere = links.find((other) => other.addresses.some((each) => each.address === address))
  return elsewhere === undefined ? `Missing: ${item}.` : `${address} is on ${elsewhere.name} instead.`
}

/** An address whose check for duplicates is not done, or failed, is there and serves nobody (RFC 4862 section 5.4). */
function judgeService(expected: readonly string[], { name, addresses }: Link, label: string): readonly Finding[] {
  return addresses.flatMap((address) => {
    const { flags } = address
    const failed = flags?.includes('dadfailed') === true
    if (!expected.includes(show(address)) || (!failed && flags?.includes('tentative') !== true)) return []
    const actual = failed ? 'a duplicate: another host answers for it' : 'tentative: not yet known to be unique'
    const message = failed
      ? `The kernel does not use it until it is taken away and set anew. Find the other host: \`ip -6 neigh show dev ${name}\` on a neighbour.`
      : 'That takes a second or two; it lasts while the interface has no carrier. With `retry` it is asked again.'
    return [findingOf(label, { property: `address ${show(address)}`, outcome: 'unmet', expected: 'in service', actual }, message)]
  })
}
