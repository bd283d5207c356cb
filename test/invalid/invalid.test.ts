import { existsSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { formatDiagnostic, loadDocument } from '../../src/documents/index.js'
import { isOwnInventory, readOwnInventory } from '../../src/inventory/own/index.js'
import type { Diagnostic } from '../../src/model/diagnostic.js'
import { loadRunbooks, uniqueDiagnostics } from '../../src/runbook/index.js'
import { checkKinds, validators } from './kinds.js'

const directory = relative(process.cwd(), import.meta.dirname)
const files = readdirSync(directory).filter((name) => name.endsWith('.yaml'))

async function diagnose(file: string): Promise<readonly Diagnostic[]> {
  const { document } = await loadDocument(file)
  if (document !== null && isOwnInventory(document.data)) return uniqueDiagnostics(readOwnInventory(document, 'linux').diagnostics)
  const loaded = await loadRunbooks([file], { checkKinds, validators, env: { TOKEN: 's3cr3t-token' } })
  const host = { name: 'web1', vars: { site: 'daegu', mtu: 'large' } }
  const perHost = loaded.runbooks
    .flatMap(({ checks }) => checks.map((entry) => loaded.resolveSpec(entry, host)))
    .flatMap((resolution) => ('diagnostics' in resolution ? resolution.diagnostics : []))
  return uniqueDiagnostics([...loaded.diagnostics, ...perHost])
}

describe('each wrong file gives exactly the text beside it', () => {
  test.each(files)('%s', async (name) => {
    const diagnostics = await diagnose(join(directory, name))
    expect(diagnostics.length).toBeGreaterThan(0)
    await expect(`${diagnostics.map(formatDiagnostic).join('\n')}\n`).toMatchFileSnapshot(name.replace(/\.yaml$/, '.txt'))
  })

  test('no text is left without its file', () => {
    const texts = readdirSync(directory).filter((name) => name.endsWith('.txt'))
    expect(texts.filter((name) => !existsSync(join(directory, name.replace(/\.txt$/, '.yaml'))))).toEqual([])
  })
})
