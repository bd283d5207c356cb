import { type Command, InvalidArgumentError, Option } from 'commander'
import type { SelectOptions } from '../../api/options.js'
import { parseDuration } from '../../lib/duration.js'
import { nearest } from '../../lib/nearest.js'
import type { JsonObject } from '../../model/json.js'

/** Wrong use of the command line that commander cannot see. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

const collect = (value: string, previous: readonly string[] = []): readonly string[] => [...previous, value]

const collectWords = (value: string, previous: readonly string[] = []): readonly string[] => [
  ...previous,
  ...value.split(',').filter((word) => word !== ''),
]

export function duration(value: string): number {
  const milliseconds = parseDuration(value)
  if (milliseconds === null || milliseconds <= 0) throw new InvalidArgumentError('expected a duration with a unit, such as 30s or 5m.')
  if (milliseconds > 2 ** 31 - 1) throw new InvalidArgumentError('expected at most 24 days.')
  return milliseconds
}

export function positiveInteger(value: string): number {
  if (!/^[1-9]\d{0,5}$/.test(value)) throw new InvalidArgumentError('expected a whole number from 1 to 999999.')
  return Number(value)
}

/** For options and arguments that take one of a few words; commander's own refusal does not name the nearest. */
export const oneOf =
  <Word extends string>(words: readonly Word[]) =>
  (value: string): Word => {
    const known = words.find((word) => word === value)
    if (known !== undefined) return known
    const near = nearest(value, words)
    throw new InvalidArgumentError(`expected ${words.join(', ')}${near === null ? '' : `; did you mean ${near}?`}`)
  }

/** What commands take that read runbooks and inventories; those that read no runbook have but the first two. */
export interface SelectionOptions {
  readonly inventory?: readonly string[]
  readonly limit?: readonly string[]
  readonly tags?: readonly string[]
  /** `name=value` each. */
  readonly var?: readonly string[]
}

export function addHostOptions(command: Command): Command {
  return command
    .addOption(new Option('-i, --inventory <path>', 'inventory file or directory, or a list `host1,host2,`; repeatable').argParser(collect))
    .addOption(
      new Option('-l, --limit <hosts>', 'only these hosts: names, groups, patterns such as `web:!web3`; repeatable').argParser(collect),
    )
}

/** What every command takes that reads runbooks as well. */
export function addSelectionOptions(command: Command): Command {
  return addHostOptions(command)
    .addOption(new Option('-t, --tags <tags>', 'only checks with one of these tags, separated by commas').argParser(collectWords))
    .addOption(new Option('--var <name=value>', 'set a variable, over all others; repeatable').argParser(collect))
}

/** The options in the words of the API. @throws UsageError for a variable that is none. */
export async function selectOptions({
  inventory,
  limit,
  tags,
  var: texts = [],
}: SelectionOptions): Promise<Omit<SelectOptions, 'runbooks'>> {
  return { inventory, limit, tags, vars: texts.length === 0 ? {} : await readVariables(texts) }
}

async function readVariables(texts: readonly string[]): Promise<JsonObject> {
  const { parseVariable } = await import('../../runbook/index.js')
  const variables = texts.map(parseVariable)
  for (const variable of variables) if ('problem' in variable) throw new UsageError(`netproof: --var: ${variable.problem}`)
  return Object.fromEntries(variables.flatMap((variable) => ('problem' in variable ? [] : [[variable.name, variable.value]])))
}

export { collect }
