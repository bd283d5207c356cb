import type { Command, CommandOutput, OutputReader, Source } from '../model/fact.js'
import type { Json, JsonObject } from '../model/json.js'

/** A source that answers one request with one command, which is what most do. */
export function oneByOne<Args extends JsonObject, Value extends Json>(source: {
  readonly name: string
  command(args: Args): Command
  parse(output: CommandOutput, args: Args): Value
}): Source<Args, Value> {
  const only = onlyOne<Args>(source.name)
  return {
    name: source.name,
    command: (requests) => source.command(only(requests)),
    parse: (output, requests) => [source.parse(output, only(requests))],
  }
}

/** Reads output of megabytes while the host prints it; `parse` does the same with what is there already. */
export function whileItPrints<Args extends JsonObject, Value extends Json>(
  read: (requests: readonly Args[]) => OutputReader<Value>,
): Required<Pick<Source<Args, Value>, 'parse' | 'read'>> {
  return {
    read,
    parse: (output, requests) => {
      const reader = read(requests)
      reader.take(output.stdout)
      return reader.end(output)
    },
  }
}

/** `oneByOne` in that way. */
export function oneByOneReading<Args extends JsonObject, Value extends Json>(source: {
  readonly name: string
  command(args: Args): Command
  read(args: Args): { take(text: string): void; end(output: CommandOutput): Value }
}): Source<Args, Value> {
  const only = onlyOne<Args>(source.name)
  return {
    name: source.name,
    command: (requests) => source.command(only(requests)),
    ...whileItPrints((requests: readonly Args[]) => {
      const reader = source.read(only(requests))
      return { take: (text) => reader.take(text), end: (output) => [reader.end(output)] }
    }),
  }
}

function onlyOne<Args>(name: string): (requests: readonly Args[]) => Args {
  return (requests) => {
    const [first, ...rest] = requests
    if (first === undefined || rest.length > 0) throw new Error(`${name} answers one request at a time, got ${requests.length}`)
    return first
  }
}
