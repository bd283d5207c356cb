import type { DataPath } from '../documents/index.js'
import { describeValue } from '../documents/index.js'
import type { Json, JsonObject } from '../model/json.js'
import type { Lookup, VariableProblem } from './lookup.js'
import { isTemplate, parseTemplate } from './template.js'

export interface FillProblem extends VariableProblem {
  /** Of the string in the value that was filled in. */
  readonly path: DataPath
}

export interface Filled {
  /** Where a variable could not be filled in, the text as it was. */
  readonly value: Json
  readonly problems: readonly FillProblem[]
  /** Paths of all strings that had variables in them. */
  readonly touched: readonly DataPath[]
  /** Those of them that came to hold a value from the environment. */
  readonly secret: readonly DataPath[]
}

/**
 * Puts values in the place of `${name}` in all strings of `value`; keys stay as they are. A string that is nothing but one variable
 * becomes its value, whatever its type. What is filled in is data: `${…}` in it stays.
 */
export function fillIn(value: Json, scope: Lookup): Filled {
  const problems: FillProblem[] = []
  const touched: DataPath[] = []
  const secret: DataPath[] = []
  const walk = (part: Json, path: DataPath): Json => {
    if (typeof part === 'string') {
      if (!isTemplate(part)) return part
      touched.push(path)
      const filled = fillString(part, scope)
      if ('value' in filled && filled.isSecret === true) secret.push(path)
      if ('value' in filled && scope.budget.take(filled.value)) return filled.value
      problems.push({ ...('problem' in filled ? filled.problem : tooLarge(part)), path })
      return part
    }
    if (typeof part !== 'object' || part === null) return part
    if (Array.isArray(part))
      return keepIfSame(
        part,
        part.map((item: Json, index) => walk(item, [...path, index])),
      )
    const members = Object.entries(part as JsonObject).map(([key, member]) => [key, walk(member ?? null, [...path, key])] as const)
    return keepIfSame(part, Object.fromEntries(members))
  }
  return { value: walk(value, []), problems, touched, secret }
}

/** Equal identity tells the caller that nothing was filled in. */
function keepIfSame(before: Json, after: Json): Json {
  const members = Object.entries(after as JsonObject)
  return members.every(([key, member]) => Object.is(member, (before as JsonObject)[key])) ? before : after
}

type FilledString = { readonly value: Json; readonly isSecret?: boolean } | { readonly problem: VariableProblem }

function fillString(text: string, scope: Lookup): FilledString {
  const pieces = parseTemplate(text)
  const [only] = pieces
  if (pieces.length === 1 && only?.type === 'variable') return found(scope, only)
  let whole = ''
  let isSecret = false
  for (const piece of pieces) {
    if (piece.type === 'text') {
      whole += piece.text
      continue
    }
    if (piece.type === 'fault') return { problem: fault(piece) }
    const filled = found(scope, piece)
    if ('problem' in filled) return filled
    if (typeof filled.value === 'object') return { problem: notText(piece, filled.value) }
    whole += String(filled.value)
    isSecret ||= filled.isSecret === true
    if (whole.length > maxText) return { problem: tooLarge(piece.source) }
  }
  return { value: whole, isSecret }
}

const maxText = 100_000

function found(scope: Lookup, { name, source }: { readonly name: string; readonly source: string }): FilledString {
  const result = scope.lookup(name)
  return 'problem' in result ? { problem: { ...result.problem, source } } : result
}

function fault({ message, source }: { readonly message: string; readonly source: string }): VariableProblem {
  return { code: 'bad-variable', message, hint: `write \${name}, \${map.key} or \${env:NAME}; "$\${" is a literal "\${"`, source }
}

function notText({ name, source }: { readonly name: string; readonly source: string }, value: Json): VariableProblem {
  const message = `"${name}" is ${describeValue(value)}: it cannot stand inside text`
  return { code: 'bad-variable', message, hint: `a string that is only ${source} takes the whole value`, source }
}

function tooLarge(source: string): VariableProblem {
  return { code: 'variable-too-large', message: 'with its variables filled in, this grows too large', source }
}
