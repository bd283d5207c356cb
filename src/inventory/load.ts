import { homedir } from 'node:os'
import { join } from 'node:path'
import { diagnosticForFile, parseYaml, readText } from '../documents/index.js'
import type { Diagnostic } from '../model/diagnostic.js'
import { controllerName, type Inventory, type Resolver } from '../model/inventory.js'
import type { Platform } from '../model/platform.js'
import { buildInventory } from './ansible/build.js'
import { createDraft, type Draft } from './ansible/draft.js'
import { readHostList } from './ansible/host-list.js'
import { readIni } from './ansible/ini.js'
import { withoutSecrets } from './ansible/secrets.js'
import { readVarsFiles, type VarsFiles } from './ansible/vars-files.js'
import { ansibleYaml } from './ansible/vault.js'
import { readYamlInventory } from './ansible/yaml.js'
import { type Findings, noFindings } from './findings.js'
import { recognise } from './format.js'
import { addController, addSshConfig, emptyInventory, mergeInventories, sshConfigInventory } from './merge.js'
import { isOwnInventory, readOwnInventory } from './own/index.js'
import { mergeResolvers } from './resolvers.js'
import { findSources, type Source } from './sources.js'
import { sshConfigHosts } from './ssh-config/index.js'

export interface InventoryOptions {
  readonly controllerPlatform: Platform
  /** Resolvers that every inventory has, unless it names them itself; default none. */
  readonly resolvers?: ReadonlyMap<string, Resolver>
  /** The user's ssh_config, whose hosts can be selected by name; default `~/.ssh/config`, null for none. */
  readonly sshConfig?: string | null
  /** The home directory that `~` stands for. */
  readonly home?: string
}

export interface LoadedInventory {
  /** Always complete enough to be used; wrong where `diagnostics` says so. */
  readonly inventory: Inventory
  /** What is wrong: nothing may run. */
  readonly diagnostics: readonly Diagnostic[]
  /** What is left out or ignored, and hosts that cannot be reached as described; see `Host.unusable`. */
  readonly warnings: readonly Diagnostic[]
}

/** What the sources are read into. */
interface Reading {
  readonly draft: Draft
  readonly findings: Findings
  /** Inventories of netproof's own format, and of ssh_config; the strongest first. */
  readonly own: Inventory[]
  readonly fromSsh: Inventory[]
  /** Where Ansible would look for `group_vars`, in the order of the sources. */
  readonly bases: Set<string>
  readonly home: string
  readonly controllerPlatform: Platform
}

/**
 * Reads and merges inventories. Ansible's are merged as Ansible does; a host that netproof's own inventories name too is reached as
 * they say; hosts of ssh_config come last. Without paths there is the controller only. Never rejects.
 * @param paths files, directories, or lists of hosts with a comma (`web1,`).
 */
export async function loadInventory(paths: readonly string[], options: InventoryOptions): Promise<LoadedInventory> {
  const findings = noFindings()
  const home = options.home ?? homedir()
  const { controllerPlatform } = options
  const reading: Reading = { draft: createDraft(findings), findings, own: [], fromSsh: [], bases: new Set(), home, controllerPlatform }
  for (const source of await findSources(paths, findings)) await readSource(reading, source)
  const ansible = await finishAnsible(reading)
  const merged = mergeInventories([...reading.own, ansible, ...reading.fromSsh])
  const known = await userSshConfig(options.sshConfig === undefined ? join(home, '.ssh', 'config') : options.sshConfig, home, findings)
  const resolvers = mergeResolvers([merged.resolvers, options.resolvers ?? new Map()])
  const inventory = { ...addController(addSshConfig(merged, known), controllerPlatform), resolvers }
  return { inventory, diagnostics: presentable(findings.diagnostics), warnings: presentable(findings.warnings) }
}

