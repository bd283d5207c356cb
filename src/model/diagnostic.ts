/** A place in a file. Lines and columns count from 1. */
export interface Location {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** A located problem in a YAML file or another input. */
export interface Diagnostic {
  /** A stable word for tests and machines: `unknown-key`, `duplicate-id`. */
  readonly code: string
  /** What was expected and what was found, in one sentence without a full stop. */
  readonly message: string
  /** Absent only when the file could not be read at all; then `file` alone is known. */
  readonly location: Location
  /** How many columns the caret underlines; at least 1. */
  readonly length: number
  /** What to do: the nearest right word, the allowed values. */
  readonly hint?: string
  /** The line of the source, without its line break. */
  readonly sourceLine?: string
}
