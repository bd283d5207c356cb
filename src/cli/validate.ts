import { Command } from 'commander'
import { addSelectionOptions, type SelectionOptions, selectOptions } from './support/options.js'

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
      const { validate } = await import('../api/validate.js')
      const outcome = await validate({ paths, ...(await selectOptions(flags)) })
      process.stdout.write(outcome.text)
      exit(outcome.valid ? 0 : 3)
    })
}
