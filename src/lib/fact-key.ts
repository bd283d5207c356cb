import type { FactKind, FactRequest } from '../model/fact.js'
import type { Json, JsonObject } from '../model/json.js'

/** JSON with sorted keys and without undefined members: equal data gives equal text. */
function canonicalJson(value: Json | undefined): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (value === undefined || value === null || typeof value !== 'object') return JSON.stringify(value ?? null)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const object = value as JsonObject
  let members = ''
  for (const key of Object.keys(object).sort()) {
    if (object[key] === undefined) continue
    members += `${members === '' ? '' : ','}"${/^[\w-]*$/.test(key) ? key : JSON.stringify(key).slice(1, -1)}":${canonicalJson(object[key])}`
  }
  return `{${members}}`
}

/** The identity of a request within a run: the same fact, host and arguments, asked during the same, give the same key. */
export function factKey({ host, fact, args, during }: FactRequest): string {
  const own = `${host}/${fact}${canonicalJson(args)}`
  return during === undefined ? own : `${own} during ${factKey(during)}`
}

/** A typed request for a fact about a host. */
export function request<Args extends JsonObject, Value extends Json>(
  kind: FactKind<Args, Value>,
  host: string,
  args: Args,
): FactRequest<Value> {
  return { fact: kind.name, host, args }
}
