import type { DataPath } from '../document.js'
import type { Schema } from './types.js'

/** RFC 6901. Digits stay text: `rangeOf` and `valueAt` take both. */
export function pointerToPath(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** The schema that holds the keyword at the end of `schemaPath`; empty when there is none, as inside `$ref`. */
export function schemaAround(root: Schema, schemaPath: string): Schema {
  const steps = pointerToPath(decodeURIComponent(schemaPath.replace(/^#/, ''))).slice(0, -1)
  const found = valueAt(root, steps)
  return typeof found === 'object' && found !== null ? (found as Schema) : {}
}

/** What `path` leads to; undefined when it leads nowhere. */
export function valueAt(data: unknown, path: DataPath): unknown {
  return path.reduce<unknown>((value, step) => {
    if (typeof value !== 'object' || value === null) return undefined
    return Object.hasOwn(value, step) ? (value as Readonly<Record<string, unknown>>)[step] : undefined
  }, data)
}
