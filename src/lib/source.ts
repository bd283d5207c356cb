import type { Command, CommandOutput, Source } from '../model/fact.js'
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
