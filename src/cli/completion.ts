import { Argument, Command } from 'commander'
import { checkKinds, documentReporters, liveReporters } from '../builtins.js'
import { severities } from '../model/verdict.js'
import { tables } from './list.js'
import { bashCompletion, type CompletionTable, fishCompletion, zshCompletion } from './support/completion-scripts.js'
import { oneOf } from './support/options.js'

const shells = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const

export function completionCommand(program: Command): Command {
  return new Command('completion')
    .description('print a completion script for your shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(shells)).argParser(oneOf(Object.keys(shells))))
    .addHelpText(
      'after',
      `
Examples:
  source <(netproof completion bash)
  netproof completion zsh > "\${fpath[1]}/_netproof"
  netproof completion fish > ~/.config/fish/completions/netproof.fish`,
    )
    .action((shell: keyof typeof shells) => void process.stdout.write(shells[shell](tableOf(program))))
}

/** Made from the program itself, so that a new command or option needs no second list. */
function tableOf(program: Command): CompletionTable {
  const words: Record<string, readonly string[]> = {
    explain: checkKinds.map(({ kind }) => kind),
    schema: ['runbook', 'inventory', 'report', ...checkKinds.map(({ kind }) => kind)],
    list: tables,
    completion: Object.keys(shells),
  }
  const values: Record<string, readonly string[]> = {
    '--reporter': [...Object.keys(liveReporters), ...Object.keys(documentReporters)],
    '-r': [...Object.keys(liveReporters), ...Object.keys(documentReporters)],
    '--fail-on': severities,
  }
  return {
    commands: program.commands.map((command) => ({
      name: command.name(),
      description: command.description(),
      options: [...command.options.flatMap(({ short, long }) => [short, long].filter((flag) => flag != null)), '--help'],
      words: words[command.name()] ?? null,
    })),
    values,
  }
}
