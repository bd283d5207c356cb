import { type CommandResult, commandOutput } from '../../facts/command-output/index.js'
import { request } from '../../lib/fact-key.js'
import type { CheckKind } from '../../model/check.js'
import type { FactRequest } from '../../model/fact.js'
import { exitFinding, jsonFindings, outputFinding } from './findings.js'
import { problemsOf } from './problems.js'
import { type MemberExpectation, type Spec, schema } from './schema.js'

type Needs = { readonly result: FactRequest<CommandResult> }

export const command: CheckKind<Spec, Needs> = {
  kind: 'command',
  summary: 'a command of your own ends and prints as expected; only with --allow-commands',
  schema,
  inArgv: { keys: ['run'], instead: 'give it as `stdin`, and let the command read it from there' },
  problems: problemsOf,
  needs: ({ run, stdin = null, privileged = false }, { host }) => ({
    result: request(commandOutput, host.name, { run, stdin, privileged }),
  }),
  evaluate: (spec, { result }, { host }) => {
    const found = { spec, result, host: host.name }
    const { stdout, stderr, json } = spec
    return [
      exitFinding(found),
      ...(stdout === undefined ? [] : [outputFinding(found, 'stdout', stdout)]),
      ...(stderr === undefined ? [] : [outputFinding(found, 'stderr', stderr)]),
      ...(json === undefined ? [] : jsonFindings(found, json as Readonly<Record<string, MemberExpectation>>)),
    ]
  },
}
