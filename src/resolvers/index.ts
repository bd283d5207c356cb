import type { Resolver } from '../model/inventory.js'
import { rows } from './catalogue.js'

export { catalogueDate } from './catalogue.js'

/**
 * Queries a second that one host sends to each address of a public resolver: their operators drop or refuse what looks like
 * abuse, and a runbook needs no more. An inventory that names the resolver itself may set another `rate`.
 */
const publicRate = 20

/** The built-in resolvers by name. */
export const resolverCatalogue: ReadonlyMap<string, Resolver> = new Map(
  rows.map(([name, operator, country, scope, filter, confidence, addresses, more = {}]) => [
    name,
    {
      addresses,
      port: 53,
      rate: publicRate,
      aliases: more.aliases ?? [],
      operator,
      country,
      scope,
      filter,
      confidence,
      note: more.note ?? null,
    },
  ]),
)
