import type { Command, CommandOutput, OutputReader, Source } from '../model/fact.js'
import type { Json, JsonObject } from '../model/json.js'

/** A source that answers one request with one command, which is what most do. */
export function oneByOne<Args extends JsonObject, Value extends Json>(source: {
  readonly name: string
  command(args: Args): Command
  parse(output: CommandOutput, args: Args): Value
}): Source<Args, Value> {
  const only = (requests: readonly Args[]): Args => {
    const [first, ...rest] = requests
    if (first === undefined || rest.length > 0) throw new Error(`${source.name} answers one request at a time, got ${requests.length}`)
    return first
  }
  return {
    name: source.name,
    command: (requests) => source.command(only(requests)),
    parse: (output, requests) => [source.parse(output, only(requests))],
  }
}

/** The same for output of megabytes, which is read while the host prints it. */
export function oneByOneReading<Args extends JsonObject, Value extends Json>(source: {
  readonly name: string
  command(args: Args): Command
  read(args: Args): { take(text: string): void; end(output: CommandOutput): Value }
}): Source<Args, Value> {
  const readerOf = (args: Args): OutputReader<Value> => {
    const reader = source.read(args)
    return { take: (text) => reader.take(text), end: (output) => [reader.end(output)] }
  }
  const parse = (output: CommandOutput, args: Args): Value => {
    const reader = source.read(args)
    reader.take(output.stdout)
    return reader.end(output)
  }
  return { ...oneByOne({ ...source, parse }), read: ([args]) => readerOf(args as Args) }
}
