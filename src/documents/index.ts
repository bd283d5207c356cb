export {
  type DataPath,
  diagnosticAt,
  diagnosticForFile,
  diagnosticInText,
  type LoadedDocument,
  locationOf,
  type Part,
  type Problem,
} from './document.js'
export { formatDiagnostic } from './format.js'
export { loadDocument } from './load.js'
export type { YamlOptions } from './nodes.js'
export { type ParseResult, parseYaml } from './parse.js'
export { maxFileBytes, type ReadResult, readText } from './read.js'
export { type DataProblem, describeValue, type Schema, schemaProblems, suggest, type Validator, valueAt } from './schema-errors/index.js'
export { type Place, placeOf, type Range, type SourceText, sourceText } from './source-text.js'
