import { nearestHint } from '../../lib/nearest.js'
import type { Json, JsonObject } from '../../model/json.js'
import type { Origin, Variables } from './draft.js'

/** A variable with the references in it filled in. */
export interface Rendered {
  /** As far as it could be filled in; a template that could not stays as it was written. */
  readonly value: Json
  readonly origin: Origin
  /** Why something in it could not be filled in; null when all is. */
  readonly trouble: string | null
}

interface Filled {
  readonly value: Json
  readonly trouble: string | null
}

/** `{{ name }}`, `{{ name.member }}`, `{{ name['member'] }}`. */
const reference = String.raw`\{\{-?\s*([A-Za-z_]\w*)((?:\.[A-Za-z_]\w*|\[\s*(?:'[^']*'|"[^"]*"|-?\d+)\s*\])*)\s*-?\}\}`
const onlyReference = new RegExp(`^${reference}$`)
const template = /\{\{|\{%|\{#/

/** No setting and no expectation is longer; a bound on templates that double each other. */
const longestText = 65_536
const deepest = 32

/**
 * Fills in plain references between the variables of one host. Filters, lookups and expressions are Ansible's own business:
 * such a text stays as it is, and is trouble only for who needs its value.
 * @param magic what Ansible knows beside the variables: `inventory_hostname`, ….
 * @returns the variable of a name, or undefined when there is none.
 */
export function templateReader(vars: Variables, magic: JsonObject): (name: string) => Rendered | undefined {
  const done = new Map<string, Rendered>()
  const open = new Set<string>()

  const read = (name: string): Rendered | undefined => {
    const known = done.get(name)
    const variable = vars.get(name)
    if (known !== undefined || variable === undefined) return known
    const { value, origin, vaulted } = variable
    if (vaulted) return { value: null, origin, trouble: `${name} is encrypted with ansible-vault, which netproof does not open` }
    open.add(name)
    const rendered = { origin, ...fill(value, 0) }
    open.delete(name)
    done.set(name, rendered)
    return rendered
  }

  const fill = (value: Json, depth: number): Filled => {
    if (typeof value === 'string') return template.test(value) ? fillText(value) : { value, trouble: null }
    if (typeof value !== 'object' || value === null || depth > deepest) return { value, trouble: null }
    const entries = Object.entries(value as JsonObject).map(([key, member]) => [key, fill(member ?? null, depth + 1)] as const)
    const trouble = entries.find(([, filled]) => filled.trouble !== null)?.[1].trouble ?? null
    if (Array.isArray(value)) return { value: entries.map(([, filled]) => filled.value), trouble }
    return { value: Object.fromEntries(entries.map(([key, filled]) => [key, filled.value])), trouble }
  }

  const fillText = (text: string): Filled => {
    const alone = onlyReference.exec(text)
    if (alone !== null) return or(text, resolve(alone[1] ?? '', alone[2] ?? ''))
    let trouble: string | null = null
    const filled = text.replace(new RegExp(reference, 'g'), (whole, name: string, path: string) => {
      const found = resolve(name, path)
      const piece = pythonText(found.value)
      trouble ??= found.trouble ?? (piece === null ? `${whole} is a list or a map, which netproof does not write into text` : null)
      return piece ?? whole
    })
    if (trouble === null && template.test(text.replace(new RegExp(reference, 'g'), '')))
      trouble = `netproof fills in plain references such as {{ name }}, and no expressions`
    if (filled.length > longestText) trouble = `it grows beyond ${longestText} characters`
    return trouble === null ? { value: filled, trouble } : { value: text, trouble }
  }

  const resolve = (name: string, path: string): Filled => {
    if (open.has(name)) return { value: null, trouble: `${name} refers to itself` }
    if (open.size >= deepest) return { value: null, trouble: `more than ${deepest} references lead from one to the next` }
    const found = read(name) ?? magicVariable(magic, name)
    if (found === undefined) {
      const hint = nearestHint(name, [...vars.keys(), ...Object.keys(magic)])
      return { value: null, trouble: `this host has no variable "${name}"${hint === undefined ? '' : `: ${hint}`}` }
    }
    if (found.trouble !== null) return found
    const value = member(found.value, path)
    return value === undefined ? { value: null, trouble: `"${name}" has no member ${path}` } : { value, trouble: null }
  }

  return read
}

function or(text: string, { value, trouble }: Filled): Filled {
  return { value: trouble === null ? value : text, trouble }
}

function magicVariable(magic: JsonObject, name: string): Filled | undefined {
  return Object.hasOwn(magic, name) ? { value: magic[name] ?? null, trouble: null } : undefined
}

function member(value: Json, path: string): Json | undefined {
  let current: Json | undefined = value
  for (const [, name, quoted, index] of path.matchAll(/\.(\w+)|\[\s*['"]([^'"]*)['"]\s*\]|\[\s*(-?\d+)\s*\]/g)) {
    if (typeof current !== 'object' || current === null) return undefined
    if (Array.isArray(current)) current = index === undefined ? undefined : (current as readonly Json[]).at(Number(index))
    else {
      const key = name ?? quoted ?? index ?? ''
      current = Object.hasOwn(current, key) ? (current as JsonObject)[key] : undefined
    }
  }
  return current
}

/** As Python's `str` shows plain values; null for lists and maps. */
function pythonText(value: Json): string | null {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return typeof value === 'object' ? null : String(value)
}
