import { Argument, Command } from 'commander'
import { listHosts } from '../api/list-hosts.js'
import { checkKinds, factKinds } from '../builtins.js'
import { printableLine } from '../lib/printable.js'
import { addSelectionOptions, type SelectionOptions } from './support/options.js'

const tables = ['checks', 'facts', 'hosts'] as const

export function listCommand(exit: (code: number) => void): Command {
  const command = new Command('list')
    .description('list the kinds of checks, the facts, or the hosts of an inventory')
    .addArgument(new Argument('<what>', 'what to list').choices(tables))
    .option('--json', 'as JSON')
  return addSelectionOptions(command)
    .addHelpText('after', '\nExamples:\n  netproof list checks\n  netproof list hosts -i inventory.yaml -l web')
    .action(async (what: (typeof tables)[number], flags: SelectionOptions & { readonly json?: boolean }) => {
      const rows = await rowsOf(what, flags)
      process.stdout.write(flags.json === true ? `${JSON.stringify(rows, null, 2)}\n` : columns(rows.map(textOf)))
      exit(0)
    })
}

async function rowsOf(what: (typeof tables)[number], flags: SelectionOptions) {
  if (what === 'checks') return checkKinds.map(({ kind, summary }) => ({ name: kind, summary }))
  if (what === 'facts') {
    return factKinds.map(({ name, summary, active, sources }) => ({
      name,
      summary,
      active,
      sources: Object.fromEntries(Object.entries(sources).map(([platform, list]) => [platform, list.map((source) => source.name)])),
    }))
  }
  const hosts = await listHosts({ inventory: flags.inventory, limit: flags.limit })
  return hosts.map(({ name, address, platform, transport, groups }) => ({ name, address, platform, transport, groups }))
}

type Row = Awaited<ReturnType<typeof rowsOf>>[number]

function textOf(row: Row): readonly string[] {
  if ('address' in row) return [row.name, row.transport, row.address, row.platform, row.groups.join(' ')]
  if (!('sources' in row)) return [row.name, row.summary]
  return [row.name, row.active ? 'probe' : 'state', `${row.summary} (${Object.values(row.sources).flat().join(', ')})`]
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => printableLine(cell).padEnd(column === row.length - 1 ? 0 : (widths[column] ?? 0)))
      .join('  ')
      .trimEnd()
  return rows.map((row) => `${line(row)}\n`).join('')
}
