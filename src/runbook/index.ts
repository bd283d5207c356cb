export { type LoadedRunbooks, type LoadOptions, loadRunbooks } from './load.js'
export { uniqueDiagnostics } from './unique.js'
export { parseVariable } from './variable-option.js'
