import type { Declared } from './declared.js'

/** How it is known whose an address is: by the inventory, from the device itself, or from the route that packets recorded. */
export type Knowledge = 'declared' | 'asked' | 'recorded'

export interface Asked {
  readonly name: string
  /** All it has. */
  readonly addresses: readonly string[]
}

/** Two addresses that one device answered from, or sent on from. */
export type Alias = readonly [string, string]

export interface Comparison {
  readonly verdict: 'same' | 'different' | 'unknown'
  /** medium: by what a list does not hold that may have been left incomplete. */
  readonly confidence: 'high' | 'medium'
  readonly by: 'address' | Knowledge | null
}

export interface Devices {
  /** The name of the device that has an address; null when it is not known, or more than one has it. */
  nameOf(address: string): string | null
  /** Whether two addresses are of one device. */
  compare(one: string, other: string): Comparison
}

interface Device {
  readonly names: string[]
  /** All its addresses are known. */
  readonly complete: boolean
  /** The inventory lists its addresses. A host of the inventory has one there, and a router of one address was not listed in full. */
  readonly listed: boolean
  readonly addresses: Map<string, Knowledge>
}

const unknown: Comparison = { verdict: 'unknown', confidence: 'high', by: null }

/**
 * Who has which address. What two devices have (VRRP, anycast, the bridge that every container host has) tells neither from the other
 * and counts for nothing; so does what a declaration says against the device itself.
 */
export function knowDevices(declared: readonly Declared[], asked: readonly Asked[], aliases: readonly Alias[]): Devices {
  const shared = sharedAddresses(declared, asked)
  const owners = new Map<string, Device>()
  for (const { name, addresses } of asked) {
    // One machine under two names has the same addresses under both.
    const twin = addresses.map((address) => owners.get(address)).find((device) => device !== undefined && hasAll(device, addresses, shared))
    const device = twin ?? newDevice({ complete: true })
    device.names.push(name)
    for (const address of addresses) if (!shared.has(address)) own(owners, device, address, 'asked')
  }
  for (const group of joined(declared, shared)) addDeclared(owners, group, shared)
  const withAliases = addAliases(owners, aliases, shared)
  const find = (address: string): Device | undefined => (withAliases ?? owners).get(address)
  return {
    nameOf: (address) => find(address)?.names[0] ?? null,
    compare: (one, other) => (shared.has(one) || shared.has(other) ? unknown : compare(one, other, find(one), find(other))),
  }
}

const newDevice = (more: Partial<Device>): Device => ({ names: [], complete: false, listed: false, addresses: new Map(), ...more })

function own(owners: Map<string, Device>, device: Device, address: string, knowledge: Knowledge): void {
  owners.set(address, device)
  device.addresses.set(address, knowledge)
}

const hasAll = (device: Device, addresses: readonly string[], shared: ReadonlySet<string>): boolean => {
  const own = addresses.filter((address) => !shared.has(address))
  return own.length === device.addresses.size && own.every((address) => device.addresses.has(address))
}

function sharedAddresses(declared: readonly Declared[], asked: readonly Asked[]): ReadonlySet<string> {
  const sets = new Map(asked.map(({ name, addresses }) => [name, [...new Set(addresses)].sort().join(' ')]))
  const holders = new Map<string, Set<string>>()
  const hold = (address: string, holder: string): void => void holders.set(address, (holders.get(address) ?? new Set()).add(holder))
  for (const { name, addresses } of asked) for (const address of addresses) hold(address, `asked ${sets.get(name) ?? name}`)
  const shared = new Set([...holders].flatMap(([address, { size }]) => (size > 1 ? [address] : [])))
  for (const kind of ['router', 'host'] as const) {
    const names = new Map<string, number>()
    for (const each of declared.filter((one) => one.kind === kind && !sets.has(one.name))) {
      for (const address of new Set(each.addresses)) names.set(address, (names.get(address) ?? 0) + 1)
    }
    for (const [address, count] of names) if (count > 1) shared.add(address)
  }
  return shared
}

