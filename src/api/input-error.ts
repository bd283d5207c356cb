import type { Diagnostic } from '../model/diagnostic.js'

/** The input is wrong and nothing ran. `message` holds every diagnostic, formatted for people. */
export class InputError extends Error {
  override readonly name = 'InputError'
  constructor(
    message: string,
    readonly diagnostics: readonly Diagnostic[],
  ) {
    super(message)
  }
}
