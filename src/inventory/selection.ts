import { globMatcher } from '../lib/glob.js'
import { nearestHint } from '../lib/nearest.js'
import { controllerName, type Host, type Inventory } from '../model/inventory.js'
import { parsePatterns, type Term } from './pattern.js'

interface SelectionProblem {
  /** The part of the pattern that is wrong, as typed. */
  readonly pattern: string
  readonly message: string
  readonly hint?: string
}

interface Selection {
  /** Each host once: in the order of the patterns, and of the inventory within one. */
  readonly hosts: readonly Host[]
  /** Empty when every part of every pattern stands for something, and together they select a host that can be reached. */
  readonly problems: readonly SelectionProblem[]
}

type Names = { readonly names: readonly string[] } | { readonly problem: Omit<SelectionProblem, 'pattern'> }

/**
 * The hosts that Ansible host patterns select. Several patterns are one selection: their union, less what any of them excludes.
 * Groups, wildcards and `all` reach only what the inventory lists; the controller, and hosts known from ssh_config alone, are
 * selected by their exact name.
 */
export function selectHosts(inventory: Inventory, patterns: readonly string[]): Selection {
  const problems: SelectionProblem[] = []
  let selected = new Set<string>()
  for (const term of parsePatterns(patterns)) {
    const found = namesOf(inventory, term)
    if ('problem' in found) problems.push({ pattern: term.text, ...found.problem })
    else selected = combine[term.sign](selected, new Set(found.names))
  }
  const hosts = [...selected].flatMap((name) => inventory.hosts.get(name) ?? [])
  if (problems.length === 0) problems.push(...unusable(hosts), ...nothingSelected(patterns, hosts))
  return { hosts, problems }
}

const combine: Readonly<Record<Term['sign'], (selected: Set<string>, names: ReadonlySet<string>) => Set<string>>> = {
  add: (selected, names) => new Set([...selected, ...names]),
  keep: (selected, names) => new Set([...selected].filter((name) => names.has(name))),
  remove: (selected, names) => new Set([...selected].filter((name) => !names.has(name))),
}

function namesOf(inventory: Inventory, term: Term): Names {
  // A host may be called anything, also `web[1]` or `a*`: as a whole word it counts first.
  if (inventory.hosts.has(term.text)) return { names: [term.text] }
  const found = enumerate(inventory, term.name)
  if ('problem' in found || term.subscript === null || found.names.length === 0) return found
  return subscripted(found.names, term.subscript)
}

/** Groups by the expression, then hosts when no group matched or the expression could mean several (Ansible's `_enumerate_matches`). */
function enumerate(inventory: Inventory, expression: string): Names {
  const { groups, hosts } = inventory
  if (!isWild(expression)) {
    const members = groups.get(expression)
    const named = hosts.has(expression) && (members === undefined || expression.includes('.')) ? [expression] : []
    if (members === undefined && named.length === 0) return { problem: unknown(inventory, expression) }
    return { names: [...new Set([...(members ?? []), ...named])] }
  }
  const matches = matcher(expression)
  if (typeof matches !== 'function') return { problem: matches }
  const matchingGroups = [...groups].filter(([name]) => matches(name))
  const matchingHosts = (groups.get('all') ?? []).filter(matches)
  if (matchingGroups.length > 0 || matchingHosts.length > 0) {
    return { names: [...new Set([...matchingGroups.flatMap(([, members]) => members), ...matchingHosts])] }
  }
  return { problem: { message: `no host and no group matches "${expression}"`, hint: 'netproof list hosts shows all of them' } }
}

function isWild(expression: string): boolean {
  return /^~|[*?[]/.test(expression)
}

function matcher(expression: string): ((name: string) => boolean) | Omit<SelectionProblem, 'pattern'> {
  if (!expression.startsWith('~')) return globMatcher(expression)
  const body = expression.slice(1).replaceAll('(?P<', '(?<')
  try {
    new RegExp(body)
  } catch (error) {
    const reason = String(error).split(': ').at(-1)?.toLowerCase()
    return { message: `expected a regular expression behind "~", found ${JSON.stringify(body)}: ${reason}` }
  }
  // Python's `re.match` looks only at the start of a name.
  const pattern = new RegExp(`^(?:${body})`)
  return (name) => pattern.test(name)
}

function subscripted(names: readonly string[], subscript: NonNullable<Term['subscript']>): Names {
  const total = `${names.length} ${names.length === 1 ? 'host matches' : 'hosts match'}`
  const count = { hint: 'positions count from 0, and from -1 backwards' }
  if ('at' in subscript) {
    const name = names.at(subscript.at)
    return name === undefined
      ? { problem: { message: `there is no host at position ${subscript.at}: ${total}`, ...count } }
      : { names: [name] }
  }
  const { from, to } = subscript
  if (to !== null && to < from)
    return { problem: { message: `expected a first position before the last, found [${from}:${to}]`, ...count } }
  const some = names.slice(from, to === null ? undefined : to + 1)
  return some.length === 0 ? { problem: { message: `there is no host from position ${from} on: ${total}`, ...count } } : { names: some }
}

function unknown(inventory: Inventory, expression: string): Omit<SelectionProblem, 'pattern'> {
  const local = ['localhost', '127.0.0.1', '::1'].includes(expression)
    ? `the machine netproof runs on is called ${controllerName}`
    : undefined
  const hint = local ?? nearestHint(expression, [...inventory.groups.keys(), ...inventory.hosts.keys()])
  return { message: `no inventory has a host or a group "${expression}"`, ...(hint === undefined ? {} : { hint }) }
}

function unusable(hosts: readonly Host[]): readonly SelectionProblem[] {
  return hosts.flatMap(({ name, unusable: reason }) =>
    reason === undefined ? [] : [{ pattern: name, message: `${name} cannot be reached: ${reason}` }],
  )
}

function nothingSelected(patterns: readonly string[], hosts: readonly Host[]): readonly SelectionProblem[] {
  if (hosts.length > 0) return []
  const pattern = patterns.length === 0 ? 'all' : patterns.join(',')
  const hint = `netproof list hosts shows hosts and groups; ${controllerName} is the machine netproof runs on`
  return [{ pattern, message: `"${pattern}" selects no host`, hint }]
}