async function readSource(reading: Reading, source: Source): Promise<void> {
  if (source.kind === 'list') {
    readHostList(reading.draft, source.text)
    return
  }
  const { bytes, text, diagnostic } = await readText(source.file)
  if (diagnostic !== null) {
    reading.findings.diagnostics.push(diagnostic)
    return
  }
  const format = recognise(source.file, text)
  if (typeof format === 'object') reading.findings.diagnostics.push(diagnosticForFile(source.file, format))
  else await readers[format](reading, source, { text, bytes })
}

interface Content {
  readonly text: string
  readonly bytes: Uint8Array
}

type FileSource = Extract<Source, { kind: 'file' }>

const readers: Readonly<
  Record<Exclude<ReturnType<typeof recognise>, object>, (reading: Reading, source: FileSource, content: Content) => void | Promise<void>>
> = {
  empty: ({ findings }, { file }) => {
    findings.warnings.push(diagnosticForFile(file, { code: 'empty-file', message: 'the inventory is empty' }))
  },
  ini: ({ draft, bases }, { file, base }, { text }) => {
    bases.add(base)
    readIni(draft, file, text)
  },
  yaml: readYaml,
  'ssh-config': async ({ fromSsh, findings, home }, { file }) => {
    const { hosts, diagnostics } = await sshConfigHosts(file, home)
    fromSsh.push(sshConfigInventory(hosts))
    findings.diagnostics.push(...diagnostics)
  },
}

function readYaml(reading: Reading, { file, base }: FileSource, { text, bytes }: Content): void {
  const { draft, findings, own, bases, controllerPlatform } = reading
  const { document, diagnostics } = parseYaml(file, text, bytes, ansibleYaml)
  if (document !== null && !isOwnInventory(document.data)) {
    bases.add(base)
    readYamlInventory(draft, document)
    return
  }
  if (document === null) {
    findings.diagnostics.push(...diagnostics)
    return
  }
  const plain = parseYaml(file, text, bytes)
  findings.diagnostics.push(...plain.diagnostics)
  if (plain.document === null) return
  const read = readOwnInventory(plain.document, controllerPlatform)
  findings.diagnostics.push(...read.diagnostics)
  // As among Ansible's sources, what is read later wins.
  own.unshift(read.inventory)
}

async function finishAnsible({ draft, bases, findings, controllerPlatform }: Reading): Promise<Inventory> {
  const names = { groups: [...draft.groups.keys()], hosts: [...draft.hosts.keys()] }
  const files: VarsFiles[] = []
  for (const base of bases) files.push(await readVarsFiles(base, names, findings))
  const built = buildInventory(draft, files, controllerPlatform)
  warnOfController(draft, built.hosts.get(controllerName)?.transport)
  return { ...emptyInventory, ...built }
}

/** Ansible gives the name no meaning, and clusters do have hosts and groups that are called so. */
function warnOfController(draft: Draft, transport: string | undefined): void {
  const origin = draft.hosts.get(controllerName)?.origin
  if (origin === undefined || transport === 'local') return
  const message = `"${controllerName}" is reached through ${transport} here: it is no longer the machine netproof runs on`
  const hint = 'give the host another name, or set ansible_connection=local if it is this machine'
  draft.findings.warnings.push(origin({ code: 'controller', message, hint }))
}

async function userSshConfig(path: string | null, home: string, findings: Findings) {
  if (path === null) return []
  const { hosts, diagnostics } = await sshConfigHosts(path, home)
  // Whoever has none, or one that ssh alone may read, has no need of it here.
  findings.warnings.push(...diagnostics.filter(({ code }) => code !== 'file-missing'))
  return hosts
}

/** Each diagnostic once: what is written for a group concerns all its hosts. Lines are shown without the passwords in them. */
function presentable(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const shown = diagnostics.map((diagnostic) => {
    const { sourceLine } = diagnostic
    return sourceLine === undefined ? diagnostic : { ...diagnostic, sourceLine: withoutSecrets(sourceLine) }
  })
  return [...new Map(shown.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic])).values()]
}
