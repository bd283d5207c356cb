/** The public API: what the command line does, as functions over plain data. */
export { InputError } from './api/input-error.js'
export type { RunOptions, SelectOptions } from './api/options.js'
export { type DescribedCheck, type PlanDescription, plan } from './api/plan.js'
export { run } from './api/run.js'
export { type ValidateOptions, type Validation, validate } from './api/validate.js'
export type { Finding } from './model/check.js'
export type { Diagnostic, Location } from './model/diagnostic.js'
export type { FactError, FactErrorReason } from './model/fact.js'
export type { Json, JsonObject } from './model/json.js'
export type {
  FactReference,
  HostSummary,
  Report,
  ReportRunbook,
  Result,
  ResultAttachment,
  RunEvent,
  RunSummary,
  Totals,
} from './model/report.js'
export type { Severity, Verdict } from './model/verdict.js'
