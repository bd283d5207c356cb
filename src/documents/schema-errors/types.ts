import type { DataPath, Part, Problem } from '../document.js'

/** One error as ajv reports it. */
export interface SchemaError {
  /** JSON pointer into the data. */
  readonly instancePath: string
  /** JSON pointer into the schema, as a URI fragment. */
  readonly schemaPath: string
  readonly keyword: string
  readonly params: Readonly<Record<string, unknown>>
  readonly message?: string
  /** Set when a key itself is judged (`propertyNames`). */
  readonly propertyName?: string
}

/** A validation function as ajv generates it. It leaves its errors behind in `errors`. */
export interface Validator {
  (data: unknown): boolean
  errors?: readonly SchemaError[] | null
}

/** What is wrong with data, and where in the data. */
export interface DataProblem extends Problem {
  readonly path: DataPath
  readonly at: Part
}

export type Schema = Readonly<Record<string, unknown>>
