import type { YamlOptions } from './nodes.js'
import { type ParseResult, parseYaml } from './parse.js'
import { readText } from './read.js'

/** Reads a YAML file. Whatever is wrong with the file or its syntax becomes a diagnostic. Never rejects. */
export async function loadDocument(path: string, options: YamlOptions = {}): Promise<ParseResult> {
  const { bytes, text, diagnostic } = await readText(path)
  if (diagnostic !== null) return { document: null, diagnostics: [diagnostic] }
  return parseYaml(path, text, bytes, options)
}
