import { _ } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import standalone from 'ajv/dist/standalone/index.js'
import type { JsonSchema } from '../../src/model/check.js'

/** Helpers that ajv's code would otherwise load from ajv itself. */
const runtime = {
  'ajv/dist/runtime/ucs2length': 'const ucs2length = (text) => [...text].length;',
  'ajv/dist/runtime/equal': `const equal = (a, b) => {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]));
};`,
} as const

const formats = `const formats = { regex: (text) => { try { new RegExp(text, "u"); return true; } catch { return false; } } };`

/**
 * Validation functions as one ES module that imports nothing: ajv itself costs more to load than most runs of netproof take.
 * @param schemas by the name of the export; `checks` by check kind.
 */
export function validatorsModule(schemas: Readonly<Record<string, JsonSchema>>, checks: Readonly<Record<string, JsonSchema>>): string {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    formats: { regex: isRegularExpression },
    code: { esm: true, source: true, lines: true, formats: _`formats` },
  })
  ajv.addVocabulary(['x-expected'])
  const exported: Record<string, string> = {}
  for (const [name, schema] of Object.entries(schemas)) exported[name] = add(ajv, name, schema)
  const kinds = Object.entries(checks).map(([kind, schema], index) => [kind, `check${index}`, schema] as const)
  for (const [kind, name, schema] of kinds) exported[name] = add(ajv, `check:${kind}`, schema)
  const record = kinds.map(([kind, name]) => `  ${JSON.stringify(kind)}: ${name},`).join('\n')
  const code = withoutImports(standalone.default(ajv, exported))
  return `// Made by "npm run generate". Do not edit.\n${formats}\n${Object.values(runtime).join('\n')}\n${code}\nexport const checks = {\n${record}\n};\n`
}

export const validatorsTypes = `// Made by "npm run generate". Do not edit.
import type { Validator } from '../documents/schema-errors/types.js'

export const runbook: Validator
export const inventory: Validator
/** By check kind. */
export const checks: Readonly<Record<string, Validator>>
`

function isRegularExpression(text: string): boolean {
  try {
    new RegExp(text, 'u')
    return true
  } catch {
    return false
  }
}

function add(ajv: Ajv2020, id: string, schema: JsonSchema): string {
  if (JSON.stringify(schema).includes('"$ref":')) {
    throw new Error(
      `the schema of ${id} holds a $ref: diagnostics follow the path of an error through the schema, so repeat that part as a constant`,
    )
  }
  ajv.addSchema(schema, id)
  return id
}

function withoutImports(code: string): string {
  const known = Object.keys(runtime).join('|')
  const inlined = code.replaceAll(
    new RegExp(`require\\("(${known})"\\)\\.default`, 'g'),
    (_match, path: string) => path.split('/').at(-1) ?? '',
  )
  const left = /require\("[^"]*"\)/.exec(inlined)
  if (left !== null) throw new Error(`the generated validators need ${left[0]}: give it a place in scripts/generate/validators.ts`)
  return inlined.replace('"use strict";', '')
}
