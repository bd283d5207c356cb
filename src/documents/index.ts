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
export { formatDiagnostic, formatWarning } from './format.js'
export { loadDocument } from './load.js'
export type { YamlOptions } from './nodes.js'
export { parseYaml } from './parse.js'
export { readText } from './read.js'
export { type DataProblem, describeValue, schemaProblems, suggest, type Validator, valueAt } from './schema-errors/index.js'
export { type SourceText, sourceText } from './source-text.js'
