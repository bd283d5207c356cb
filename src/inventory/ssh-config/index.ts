import { homedir } from 'node:os'
import { diagnosticForFile, diagnosticInText, readText, sourceText } from '../../documents/index.js'
import { globMatcher } from '../../lib/glob.js'
import type { Diagnostic } from '../../model/diagnostic.js'
import { includedFiles } from './include.js'
import { type Directive, parseSshConfig } from './parse.js'

export { looksLikeSshConfig } from './parse.js'

/** A host that the user's OpenSSH knows by name. */
export interface SshConfigHost {
  /** What is given to ssh. */
  readonly alias: string
  /** The name or address behind it; null when the configuration gives none, and ssh resolves the alias itself. */
  readonly hostName: string | null
}

export interface SshConfigHosts {
  /** In the order of the file, without those that are wildcards. */
  readonly hosts: readonly SshConfigHost[]
  readonly diagnostics: readonly Diagnostic[]
}

/** A `HostName` line and the `Host` lines that it stands below; all of them must match. */
interface Entry {
  readonly conditions: readonly (readonly string[])[]
  readonly hostName: string
}

interface Collected {
  readonly aliases: Set<string>
  readonly entries: Entry[]
  readonly diagnostics: Diagnostic[]
  readonly home: string
  files: number
}

/** As in OpenSSH (`READCONF_MAX_DEPTH`). */
const deepestInclude = 16
const maxFiles = 1_000

/**
 * The concrete hosts of an ssh_config(5) file and what it includes. `Match` blocks are passed over: what they mean depends on more
 * than the name. Nothing else is read, because the connection stays with OpenSSH. Never rejects.
 */
export async function sshConfigHosts(path: string, home: string = homedir()): Promise<SshConfigHosts> {
  const collected: Collected = { aliases: new Set(), entries: [], diagnostics: [], home, files: 0 }
  await readFile(path, [], 0, collected)
  const matchers = collected.entries.map(({ conditions, hostName }) => ({ matches: conditionMatcher(conditions), hostName }))
  const hosts = [...collected.aliases].map((alias) => {
    // ssh takes the first value that it finds.
    const hostName = matchers.find(({ matches }) => matches(alias))?.hostName
    return { alias, hostName: hostName === undefined ? null : expandTokens(hostName, alias) }
  })
  return { hosts, diagnostics: collected.diagnostics }
}

async function readFile(path: string, outer: Entry['conditions'], depth: number, collected: Collected): Promise<void> {
  collected.files += 1
  if (collected.files > maxFiles) return
  const { text, diagnostic } = await readText(path)
  if (diagnostic !== null) {
    // ssh passes over files that an Include does not find.
    if (depth === 0 || diagnostic.code !== 'file-missing') collected.diagnostics.push(diagnostic)
    return
  }
  let conditions: Entry['conditions'] | null = outer
  for (const directive of parseSshConfig(text)) {
    if (directive.kind === 'match') conditions = null
    else if (directive.kind === 'host') {
      conditions = [...outer, directive.patterns]
      for (const pattern of directive.patterns) if (isConcrete(pattern)) collected.aliases.add(pattern)
    } else if (conditions === null) {
      // Below a Match.
    } else if (directive.kind === 'hostname') collected.entries.push({ conditions, hostName: directive.value })
    else await readIncluded(path, text, directive, conditions, depth, collected)
  }
}

async function readIncluded(
  file: string,
  text: string,
  { paths, offset }: Extract<Directive, { kind: 'include' }>,
  conditions: Entry['conditions'],
  depth: number,
  collected: Collected,
): Promise<void> {
  if (depth + 1 >= deepestInclude) {
    const problem = {
      code: 'include-depth',
      message: `files are included more than ${deepestInclude} levels deep`,
      hint: 'look for a file that includes itself',
    }
    collected.diagnostics.push(diagnosticInText(file, sourceText(text), { start: offset, end: offset + 'Include'.length }, problem))
    return
  }
  for (const path of paths) {
    for (const included of await includedFiles(path, collected.home)) await readFile(included, conditions, depth + 1, collected)
  }
  if (collected.files === maxFiles)
    collected.diagnostics.push(diagnosticForFile(file, { code: 'too-many-files', message: `more than ${maxFiles} files are included` }))
}

function isConcrete(pattern: string): boolean {
  return !/[*?!]/.test(pattern) && pattern !== ''
}

/** Every list must have a pattern that matches and none that matches behind a `!` (ssh_config(5), PATTERNS). */
function conditionMatcher(conditions: Entry['conditions']): (alias: string) => boolean {
  const lists = conditions.map((patterns) => {
    const [yes, no] = [patterns.filter((pattern) => !pattern.startsWith('!')), patterns.filter((pattern) => pattern.startsWith('!'))]
    return { yes: yes.map(wildcards), no: no.map((pattern) => wildcards(pattern.slice(1))) }
  })
  return (alias) => lists.every(({ yes, no }) => yes.some((matches) => matches(alias)) && !no.some((matches) => matches(alias)))
}

/** ssh knows `*` and `?` only. */
function wildcards(pattern: string): (text: string) => boolean {
  return globMatcher(pattern.replaceAll('[', '[[]'))
}

/** `%h` is the name as it was given, `%%` a per cent sign. */
function expandTokens(hostName: string, alias: string): string {
  return hostName.replace(/%([%h])/g, (_, token: string) => (token === '%' ? '%' : alias))
}
