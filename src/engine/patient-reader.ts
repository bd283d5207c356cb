import type { OutputReader } from '../model/fact.js'
import type { Json } from '../model/json.js'

/** The same, but what `take` throws is thrown by `end`: whether the output counts at all is known only when the command has ended. */
export function patientReader(reader: OutputReader<Json>): OutputReader<Json> {
  let failure: { readonly error: unknown } | null = null
  return {
    take: (text) => {
      if (failure !== null) return
      try {
        reader.take(text)
      } catch (error) {
        failure = { error }
      }
    },
    end: (output) => {
      if (failure !== null) throw failure.error
      return reader.end(output)
    },
  }
}
