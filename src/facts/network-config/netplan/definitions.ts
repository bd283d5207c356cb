import type { Draft } from '../draft.js'
import { isPattern, macOf } from '../text-values.js'
import type { ConfiguredInterface } from '../value.js'
import { Fields } from './fields.js'
import { type Tree, type TreeMap, written } from './tree.js'

export const kinds = [
  'ethernets',
  'bonds',
  'bridges',
  'vlans',
  'vrfs',
  'tunnels',
  'wifis',
  'modems',
  'dummy-devices',
  'virtual-ethernets',
  'nm-devices',
] as const
export type Kind = (typeof kinds)[number]

/** These exist before netplan does, and are found; the others are made, and are called as their id. */
const physical: ReadonlySet<Kind> = new Set(['ethernets', 'wifis', 'modems'])

export interface Definition {
  readonly kind: Kind
  readonly id: string
  readonly map: TreeMap
  readonly found: Pick<ConfiguredInterface, 'name' | 'match' | 'matchMac' | 'matchNames'>
}

/** Every definition of the merged files, by its id. */
export function definitionsOf(network: TreeMap, draft: Draft): ReadonlyMap<string, Definition> {
  const definitions = new Map<string, Definition>()
  for (const kind of kinds) {
    const group = network.entries.get(kind)
    if (group === undefined) continue
    if (group.kind !== 'map') {
      draft.doubt(group, `${kind}: ${written(group)}`, 'expected a map of definitions', null)
      continue
    }
    for (const [id, tree] of group.entries) {
      const definition = id === 'renderer' ? null : define(kind, id, tree, draft)
      if (definition === null) continue
      if (definitions.has(id)) draft.doubt(tree, id, `${id} is defined as ${definitions.get(id)?.kind} as well, which netplan refuses`, id)
      definitions.set(id, definition)
    }
  }
  return definitions
}

function define(kind: Kind, id: string, tree: Tree, draft: Draft): Definition | null {
  if (tree.kind !== 'map') {
    draft.doubt(tree, `${id}: ${written(tree)}`, 'expected a map of settings, which netplan insists on', id)
    return null
  }
  const named = { name: id, match: null, matchMac: null, matchNames: [] }
  return { kind, id, map: tree, found: physical.has(kind) ? finding(id, tree, draft) : named }
}

/** A device without `match` is called as its id. `set-name` is what it is called once it has been found. */
function finding(id: string, tree: TreeMap, draft: Draft): Definition['found'] {
  const fields = new Fields(tree, draft, id)
  const setName = fields.text('set-name', ['link'])?.text ?? null
  const match = fields.fields('match', ['boot', 'addresses', 'routes', 'dns', 'link'])
  if (match === null) return { name: setName ?? id, match: null, matchMac: null, matchNames: [] }
  const name = match.text('name', ['link'])?.text ?? null
  const mac = match.text('macaddress', ['link'])?.text ?? null
  const words = [...(tree.entries.get('match') as TreeMap).entries].map(([key, value]) => `${key}=${written(value)}`)
  const isOne = name !== null && !isPattern(name)
  return {
    name: setName ?? (isOne ? name : null),
    match: words.join(' ') || 'any',
    matchMac: mac === null ? null : macOf(mac),
    matchNames: isOne || (name === null && words.length > 0) ? [] : [name ?? '*'],
  }
}

/** What other definitions call an interface by: its id, which need not be its name. */
export function nameOf(definitions: ReadonlyMap<string, Definition>, id: string): string {
  return definitions.get(id)?.found.name ?? id
}
