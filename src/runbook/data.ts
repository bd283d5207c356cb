import type { Json, JsonObject } from '../model/json.js'

// The schema has judged the data, but all problems of all files are reported at once: what is wrong is read as if it were not there.

export function asMap(value: Json | undefined): JsonObject {
  return isMap(value) ? value : {}
}

export function isMap(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function asList(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : []
}

export function asText(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A text, or the texts of a list. */
export function asTexts(value: Json | undefined): readonly string[] {
  return (Array.isArray(value) ? (value as readonly Json[]) : [value]).flatMap((item) => asText(item) ?? [])
}
