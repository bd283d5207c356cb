import { readdir, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { diagnosticAt, diagnosticForFile, parseYaml, readText } from '../../documents/index.js'
import { nearest } from '../../lib/nearest.js'
import type { JsonObject } from '../../model/json.js'
import type { Findings } from '../findings.js'
import type { Variables } from './draft.js'
import { ansibleYaml, isVaulted, variableOf } from './vault.js'

/** What `group_vars/` and `host_vars/` beside an inventory say, by group and by host. */
export interface VarsFiles {
  readonly groups: ReadonlyMap<string, Variables>
  readonly hosts: ReadonlyMap<string, Variables>
}

/** In this order; the first that exists is read, a directory of files included (`DataLoader.find_vars_files`). */
const extensions = ['', '.yml', '.yaml', '.json']

const deepestDirectory = 16

/** Reads the files of the groups and hosts that the inventory has. @param directory where `group_vars` and `host_vars` may lie. */
export async function readVarsFiles(
  directory: string,
  names: { readonly groups: Iterable<string>; readonly hosts: Iterable<string> },
  findings: Findings,
): Promise<VarsFiles> {
  const groups = new Set(names.groups)
  const groupVars = join(directory, 'group_vars')
  warnOfStrays(groupVars, await listDirectory(groupVars, findings), groups, findings)
  return {
    groups: await readSubdirectory(groupVars, groups, findings),
    hosts: await readSubdirectory(join(directory, 'host_vars'), new Set(names.hosts), findings),
  }
}

async function readSubdirectory(
  directory: string,
  names: ReadonlySet<string>,
  findings: Findings,
): Promise<ReadonlyMap<string, Variables>> {
  const entries = new Set(await listDirectory(directory, findings))
  const variables = new Map<string, Variables>()
  // From the files' side: there may be a hundred thousand hosts and three files.
  const stems = [...entries].flatMap((entry) =>
    extensions.filter((end) => entry.endsWith(end)).map((end) => entry.slice(0, entry.length - end.length)),
  )
  for (const name of new Set(stems.filter((stem) => names.has(stem)))) {
    const entry = extensions.map((extension) => name + extension).find((candidate) => entries.has(candidate))
    if (entry !== undefined) variables.set(name, await readEntry(join(directory, entry), findings))
  }
  return variables
}

async function readEntry(path: string, findings: Findings): Promise<Variables> {
  const merged: Variables = new Map()
  for (const file of await filesOf(path, 0, findings)) {
    for (const [name, variable] of await readVarsFile(file, findings)) merged.set(name, variable)
  }
  return merged
}

async function filesOf(path: string, depth: number, findings: Findings): Promise<readonly string[]> {
  if (!(await isDirectory(path))) return [path]
  if (depth >= deepestDirectory) {
    findings.diagnostics.push(
      diagnosticForFile(path, { code: 'too-deep', message: `directories are nested deeper than ${deepestDirectory} levels` }),
    )
    return []
  }
  const files: string[] = []
  for (const entry of [...(await listDirectory(path, findings))].sort()) {
    if (entry.startsWith('.') || entry.endsWith('~')) continue
    const inside = join(path, entry)
    const extension = extname(entry)
    const directory = await isDirectory(inside)
    if (directory ? extension === '' : extensions.includes(extension)) files.push(...(await filesOf(inside, depth + 1, findings)))
  }
  return files
}

async function readVarsFile(file: string, findings: Findings): Promise<Variables> {
  const { bytes, text, diagnostic } = await readText(file)
  if (diagnostic !== null) {
    findings.diagnostics.push(diagnostic)
    return new Map()
  }
  if (isVaulted(text)) {
    findings.warnings.push(
      diagnosticForFile(file, {
        code: 'vault',
        message: 'the file is encrypted with ansible-vault: its variables are not known',
        hint: 'netproof opens no vaults',
      }),
    )
    return new Map()
  }
  const { document, diagnostics } = parseYaml(file, text, bytes, ansibleYaml)
  findings.diagnostics.push(...diagnostics.filter(({ code }) => code !== 'empty-file'))
  if (document === null) return new Map()
  if (typeof document.data !== 'object' || document.data === null || Array.isArray(document.data)) {
    findings.diagnostics.push(diagnosticAt(document, [], { code: 'vars-file', message: 'expected variables, as a map of names to values' }))
    return new Map()
  }
  const members = Object.entries(document.data as JsonObject)
  return new Map(
    members.map(([name, value]) => [
      name,
      variableOf(value ?? null, (problem) => diagnosticAt(document, [name], { ...problem, at: 'key' })),
    ]),
  )
}

/** A file for a group that does not exist is common where inventories share them; one that is nearly called as a group is a slip. */
function warnOfStrays(directory: string, entries: readonly string[], names: ReadonlySet<string>, findings: Findings): void {
  for (const entry of entries) {
    const extension = extname(entry)
    const name = extensions.includes(extension) ? entry.slice(0, entry.length - extension.length) : entry
    if (name.startsWith('.') || names.has(name) || names.has(entry)) continue
    const meant = nearest(name, names)
    if (meant === null) continue
    const problem = { code: 'unused-vars', message: `no group is called "${name}": the file is not read`, hint: `did you mean "${meant}"?` }
    findings.warnings.push(diagnosticForFile(join(directory, entry), problem))
  }
}

async function listDirectory(path: string, findings: Findings): Promise<readonly string[]> {
  try {
    return await readdir(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOENT')
      findings.diagnostics.push(diagnosticForFile(path, { code: 'file-unreadable', message: `the directory cannot be read: ${code}` }))
    return []
  }
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch {
    // A broken link, or gone meanwhile: reading it as a file says what is wrong.
    return false
  }
}
