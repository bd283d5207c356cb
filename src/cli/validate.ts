import { Command } from 'commander'
import { validate } from '../api/validate.js'
import { addSelectionOptions, type SelectionOptions } from './support/options.js'

export function validateCommand(exit: (code: number) => void): Command {
  const command = new Command('validate')
    .description('find every problem in runbooks and inventories; nothing is contacted')
    .argument('<path...>', 'runbooks and inventories')
  return addSelectionOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  netproof validate change.yaml
  netproof validate runbooks/*.yaml inventory.yaml
  netproof validate change.yaml -i inventory.yaml --var gateway=203.0.113.1`,
    )
    .action(async (paths: string[], flags: SelectionOptions) => {
      const outcome = await validate({ paths, inventory: flags.inventory, limit: flags.limit, tags: flags.tags, vars: flags.var })
      process.stdout.write(outcome.text)
      exit(outcome.valid ? 0 : 3)
    })
}
