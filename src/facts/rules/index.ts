import { formatPrefix, parsePrefix } from '../../lib/address.js'
import { flag, listOf, mapOf, oneOf, orNull, type Shape, text, whole } from '../../lib/shape.js'
import { oneByOne } from '../../lib/source.js'
import type { FactKind, Source } from '../../model/fact.js'
import { readRules } from './read.js'
import type { Rule, Rules, RulesArgs } from './value.js'

export type { Rule, Rules, RulesArgs } from './value.js'

const option = { inet: '-4', inet6: '-6' } as const

const ip = (name: string, tool: string, ...words: readonly string[]): Source<RulesArgs, Rules> =>
  oneByOne({
    name,
    command: ({ family }) => ({ tool: [tool], args: [...words, option[family], 'rule', 'show'] }),
    parse: ({ stdout }, { family }) => ({ family, shown: true, rules: readRules(stdout, family) }),
  })

/** The kernel shows rules over netlink alone: without `ip`, or without support for rules in the kernel, nothing does. */
const nothing: Source<RulesArgs, Rules> = oneByOne({
  name: 'none',
  command: () => ({ tool: ['true'], args: [] }),
  parse: (_, { family }) => ({ family, shown: false, rules: [] }),
})

const prefix: Shape<string> = (value): value is string => {
  const read = text(value) ? parsePrefix(value) : null
  return read !== null && formatPrefix(read) === value
}

/** The rules by which the kernel chooses a routing table. */
export const rules: FactKind<RulesArgs, Rules> = {
  name: 'rules',
  summary: 'The policy rules of a host, of one address family',
  active: false,
  isValue: mapOf<Rules>({
    family: oneOf(['inet', 'inet6']),
    shown: flag,
    rules: listOf(
      mapOf<Rule>({
        priority: whole,
        from: orNull(prefix),
        to: orNull(prefix),
        table: orNull(text),
        further: text,
        protocol: orNull(text),
      }),
    ),
  }),
  sources: { linux: [ip('ip', 'ip'), ip('busybox ip', 'busybox', 'ip'), nothing] },
}
