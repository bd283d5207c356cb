import { Command } from 'commander'
import { plan } from '../api/plan.js'
import { addSelectionOptions, type SelectionOptions } from './support/options.js'
import { renderPlan } from './support/render-plan.js'

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
      const described = await plan({ runbooks, inventory: flags.inventory, limit: flags.limit, tags: flags.tags, vars: flags.var })
      process.stdout.write(flags.json === true ? `${JSON.stringify(described, null, 2)}\n` : renderPlan(described, flags.verbose === true))
      exit(0)
    })
}
