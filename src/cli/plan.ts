import { Command } from 'commander'
import { addSelectionOptions, type SelectionOptions, selectOptions } from './support/options.js'

interface PlanFlags extends SelectionOptions {
  readonly json?: boolean
  readonly verbose?: boolean
}

export function planCommand(exit: (code: number) => void): Command {
  const command = new Command('plan')
    .description('show which commands would run on which host; nothing is contacted')
    .argument('<runbook...>', 'YAML runbooks')
  return addSelectionOptions(command)
    .option('--json', 'the plan as JSON, every byte of every command in it')
    .option('-v, --verbose', 'every fallback, and commands in full length')
    .addHelpText(
      'after',
      `
Examples:
  netproof plan change.yaml -i inventory.yaml
  netproof plan change.yaml -i inventory.yaml -l db1 --verbose
  netproof plan change.yaml --json | jq '.hosts[].facts[].commands[0].line'`,
    )
    .action(async (runbooks: string[], flags: PlanFlags) => {
      const [{ plan }, { renderPlan }] = await Promise.all([import('../api/plan.js'), import('./support/render-plan.js')])
      const described = await plan({ runbooks, ...(await selectOptions(flags)) })
      process.stdout.write(flags.json === true ? `${JSON.stringify(described, null, 2)}\n` : renderPlan(described, flags.verbose === true))
      exit(0)
    })
}
