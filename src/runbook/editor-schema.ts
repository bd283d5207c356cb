import type { AnyCheckKind, JsonSchema } from '../model/check.js'
import { entryProperties, envelopeSchema } from './envelope.js'

const dialect = 'https://json-schema.org/draft/2020-12/schema'

/** Anything may be a variable instead, which editors cannot look into: `${port}`. */
const variable = { type: 'string', pattern: String.raw`\$\{[^}]+\}` } as const

/** The JSON Schema of a whole runbook, for editors. netproof itself validates after variables are filled in, room by room. */
export function runbookSchema(checkKinds: readonly AnyCheckKind[]): JsonSchema {
  const kinds = [...checkKinds].sort((a, b) => compare(a.kind, b.kind))
  const rooms = kinds.map(({ kind, summary, schema }) => [kind, { ...allowVariables(schema), description: summary }] as const)
  const entry = {
    type: 'object',
    properties: { ...entryProperties, ...Object.fromEntries(rooms) },
    oneOf: kinds.map(({ kind }) => ({ required: [kind] })),
    additionalProperties: false,
  }
  const checks = { description: 'What must hold. Each entry has exactly one check kind.', type: 'array', items: entry }
  const { properties, ...envelope } = envelopeSchema
  return plainCopy({ $schema: dialect, title: 'netproof runbook', ...envelope, properties: { ...properties, checks } })
}

/** The JSON Schema of one check kind's part of an entry, variables filled in. */
export function checkSchema({ kind, summary, schema }: AnyCheckKind): JsonSchema {
  return plainCopy({ $schema: dialect, title: `netproof check ${kind}`, description: summary, ...schema })
}

/** A document of its own, as it is written to `schemas/`. */
export function documentSchema(title: string, schema: JsonSchema): JsonSchema {
  return plainCopy({ $schema: dialect, title, ...schema })
}

const subschemaMaps = ['properties', 'patternProperties', '$defs', 'dependentSchemas']
const subschemaLists = ['anyOf', 'oneOf', 'allOf', 'prefixItems']
const subschemas = ['items', 'additionalProperties', 'contains', 'if', 'then', 'else']

/** The same schema, in which every value may also be text with a variable in it. */
function allowVariables(schema: JsonSchema): JsonSchema {
  return { anyOf: [withVariablesInside(schema), variable] }
}

function withVariablesInside(schema: JsonSchema): JsonSchema {
  const members = Object.entries(schema).map(([keyword, value]) => {
    if (subschemaMaps.includes(keyword)) return [keyword, mapValues(value as Record<string, unknown>, allowInValue)]
    if (subschemaLists.includes(keyword)) return [keyword, (value as readonly unknown[]).map(insideOf)]
    if (keyword === 'items' || keyword === 'additionalProperties') return [keyword, allowInValue(value)]
    if (subschemas.includes(keyword)) return [keyword, insideOf(value)]
    return [keyword, value]
  })
  return Object.fromEntries(members)
}

/** A schema of another value, further down. */
function allowInValue(schema: unknown): unknown {
  return isSchema(schema) && !acceptsAnyText(schema) ? allowVariables(schema) : schema
}

/** A schema of the same value, which has its variable already. */
function insideOf(schema: unknown): unknown {
  return isSchema(schema) ? withVariablesInside(schema) : schema
}

function acceptsAnyText(schema: JsonSchema): boolean {
  const narrowing = ['pattern', 'format', 'enum', 'const', 'maxLength', 'not']
  return schema.type === 'string' && !narrowing.some((keyword) => keyword in schema)
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function mapValues(record: Readonly<Record<string, unknown>>, change: (value: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
}

/** Shared parts become parts of their own, as in a file. */
function plainCopy(schema: JsonSchema): JsonSchema {
  return structuredClone(schema) as JsonSchema
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
