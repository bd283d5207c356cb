import { Command, CommanderError } from 'commander'
import { InputError } from '../api/input-error.js'
import { version } from '../version.js'
import { completionCommand } from './completion.js'
import { explainCommand } from './explain.js'
import { listCommand } from './list.js'
import { planCommand } from './plan.js'
import { runCommand } from './run.js'
import { schemaCommand } from './schema.js'
import { UsageError } from './support/options.js'
import { watchOutputs } from './support/terminal.js'
import { validateCommand } from './validate.js'

/** Exit code for wrong input: nothing ran. */
const badInput = 3

/**
 * @param root the package's folder.
 * @returns the exit code.
 */
export async function main(argv: readonly string[], root: URL): Promise<number> {
  const lost = watchOutputs()
  const exitCode = await execute(argv, root)
  // Streams tell of their errors a little later.
  await new Promise((resolve) => setImmediate(resolve))
  const failure = lost()
  if (failure === null) return exitCode
  process.stderr.write(`netproof: standard output could not be written: ${failure.message}\n`)
  return exitCode === 0 ? 2 : exitCode
}

async function execute(argv: readonly string[], root: URL): Promise<number> {
  let exitCode = 0
  const program = buildProgram(root, (code) => {
    exitCode = code
  })
  try {
    await program.parseAsync([...argv])
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : badInput
    if (error instanceof InputError || error instanceof UsageError) {
      process.stderr.write(`${error.message}\n`)
      return badInput
    }
    process.stderr.write(`netproof: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    process.stderr.write('This is a defect in netproof: nothing above says anything about your network.\n')
    return 2
  }
}

function buildProgram(root: URL, exit: (code: number) => void): Command {
  const program = new Command('netproof')
    .description('Proves the state of a network from YAML runbooks, over SSH and without an agent.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .configureHelp({ showGlobalOptions: true })
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText(
      'after',
      `
Examples:
  netproof run runbooks/this-machine.yaml
  netproof run change.yaml -i inventory.yaml -r console -r junit=reports/junit.xml
  netproof plan change.yaml -i inventory.yaml
  netproof list checks
  netproof explain route

Exit codes: 0 all passed or were skipped, 1 a check failed, 2 something could
not be determined, 3 the input is wrong and nothing ran, 130 interrupted.`,
    )
  const commands = [
    runCommand(exit),
    planCommand(exit),
    validateCommand(exit),
    listCommand(exit),
    explainCommand(exit, root),
    schemaCommand(exit, root),
    completionCommand(program),
  ]
  for (const command of commands) program.addCommand(command.exitOverride().showSuggestionAfterError())
  return program
}
