import type { Interfaces } from '../../facts/interfaces/index.js'
import { addressFamily, canonicalAddress, type Prefix, parsePrefix, prefixContains } from '../../lib/address.js'
import { showDevice } from '../../lib/devices.js'
import type { FactError } from '../../model/fact.js'
import type { Inventory } from '../../model/inventory.js'

/** Whether an address is the one that a runbook names, or of the device that it names. */
export type Relation = 'is' | 'is-not' | 'maybe'

/** A router, host, address or prefix that a runbook names. */
export interface Place {
  /** As the runbook has it. */
  readonly text: string
  relation(address: string): Relation
  /** Of an address that may be its own: why that is not known, and what would tell. */
  doubtOf(address: string): string
  /** The host whose interfaces would end the doubt. */
  readonly askable: string | null
}

/** What a host said of its addresses, or why it did not; undefined: it was not asked. */
export type AskInterfaces = (host: string) => { readonly value: Interfaces } | { readonly error: FactError } | undefined

export interface Devices {
  place(text: string): Place
  /** `10.0.0.1 (core1)`. */
  show(address: string): string
}

/** Addresses by which others see a device; every device has the same loopback and link-local ones. */
function visible(text: string): readonly string[] {
  const address = canonicalAddress(text)
  return address === null || /^(127\.|169\.254\.|::1$|fe[89ab][0-9a-f]:)/.test(address) ? [] : [address]
}

export function knowDevices(inventory: Inventory, ask: AskInterfaces): Devices {
  const named = new Map<string, Place>()
  const place = (text: string): Place => {
    const before = named.get(text)
    if (before !== undefined) return before
    const made = makePlace(text, inventory, ask)
    named.set(text, made)
    return made
  }
  return {
    place,
    show: (address) => {
      const shown = showDevice(inventory, address)
      const learnt =
        shown === address ? [...named.values()].find((each) => each.askable !== null && each.relation(address) === 'is') : undefined
      return learnt === undefined ? shown : `${address} (${learnt.askable})`
    },
  }
}

function makePlace(text: string, inventory: Inventory, ask: AskInterfaces): Place {
  const prefix = parsePrefix(text)
  const literal = canonicalAddress(text)
  const owners = literal === null ? [text] : ownersOf(inventory, literal)
  const [owner, other] = owners
  if (prefix !== null && literal === null) return literally(text, prefix)
  // An address that nobody has, or several have, stands for itself alone.
  if (prefix !== null && (owner === undefined || other !== undefined)) return literally(text, prefix)
  return device(text, owner ?? text, inventory, ask)
}

/** What a path of one family crosses is not told by addresses of the other. */
const literally = (text: string, prefix: Prefix): Place => ({
  text,
  relation: (address) => (addressFamily(address) !== prefix.family ? 'maybe' : prefixContains(prefix, address) ? 'is' : 'is-not'),
  doubtOf: () => `${text} is of IPv${prefix.family}, and the path is not: what has an address there cannot be told.`,
  askable: null,
})

function device(text: string, name: string, inventory: Inventory, ask: AskInterfaces): Place {
  const declared = addressesOf(inventory, name)
  const answer = inventory.hosts.has(name) ? ask(name) : undefined
  const asked =
    answer !== undefined && 'value' in answer
      ? answer.value.flatMap(({ addresses }) => addresses.flatMap(({ address }) => visible(address)))
      : null
  const own = new Set([...declared, ...(asked ?? [])])
  const isRouter = Object.hasOwn(inventory.routers, name)
  return {
    text,
    relation: (address) => {
      const others = ownersOf(inventory, address).filter((owner) => owner !== name)
      if (own.has(address)) return others.length === 0 ? 'is' : 'maybe'
      if (others.length > 0) return 'is-not'
      const complete = asked !== null || (isRouter && sameFamily(declared, address).length > 1)
      return complete && visible(address).length > 0 ? 'is-not' : 'maybe'
    },
    doubtOf: (address) => {
      if (own.has(address)) return sharedAddress(address, ownersOf(inventory, address))
      if (visible(address).length === 0) return `${address} is a link-local address, which any device may have.`
      return doubtAbout(name, sameFamily(declared, address), addressFamily(address), answer)
    },
    askable: inventory.hosts.has(name) && inventory.hosts.get(name)?.unusable === undefined ? name : null,
  }
}

/** A router has at least two addresses on the paths of a family: a list of one was not meant to be all. */
const sameFamily = (addresses: readonly string[], address: string): readonly string[] =>
  addresses.filter((each) => addressFamily(each) === addressFamily(address))

const sharedAddress = (address: string, owners: readonly string[]): string =>
  `The inventory gives ${address} to ${owners.join(' and ')}, so that it tells neither from the other.`

function doubtAbout(name: string, declared: readonly string[], family: 4 | 6 | null, answer: ReturnType<AskInterfaces>): string {
  const known = declared.length === 0 ? `no IPv${family ?? 4} address of ${name}` : `only ${declared.join(' and ')} of ${name}`
  const declare = `Declare its addresses: \`routers: { ${name}: [${[...declared, '…'].join(', ')}] }\`.`
  const failed = answer !== undefined && 'error' in answer ? ` It was asked for the others, in vain: ${answer.error.message}` : ''
  return `The inventory knows ${known}, and a router answers from any of its addresses. ${declare}${failed}`
}

function addressesOf({ routers, hosts }: Inventory, name: string): readonly string[] {
  const declared = Object.hasOwn(routers, name) ? (routers[name] ?? []) : []
  return [...new Set([...declared, ...(hosts.has(name) ? [hosts.get(name)?.address ?? ''] : [])].flatMap(visible))]
}

const byAddress = new WeakMap<Inventory, ReadonlyMap<string, readonly string[]>>()

/** Who has an address, as the inventory says. */
function ownersOf(inventory: Inventory, address: string): readonly string[] {
  const known = byAddress.get(inventory) ?? indexOwners(inventory)
  byAddress.set(inventory, known)
  return known.get(address) ?? []
}

function indexOwners(inventory: Inventory): ReadonlyMap<string, readonly string[]> {
  const owners = new Map<string, string[]>()
  for (const name of new Set([...Object.keys(inventory.routers), ...inventory.hosts.keys()])) {
    for (const address of addressesOf(inventory, name)) {
      const list = owners.get(address)
      if (list === undefined) owners.set(address, [name])
      else list.push(name)
    }
  }
  return owners
}
