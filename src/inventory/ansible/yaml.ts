import { diagnosticAt, type LoadedDocument, type Part } from '../../documents/index.js'
import { nearestHint } from '../../lib/nearest.js'
import type { Json, JsonObject } from '../../model/json.js'
import { addGroup, addHost, type Draft, link, maxHosts, type Origin, refuse, setVariable, warn } from './draft.js'
import { expandHostPattern } from './host-pattern.js'
import { variableOf } from './vault.js'

type Path = readonly string[]

interface Reader {
  readonly draft: Draft
  readonly document: LoadedDocument
}

type GroupKey = 'hosts' | 'children' | 'vars'
const groupKeys: readonly string[] = ['hosts', 'children', 'vars'] satisfies GroupKey[]

/** Reads a YAML or JSON inventory into `draft`, as `ansible.plugins.inventory.yaml` (ansible-core 2.14) does. */
export function readYamlInventory(draft: Draft, document: LoadedDocument): void {
  const reader: Reader = { draft, document }
  const root = document.data
  if (!isMap(root)) {
    refuse(draft, originOf(reader, []), { code: 'yaml-inventory', message: `expected groups such as "all:", found ${kindOf(root)}` })
    return
  }
  if (root.plugin !== undefined) {
    refuse(draft, originOf(reader, ['plugin'], 'key'), {
      code: 'inventory-plugin',
      message: `this configures the inventory plug-in ${JSON.stringify(root.plugin)}, which netproof does not run`,
      hint: `write what it finds to a file: ansible-inventory -i ${document.file} --list --yaml > inventory.yaml`,
    })
    return
  }
  if (isMap(root.hosts ?? null) && !Object.keys(root.hosts ?? {}).some(isGroupKey)) {
    refuse(draft, originOf(reader, ['hosts'], 'key'), {
      code: 'yaml-inventory',
      message: 'expected a group at the top of an Ansible inventory, found "hosts"',
      hint: 'an inventory of netproof itself begins with "version: 1"; in Ansible\'s, "hosts" stands below a group such as "all"',
    })
    return
  }
  for (const [name, group] of Object.entries(root)) readGroup(reader, name, group ?? null, [name])
}

function readGroup(reader: Reader, name: string, data: Json, path: Path): void {
  const { draft } = reader
  if (data !== null && !isMap(data)) {
    warn(draft, originOf(reader, path, 'key'), {
      code: 'not-a-group',
      message: `"${name}" is ignored: expected a map with hosts, children or vars, found ${kindOf(data)}`,
    })
    return
  }
  addGroup(draft, name)
  for (const [key, section] of Object.entries(data ?? {})) {
    const sectionPath = [...path, key]
    if (!isGroupKey(key)) warnOfKey(reader, name, key, sectionPath)
    else if (section !== null && section !== undefined) readSection(reader, name, key, section, sectionPath)
  }
}

function isGroupKey(key: string): key is GroupKey {
  return groupKeys.includes(key)
}

function warnOfKey(reader: Reader, group: string, key: string, path: Path): void {
  warn(reader.draft, originOf(reader, path, 'key'), {
    code: 'unknown-key',
    message: `"${key}" in group "${group}" is ignored: a group holds hosts, children and vars`,
    hint: nearestHint(key, groupKeys),
  })
}

function readSection(reader: Reader, group: string, key: GroupKey, section: Json, path: Path): void {
  // A single name may stand without a map: `hosts: web1`.
  const members = typeof section === 'string' ? { [section]: null } : section
  if (!isMap(members)) {
    refuse(reader.draft, originOf(reader, path), {
      code: 'yaml-inventory',
      message: `expected a map for "${key}" of group "${group}", found ${kindOf(members)}`,
      ...(Array.isArray(members) ? { hint: 'write names as keys: "web1:" in place of "- web1"' } : {}),
    })
    return
  }
  for (const [name, value] of Object.entries(members)) {
    sectionReaders[key](reader, group, name, value ?? null, typeof section === 'string' ? path : [...path, name])
  }
}

const sectionReaders: Readonly<Record<GroupKey, (reader: Reader, group: string, name: string, value: Json, path: Path) => void>> = {
  vars: (reader, group, name, value, path) => setVariable(reader.draft, group, name, variableOf(value, originOf(reader, path, 'key'))),
  children: readChild,
  hosts: readHosts,
}

function readChild(reader: Reader, group: string, name: string, value: Json, path: Path): void {
  readGroup(reader, name, value, path)
  if (reader.draft.groups.has(name)) link(reader.draft, group, name, originOf(reader, path, 'key'))
}

function readHosts(reader: Reader, group: string, pattern: string, value: Json, path: Path): void {
  const { draft, document } = reader
  const origin = originOf(reader, path, 'key')
  const expanded = pattern === '' ? { error: 'expected a host name, found an empty key' } : expandHostPattern(pattern, maxHosts)
  if ('error' in expanded) {
    refuse(draft, origin, { code: 'host-pattern', message: expanded.error, hint: expanded.hint })
    return
  }
  if (value !== null && !isMap(value)) {
    refuse(draft, originOf(reader, path), {
      code: 'yaml-inventory',
      message: `expected variables of host "${pattern}" as a map, found ${kindOf(value)}`,
    })
    return
  }
  if (draft.hosts.size + expanded.hosts.length > maxHosts) {
    refuse(draft, origin, { code: 'too-many-hosts', message: `the inventory has more than ${maxHosts} hosts` })
    return
  }
  const variables = Object.entries(value ?? {}).map(
    ([name, item]) => [name, variableOf(item ?? null, originOf(reader, [...path, name], 'key'))] as const,
  )
  for (const host of expanded.hosts) {
    addHost(draft, addGroup(draft, group), host, { file: document.file, origin, port: expanded.port })
    for (const [name, variable] of variables) setVariable(draft, host, name, variable)
  }
}

function originOf({ document }: Reader, path: Path, at: Part = 'value'): Origin {
  return (problem) => diagnosticAt(document, path, { ...problem, at })
}

function isMap(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function kindOf(value: Json): string {
  if (value === null) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'a map' : `${typeof value === 'string' ? 'text' : `a ${typeof value}`} (${JSON.stringify(value)})`
}
