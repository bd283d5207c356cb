import type { YamlOptions } from '../../documents/index.js'
import type { Json, JsonObject } from '../../model/json.js'
import type { Origin, Variable } from './draft.js'

const vaultHeader = '$ANSIBLE_VAULT;'

/** How Ansible reads YAML: with YAML 1.1's words for true and false, and three tags of its own. */
export const ansibleYaml: YamlOptions = { schema: 'yaml-1.1', textTags: ['!vault', '!vault-encrypted', '!unsafe'] }

/** Whether a file or a value is encrypted with ansible-vault, which netproof does not open. */
export function isVaulted(text: string): boolean {
  return text.trimStart().startsWith(vaultHeader)
}

/** A variable from YAML. What is encrypted deep inside is left out; when all of it is, only the name remains. */
export function variableOf(value: Json, origin: Origin): Variable {
  const readable = withoutVault(value)
  return readable === undefined ? { value: null, origin, vaulted: true } : { value: readable, origin }
}

function withoutVault(value: Json): Json | undefined {
  if (typeof value === 'string') return isVaulted(value) ? undefined : value
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(withoutVault).filter((item) => item !== undefined)
  const members = Object.entries(value as JsonObject).map(([key, member]) => [key, withoutVault(member ?? null)] as const)
  return Object.fromEntries(members.filter(([, member]) => member !== undefined))
}
