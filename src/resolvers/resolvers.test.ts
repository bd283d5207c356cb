import { describe, expect, it } from 'vitest'
import { canonicalAddress } from '../lib/address.js'
import { catalogueDate, resolverCatalogue } from './index.js'

const all = [...resolverCatalogue]

describe('the catalogue of resolvers', () => {
  it('has the carriers and the public resolvers that runbooks name', () => {
    expect(['kt', 'skb', 'lgu+', 'google', 'cloudflare', 'quad9'].filter((name) => !resolverCatalogue.has(name))).toEqual([])
    expect(all.find(([, { aliases }]) => aliases.includes('lgu'))?.[0]).toBe('lgu+')
    expect(catalogueDate).toMatch(/^\d{4}-\d\d-\d\d$/)
  })

  it.each(all)('%s has canonical addresses, each once, IPv4 first', (_, { addresses }) => {
    expect(addresses.map((address) => canonicalAddress(address))).toEqual(addresses)
    expect(new Set(addresses).size).toBe(addresses.length)
    const families = addresses.map((address) => address.includes(':'))
    expect(families).toEqual([...families].sort())
  })

  it('gives each name, alias and address to one resolver', () => {
    const names = all.flatMap(([name, { aliases }]) => [name, ...aliases])
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
    const addresses = all.flatMap(([, resolver]) => resolver.addresses)
    expect(addresses.filter((address, index) => addresses.indexOf(address) !== index)).toEqual([])
  })

  it('never asks a public resolver without a bound', () => {
    expect(all.filter(([, { rate }]) => rate === null)).toEqual([])
  })
})