/** A router and a host of the inventory that have an address or the name in common are one device. */
function joined(declared: readonly Declared[], shared: ReadonlySet<string>): readonly Declared[][] {
  const groups = new Set<Declared[]>()
  const byKey = new Map<string, Declared[]>()
  for (const each of declared) {
    const keys = [`name ${each.name}`, ...each.addresses.filter((address) => !shared.has(address))]
    const met = new Set(keys.flatMap((key) => [byKey.get(key) ?? []].filter(({ length }) => length > 0)))
    const group = [...[...met].flat(), each]
    for (const old of met) groups.delete(old)
    groups.add(group)
    for (const member of group) for (const key of [`name ${member.name}`, ...member.addresses]) byKey.set(key, group)
  }
  return [...groups]
}

function addDeclared(owners: Map<string, Device>, group: readonly Declared[], shared: ReadonlySet<string>): void {
  const addresses = group.flatMap((each) => each.addresses).filter((address) => !shared.has(address))
  const names = group.map(({ name }) => name)
  const complete = new Set([...owners.values()].filter((device) => device.complete))
  const met = [...complete].filter(
    (device) => names.some((name) => device.names.includes(name)) || addresses.some((a) => device.addresses.has(a)),
  )
  const [only, ...others] = met
  if (only !== undefined) {
    // What the device itself does not have is not its own, whatever the inventory says; nor is one device two.
    if (others.length === 0) only.names.push(...names.filter((name) => !only.names.includes(name)))
    return
  }
  const device = newDevice({ listed: group.some((each) => each.kind === 'router' && each.addresses.length > 1) })
  device.names.push(...new Set(names))
  for (const address of addresses) own(owners, device, address, 'declared')
}

/** null when what was recorded contradicts what is known: it then counts for nothing. */
function addAliases(
  before: ReadonlyMap<string, Device>,
  aliases: readonly Alias[],
  shared: ReadonlySet<string>,
): Map<string, Device> | null {
  const copies = new Map([...new Set(before.values())].map((device) => [device, copyOf(device)]))
  const owners = new Map([...before].map(([address, device]) => [address, copies.get(device) ?? device]))
  for (const [one, other] of aliases) {
    if (shared.has(one) || shared.has(other)) continue
    const both = [...new Set([owners.get(one), owners.get(other)])].filter((device) => device !== undefined)
    if (both.length === 1 && owners.get(one) === owners.get(other)) continue
    if (both.some(({ complete }) => complete) || both.filter(({ names }) => names.length > 0).length > 1) return null
    const [keep = newDevice({}), gone] = both.toSorted((a, b) => b.names.length - a.names.length)
    for (const [address] of gone?.addresses ?? []) own(owners, keep, address, 'recorded')
    for (const address of [one, other]) if (!keep.addresses.has(address)) own(owners, keep, address, 'recorded')
  }
  return owners
}

const copyOf = (device: Device): Device => ({ ...device, names: [...device.names], addresses: new Map(device.addresses) })

function compare(one: string, other: string, first: Device | undefined, second: Device | undefined): Comparison {
  if (one === other) return { verdict: 'same', confidence: 'high', by: 'address' }
  if (first !== undefined && first === second) return { verdict: 'same', confidence: 'high', by: weakest(first, one, other) }
  const known = [first, second].filter((device) => device !== undefined)
  const named = known.filter(({ names }) => names.length > 0)
  if (named.length === 2) {
    return { verdict: 'different', confidence: 'high', by: named.every(({ complete }) => complete) ? 'asked' : 'declared' }
  }
  if (named.some(({ complete }) => complete)) return { verdict: 'different', confidence: 'high', by: 'asked' }
  if (named.some(({ listed }) => listed)) return { verdict: 'different', confidence: 'medium', by: 'declared' }
  if (named.length > 0) return unknown
  return known.length === 2 ? { verdict: 'different', confidence: 'medium', by: 'recorded' } : unknown
}

const weakest = ({ addresses }: Device, ...of: readonly string[]): Knowledge => {
  const all = of.map((address) => addresses.get(address))
  return all.includes('recorded') ? 'recorded' : all.includes('declared') ? 'declared' : 'asked'
}
