import type { Diagnostic, Location } from '../model/diagnostic.js'
import type { Json } from '../model/json.js'
import { placeOf, type Range, type SourceText } from './source-text.js'

/** Keys and indexes from the root of a document down to a value. */
export type DataPath = readonly (string | number)[]

/** Which half of a `key: value` pair is meant. In lists, and at the root, both mean the value. */
export type Part = 'key' | 'value'

/** A YAML file as plain data, with the way back from data to text. */
export interface LoadedDocument {
  /** As the user, or the file that includes it, named it. */
  readonly file: string
  /** The file's content as it is on disk. */
  readonly bytes: Uint8Array
  readonly source: SourceText
  /** Anchors, aliases and merge keys already filled in. Never null: an empty file is a diagnostic. */
  readonly data: Json
  /** Where a value or its key is written. A path that does not exist gives its nearest ancestor. */
  rangeOf(path: DataPath, part: Part): Range
}

/** What is wrong, without the place. */
export interface Problem {
  readonly code: string
  readonly message: string
  readonly hint?: string | undefined
}

/** A diagnostic that underlines `range`, as far as it lies on its first line. */
export function diagnosticInText(file: string, source: SourceText, range: Range, { code, message, hint }: Problem): Diagnostic {
  const { line, column, sourceLine } = placeOf(source, range.start)
  const length = Math.max(1, Math.min(range.end - range.start, sourceLine.trimEnd().length - column + 1))
  return { code, message, location: { file, line, column }, length, ...(hint === undefined ? {} : { hint }), sourceLine }
}

/** A diagnostic for a file of which nothing can be shown. */
export function diagnosticForFile(file: string, { code, message, hint }: Problem): Diagnostic {
  return { code, message, location: { file, line: 1, column: 1 }, length: 1, ...(hint === undefined ? {} : { hint }) }
}

/** A diagnostic at the key or the value (the default) that `path` leads to. */
export function diagnosticAt(document: LoadedDocument, path: DataPath, problem: Problem & { readonly at?: Part }): Diagnostic {
  return diagnosticInText(document.file, document.source, document.rangeOf(path, problem.at ?? 'value'), problem)
}

/** Where a key or value is written. */
export function locationOf(document: LoadedDocument, path: DataPath, part: Part = 'value'): Location {
  const { line, column } = placeOf(document.source, document.rangeOf(path, part).start)
  return { file: document.file, line, column }
}
