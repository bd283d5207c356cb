import { type Severity, severities } from '../model/verdict.js'

/** Whether `severity` weighs at least as much as `level`. */
export function atLeast(severity: Severity, level: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(level)
}
