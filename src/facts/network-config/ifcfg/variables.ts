import type { ConfigFile } from '../files.js'
import { type Opaque, topics } from '../value.js'
import { readAssignments } from './assignments.js'

/** The variables of one file of assignments: the last of several counts, as in a shell. */
export interface Variables {
  readonly file: string
  /** undefined: not set, or set to nothing. */
  of(key: string): string | undefined
  /** The line on which it is set; 1 where it is not. */
  lineOf(key: string): number
  readonly keys: readonly string[]
  readonly opaque: readonly Opaque[]
}

export function readVariables({ path, lines }: ConfigFile, device: string | null): Variables {
  const values = new Map<string, { readonly value: string; readonly line: number }>()
  const opaque: Opaque[] = []
  for (const assignment of readAssignments(lines)) {
    if (assignment.kind === 'value') {
      values.set(assignment.key, assignment)
      continue
    }
    const why = 'not a plain KEY=value: only the shell that reads the file at boot knows what it does'
    opaque.push({ file: path, line: assignment.line, text: assignment.text, why, interface: device, topics: [...topics] })
  }
  return {
    file: path,
    of: (key) => values.get(key)?.value || undefined,
    lineOf: (key) => values.get(key)?.line ?? 1,
    keys: [...values.keys()],
    opaque,
  }
}

/** Whether a value says no, and whether it says yes (`is_false`, `is_true` of initscripts; `svParseBoolean` of NetworkManager). */
export const saysNo = (value: string | undefined): boolean => /^(n|no|f|false|0)$/i.test(value ?? '')
export const saysYes = (value: string | undefined): boolean => /^(y|yes|t|true|1|on)$/i.test(value ?? '')
