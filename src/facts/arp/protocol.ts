import { canonicalAddress, parsePrefix, prefixContains } from '../../lib/address.js'
import { NotUnderstood } from '../../lib/errors.js'
import { canonicalMac } from '../../lib/mac.js'
import { printableLine } from '../../lib/printable.js'
import { isCount, listIn, readObjects } from '../../lib/probe/untrusted.js'
import type { Arp, ArpArgs } from './value.js'

/** Answers that are kept for an address: a network with more MACs for one address is broken in any case. */
const mostAnswers = 64

/** Addresses that are never one host's: unspecified, multicast (RFC 5771, RFC 4291) and the limited broadcast. */
const nobodys = ['0.0.0.0/8', '224.0.0.0/4', '255.255.255.255/32', '::/128', 'ff00::/8'].flatMap((text) => parsePrefix(text) ?? [])

/** Why a request is never sent to a host; null when it can be. */
export function unaskable({ address, interface: name }: ArpArgs): string | null {
  if (canonicalAddress(address) !== address) return 'not a canonical address'
  if (nobodys.some((prefix) => prefixContains(prefix, address))) return 'not an address that a single host can have'
  // dev_valid_name of the kernel, without what would end a word here.
  if (name !== null && !/^(?!-$|\.\.?$)[!-.0-9;-~]{1,15}$/.test(name)) return 'not the name of an interface'
  return null
}

/** Nothing was asked, or nothing can be claimed. */
export const unasked = (name: string | null, problem: string): Arp => ({ interface: name, asked: 0, answers: [], problem })

/** Standard input of the probes, one request a line: `index address interface`; `-` for any interface. */
export function encodeRequests(requests: readonly ArpArgs[]): string {
  const line = (request: ArpArgs, index: number): string =>
    unaskable(request) === null ? `${index} ${request.address} ${request.interface ?? '-'}\n` : ''
  return requests.map(line).join('')
}

/**
 * Reads what the Python probe wrote: `{"probe"}`, then for each request `{"i", "interface", "asked", "macs", "problem"}`.
 * @throws NotUnderstood when no probe wrote this. Lines that are no answers are passed over.
 */
export function decodeAnswers(stdout: string, requests: readonly ArpArgs[]): readonly Arp[] {
  const objects = readObjects(stdout)
  if (!objects.some(({ probe }) => probe === 'arp')) throw new NotUnderstood('the answers of an ARP probe', stdout)
  const byIndex = new Map(objects.map((object) => [object.i, object]))
  return requests.map((request, index) => {
    const problem = unaskable(request)
    if (problem !== null) return unasked(request.interface, problem)
    return readAnswer(byIndex.get(index)) ?? unasked(request.interface, 'the probe ended without an answer for this address')
  })
}

function readAnswer(object: Record<string, unknown> | undefined): Arp | null {
  if (object === undefined) return null
  const { asked, problem } = object
  const name = typeof object.interface === 'string' ? printableLine(object.interface) : null
  if (!isCount(asked)) return null
  if (typeof problem === 'string') return { interface: name, asked, answers: [], problem: printableLine(problem) }
  const macs = listIn(object.macs).map((mac) => (typeof mac === 'string' ? canonicalMac(mac) : null))
  if (problem !== null || name === null || asked === 0 || !Array.isArray(object.macs) || macs.includes(null)) return null
  return { interface: name, asked, answers: distinct(macs.flatMap((mac) => mac ?? [])), problem: null }
}

/** Each MAC once. */
export const distinct = (macs: readonly string[]): Arp['answers'] => [...new Set(macs)].slice(0, mostAnswers).map((mac) => ({ mac }))
