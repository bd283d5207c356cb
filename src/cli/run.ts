import { Command, Option } from 'commander'
import { permissions } from '../model/permission.js'
import { type Severity, severities } from '../model/verdict.js'
import { addSelectionOptions, collect, duration, oneOf, positiveInteger, type SelectionOptions, selectOptions } from './support/options.js'
import { abortOnSignals } from './support/signals.js'

interface RunFlags extends SelectionOptions {
  readonly reporter?: readonly string[]
  readonly concurrency: number
  readonly timeout?: number
  readonly connectTimeout: number
  readonly failOn: Severity
  readonly allowCommands?: boolean
  readonly record?: string
  readonly replay?: string
  readonly quiet?: boolean
  readonly verbose?: boolean
  readonly color: boolean
}

export function runCommand(exit: (code: number) => void): Command {
  const command = new Command('run').description('check the hosts and report').argument('<runbook...>', 'YAML runbooks')
  return addSelectionOptions(command)
    .addOption(new Option('-r, --reporter <format[=file]>', 'console, json or junit; repeatable; default console').argParser(collect))
    .addOption(new Option('-c, --concurrency <n>', 'hosts visited at the same time').argParser(positiveInteger).default(32))
    .addOption(new Option('--timeout <duration>', 'end the whole run after this time and report what is known').argParser(duration))
    .addOption(new Option('--connect-timeout <duration>', 'how long a login may take').argParser(duration).default(10_000, '10s'))
    .addOption(
      new Option('--fail-on <severity>', 'failed checks below this severity do not fail the run')
        .choices(severities)
        .argParser(oneOf(severities))
        .default('low'),
    )
    .addOption(new Option(permissions.commands.option, 'let the runbook run commands of its own, which may change the hosts'))
    .addOption(new Option('--record <dir>', 'keep the facts of this run as evidence'))
    .addOption(new Option('--replay <dir>', 'judge the facts of a recording; no host is contacted').conflicts('record'))
    .addOption(new Option('-q, --quiet', 'only what did not pass').conflicts('verbose'))
    .addOption(new Option('-v, --verbose', 'also what passed, and how it was learnt'))
    .option('--no-color', 'no colours (also by NO_COLOR)')
    .addHelpText(
      'after',
      `
Examples:
  netproof run runbooks/this-machine.yaml
  netproof run change.yaml -i inventory.yaml -l 'web:!web3' -t post-change
  netproof run change.yaml -i hosts.ini -r console -r junit=reports/junit.xml -r json=reports/report.json
  netproof run change.yaml -i inventory.yaml --record evidence/2026-03-01
  netproof run stricter.yaml -i inventory.yaml --replay evidence/2026-03-01`,
    )
    .action(async (runbooks: string[], flags: RunFlags) => exit(await execute(runbooks, flags)))
}

async function execute(runbooks: readonly string[], flags: RunFlags): Promise<number> {
  const [{ run }, { openReporters }] = await Promise.all([import('../api/run.js'), import('./support/reporters.js')])
  const reporters = await openReporters(flags.reporter ?? ['console'], {
    color: flags.color,
    verbosity: flags.quiet === true ? 'quiet' : flags.verbose === true ? 'verbose' : 'normal',
  })
  const { signal, release } = abortOnSignals()
  try {
    const report = await run({
      runbooks,
      ...(await selectOptions(flags)),
      concurrency: flags.concurrency,
      timeoutMs: flags.timeout,
      connectTimeoutMs: flags.connectTimeout,
      failOn: flags.failOn,
      allowCommands: flags.allowCommands,
      record: flags.record,
      replay: flags.replay,
      signal,
      onEvent: reporters.event,
      onWarning: (text) => void process.stderr.write(`${text}\n`),
    })
    const problems = await reporters.finish(report)
    for (const problem of problems) process.stderr.write(`${problem}\n`)
    return problems.length > 0 && report.exitCode === 0 ? 2 : report.exitCode
  } finally {
    reporters.close()
    release()
  }
}
