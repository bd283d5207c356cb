import { extname } from 'node:path'
import type { Problem } from '../documents/index.js'
import { isVaulted } from './ansible/vault.js'
import { looksLikeSshConfig } from './ssh-config/index.js'

export type Format = 'yaml' | 'ini' | 'ssh-config' | 'empty'

/** Recognises an inventory by its content; a problem when it is one that cannot be read. */
export function recognise(file: string, text: string): Format | Problem {
  if (text.includes('\0')) return { code: 'not-an-inventory', message: 'expected a text file, found a program or other binary data' }
  if (text.startsWith('#!')) {
    return {
      code: 'dynamic-inventory',
      message: 'this is a program that makes an inventory: netproof does not run it',
      hint: `write what it finds to a file: ansible-inventory -i ${file} --list --yaml > inventory.yaml`,
    }
  }
  if (isVaulted(text)) return { code: 'vault', message: 'the inventory is encrypted with ansible-vault, which netproof does not open' }
  const first = firstLine(text)
  if (first === null) return 'empty'
  if (isSection(first)) return extname(file) === '.toml' ? toml : 'ini'
  if (['.yml', '.yaml', '.json'].includes(extname(file))) return 'yaml'
  if (looksLikeSshConfig(text)) return 'ssh-config'
  return startsLikeYaml(first) ? 'yaml' : 'ini'
}

const toml: Problem = {
  code: 'toml-inventory',
  message: 'inventories in TOML are not read',
  hint: 'convert it: ansible-inventory -i FILE --list --yaml > inventory.yaml',
}

function firstLine(text: string): string | null {
  for (const line of text.split('\n')) {
    const trimmed = line.trim()
    if (trimmed !== '' && !trimmed.startsWith('#') && !trimmed.startsWith(';')) return trimmed
  }
  return null
}

function isSection(line: string): boolean {
  return /^\[[^\]\s,]+\]\s*(?:#.*)?$/.test(line)
}

/** `---`, a directive, a flow map, or a key with its colon. */
function startsLikeYaml(line: string): boolean {
  return /^(?:---|%YAML|\{)/.test(line) || /^(?:"[^"]*"|'[^']*'|[^\s#:[\]{}=]+)\s*:(?:\s|$)/.test(line)
}
