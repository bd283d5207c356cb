import { readFile, stat } from 'node:fs/promises'
import { formatWarning } from '../documents/index.js'
import { makeMask } from '../lib/mask.js'
import { counted } from '../lib/plural.js'
import type { Diagnostic } from '../model/diagnostic.js'
import type { SelectOptions } from './options.js'
import { examine, problemText } from './prepare.js'

export interface ValidateOptions extends Omit<SelectOptions, 'runbooks'> {
  /** Runbooks and inventories, told apart by what is in them. */
  readonly paths: readonly string[]
}

export interface Validation {
  readonly valid: boolean
  readonly diagnostics: readonly Diagnostic[]
  /** Every problem and a last line that sums up, for people. */
  readonly text: string
}

/** Finds every problem of all files at once. Contacts nothing and never rejects for what is in a file. */
export async function validate({ paths, inventory, ...select }: ValidateOptions): Promise<Validation> {
  const sorted = await Promise.all(paths.map(async (path) => ({ path, isInventory: await isInventory(path) })))
  const runbooks = sorted.flatMap((one) => (one.isInventory ? [] : [one.path]))
  const inventories = [...sorted.flatMap((one) => (one.isInventory ? [one.path] : [])), ...(inventory ?? [])]
  const examined = await examine({ ...select, runbooks, inventory: inventories.length > 0 ? inventories : undefined }, 'if-known')
  const mask = makeMask(examined.secrets)
  const { diagnostics, complaints, warnings, plan, hostsKnown } = examined
  const problems = problemText(diagnostics, complaints, mask)
  const notes = warnings.map((warning) => `${mask(formatWarning(warning))}\n`).join('')
  const count = diagnostics.length + complaints.length
  const files = counted(paths.length, 'file')
  const unknown = hostsKnown || runbooks.length === 0 ? '' : '; no inventory was given, so hosts were not looked up'
  const summary =
    count === 0
      ? `${files}: no problems, ${counted(plan.checks.length, 'check')} planned${unknown}`
      : `${files}: ${counted(count, 'problem')}`
  return { valid: count === 0, diagnostics, text: `${notes}${problems === '' ? '' : `${problems}\n`}${summary}\n` }
}

/** By what the file begins its lines with, so that also a broken file is called what it was meant to be. */
async function isInventory(path: string): Promise<boolean> {
  try {
    if ((await stat(path)).isDirectory()) return true
    const text = await readFile(path, 'utf8')
    if (/^(checks|include)\s*:/m.test(text)) return false
    return /^(hosts|all|ungrouped)\s*:/m.test(text) || /^\[[^\]]+\]\s*$/m.test(text) || !/\.(ya?ml|json)$/i.test(path)
  } catch {
    return false
  }
}
