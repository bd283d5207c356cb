import { readYaml } from '../../../lib/yaml-data.js'
import { Draft } from '../draft.js'
import type { ConfigFile, SystemReader } from '../files.js'
import { type SystemConfig, topics } from '../value.js'
import { definitionsOf, kinds } from './definitions.js'
import { Fields } from './fields.js'
import { inOrder, isNetplanFile } from './files.js'
import { readDefinition, readPorts } from './interface.js'
import { merged, type Tree, type TreeMap, treeOf, written } from './tree.js'

/** netplan-yaml(5), as of netplan 1.1; older ones know less. */
export const netplanReader: SystemReader = {
  system: 'netplan',
  owns: isNetplanFile,
  read: (files) => {
    const isVolatile = ({ path }: ConfigFile): boolean => path.startsWith('/run/')
    const draft = new Draft()
    draft.add(readFiles(files.filter((file) => !isVolatile(file))))
    for (const file of files.filter(isVolatile)) {
      const named = readFiles([file]).interfaces.map(({ name, match }) => name ?? match)
      const why = 'is in /run: after a reboot it is there only if something writes it again'
      draft.doubt({ file: file.path, line: 0 }, named.join(', '), why, named.length === 1 ? (named[0] ?? null) : null)
    }
    return draft.finish()
  },
}

function readFiles(files: readonly ConfigFile[]): SystemConfig {
  const draft = new Draft()
  const network = inOrder(files)
    .map((file) => networkOfFile(file, draft))
    .filter((tree) => tree !== null)
    .reduce<Tree | null>((whole, tree) => (whole === null ? tree : merged(whole, tree)), null)
  if (network?.kind === 'map') readNetwork(network, draft)
  return draft.finish()
}

/** What stands under `network:`; null where nothing does. */
function networkOfFile({ path, lines }: ConfigFile, draft: Draft): TreeMap | null {
  const place = { file: path, line: 0 }
  const result = readYaml(lines.join('\n'))
  if ('fault' in result) {
    const { line, message } = result.fault
    draft.doubt({ file: path, line }, lines[line - 1]?.trim() ?? '', `the file ${message}`, null)
    return null
  }
  if (result.root === null) return null
  const root = treeOf(result.root, path)
  const network = root.kind === 'map' ? root.entries.get('network') : undefined
  if (root.kind === 'map') new Fields(root, draft, null).rest((key) => key === 'network', topics)
  if (network?.kind === 'map') return network
  const nothing = root.kind === 'map' && (network === undefined || (network.kind === 'text' && network.text === ''))
  if (!nothing) draft.doubt(place, written(root), 'expected a map under `network`', null)
  return null
}

function readNetwork(network: TreeMap, draft: Draft): void {
  const fields = new Fields(network, draft, null)
  const version = fields.text('version', topics)
  if (version !== null && version.text !== '2') draft.doubt(version, `version: ${version.text}`, 'only version 2 is known', null)
  fields.refuse('openvswitch', 'what Open vSwitch makes is not understood', ['link'])
  fields.rest((key) => key === 'renderer' || key === 'openvswitch' || kinds.some((kind) => kind === key), topics)

  const definitions = definitionsOf(network, draft)
  const masters = new Map<string, { id: string; table: string | null }>()
  for (const definition of definitions.values()) {
    // Read for who is whose port alone: doubts are told when the definition itself is read.
    const own = new Fields(definition.map, new Draft(), null)
    const table = definition.kind === 'vrfs' ? (own.text('table', [])?.text ?? null) : null
    for (const port of readPorts(own, definition)) masters.set(port, { id: definition.id, table })
  }
  for (const definition of definitions.values()) readDefinition(definition, { draft, definitions, masters })
}
