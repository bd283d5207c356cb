import { Argument, Command } from 'commander'
import { checkKinds, factKinds } from '../builtins.js'
import { printableLine } from '../lib/printable.js'
import type { FactKind } from '../model/fact.js'
import type { Host, Resolver } from '../model/inventory.js'
import { addHostOptions, oneOf, type SelectionOptions } from './support/options.js'
import { wrap } from './support/render-markdown.js'
import { terminalOutputs } from './support/terminal.js'

/** What can be listed. */
export const tables = ['checks', 'facts', 'resolvers', 'hosts'] as const

export function listCommand(exit: (code: number) => void): Command {
  const command = new Command('list')
    .description('list the kinds of checks, the facts, DNS resolvers with a name, or the hosts of an inventory')
    .addArgument(new Argument('<what>', 'what to list').choices(tables).argParser(oneOf(tables)))
    .option('--json', 'as JSON')
  return addHostOptions(command)
    .addHelpText('after', '\nExamples:\n  netproof list checks\n  netproof list resolvers\n  netproof list hosts -i inventory.yaml -l web')
    .action(async (what: (typeof tables)[number], flags: SelectionOptions & { readonly json?: boolean }) => {
      const rows = await rowsOf(what, flags)
      process.stdout.write(
        flags.json === true
          ? `${JSON.stringify(
              rows.map(({ data }) => data),
              null,
              2,
            )}\n`
          : columns(rows.map(({ cells }) => cells)),
      )
      exit(0)
    })
}

/** A row as JSON, and as cells for people. */
interface Row {
  readonly data: object
  readonly cells: readonly string[]
}

async function rowsOf(what: (typeof tables)[number], { inventory, limit }: SelectionOptions): Promise<readonly Row[]> {
  if (what === 'checks') return checkKinds.map(({ kind, summary }) => ({ data: { name: kind, summary }, cells: [kind, summary] }))
  if (what === 'facts') return factKinds.map(factRow)
  if (what === 'resolvers') {
    const { listResolvers } = await import('../api/list-resolvers.js')
    return [...(await listResolvers({ inventory }))].map(resolverRow)
  }
  const { listHosts } = await import('../api/list-hosts.js')
  return (await listHosts({ inventory, limit })).map(hostRow)
}

function factRow({ name, summary, active, permission, sources }: FactKind): Row {
  const names = Object.fromEntries(Object.entries(sources).map(([platform, list]) => [platform, list.map((source) => source.name)]))
  const all = [...new Set(Object.values(names).flat())].join(', ')
  const effect = permission ?? (active ? 'probe' : 'state')
  return { data: { name, summary, active, permission: permission ?? null, sources: names }, cells: [name, effect, `${summary} (${all})`] }
}

function hostRow({ name, address, platform, transport, groups }: Host): Row {
  return { data: { name, address, platform, transport, groups }, cells: [name, transport, address, platform, groups.join(' ')] }
}

function resolverRow([name, resolver]: readonly [string, Resolver]): Row {
  const { addresses, port, aliases, operator, country, scope, filter, confidence, note } = resolver
  const about = [operator, country, confidence === 'C' ? 'few or old sources' : null, note].filter((text) => text !== null).join(', ')
  const shown = addresses
    .map((address) => (port === 53 ? address : address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`))
    .join(' ')
  return { data: { name, ...resolver }, cells: [name, scope, `filter ${filter}`, confidence, aliases.join(' '), about, shown] }
}

/** On a terminal the last column is broken into lines, where there is room for it. */
function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const before = widths.slice(0, -1).reduce((sum, width) => sum + width + 2, 0)
  const screen = terminalOutputs({ color: false }).results.columns ?? Number.POSITIVE_INFINITY
  const line = (row: readonly string[]): string => {
    const head = row.slice(0, -1).map((cell, column) => `${printableLine(cell).padEnd(widths[column] ?? 0)}  `)
    const last = printableLine(row.at(-1) ?? '')
    const text = screen - before < 24 ? last : wrap(last, screen, ' '.repeat(before), '').trimStart()
    return `${head.join('')}${text}`.trimEnd()
  }
  return rows.map((row) => `${line(row)}\n`).join('')
}
