import { Command } from 'commander'
import { checkKinds } from '../builtins.js'
import { unknownKind } from './support/kinds.js'
import { readShipped } from './support/package-files.js'

/** Documents beside the check kinds that have a schema. */
const documents = ['runbook', 'inventory', 'report']

export function schemaCommand(exit: (code: number) => void, root: URL): Command {
  return new Command('schema')
    .description('print a JSON Schema: of runbooks, or of what is named')
    .argument('[kind]', 'runbook, inventory, report or a check kind', 'runbook')
    .addHelpText(
      'after',
      `
Examples:
  netproof schema > runbook.schema.json
  netproof schema route

In an editor: # yaml-language-server: $schema=./runbook.schema.json`,
    )
    .action(async (kind: string) => {
      if (documents.includes(kind)) process.stdout.write(await readShipped(root, `schemas/${kind}.schema.json`))
      else if (checkKinds.some((known) => known.kind === kind))
        process.stdout.write(await readShipped(root, `schemas/checks/${kind}.schema.json`))
      else throw unknownKind(kind, documents)
      exit(0)
    })
}
