import { realpath } from 'node:fs/promises'
import { dirname, isAbsolute, join } from 'node:path'
import { type DataPath, diagnosticAt, type LoadedDocument, loadDocument, schemaProblems, type Validator } from '../documents/index.js'
import type { Diagnostic } from '../model/diagnostic.js'
import type { JsonObject } from '../model/json.js'
import { asMap, asTexts } from './data.js'
import { envelopeSchema } from './envelope.js'

/** One file of a runbook: the one that was named, or one that it includes. */
export interface Part {
  readonly document: LoadedDocument
  readonly data: JsonObject
  /** The file that includes this one. */
  readonly parent: Part | null
}

export interface Gathered {
  /** What a file includes comes before the file. */
  readonly parts: readonly Part[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Deeper nesting of includes is a mistake. */
const maxIncludes = 8

/** Reads a runbook and everything it includes, each file once. Never rejects. */
export async function gather(file: string, validator: Validator): Promise<Gathered> {
  const gathering = new Gathering(validator)
  await gathering.add(file, [], null, null)
  return gathering
}

interface Ancestor {
  readonly file: string
  readonly real: string
}

/** Where an `include` stands. */
interface Mention {
  readonly document: LoadedDocument
  readonly path: DataPath
}

class Gathering implements Gathered {
  readonly parts: Part[] = []
  readonly diagnostics: Diagnostic[] = []
  private readonly seen = new Set<string>()

  constructor(private readonly validator: Validator) {}

  async add(file: string, ancestors: readonly Ancestor[], parent: Part | null, mention: Mention | null): Promise<void> {
    const real = await realpath(file).catch(() => file)
    if (mention !== null && this.refuse({ file, real }, ancestors, mention)) return
    if (this.seen.has(real)) return
    this.seen.add(real)
    const { document, diagnostics } = await loadDocument(file)
    if (document === null) {
      this.diagnostics.push(...(mention === null ? diagnostics : diagnostics.map((diagnostic) => atMention(diagnostic, mention))))
      return
    }
    const problems = schemaProblems(this.validator, envelopeSchema, document.data)
    this.diagnostics.push(...problems.map((problem) => diagnosticAt(document, problem.path, problem)))
    const part: Part = { document, data: asMap(document.data), parent }
    const included = asTexts(part.data.include)
    for (const [index, name] of included.entries()) {
      const path = Array.isArray(part.data.include) ? ['include', index] : ['include']
      await this.add(beside(file, name), [...ancestors, { file, real }], part, { document, path })
    }
    this.parts.push(part)
  }

  private refuse({ file, real }: Ancestor, ancestors: readonly Ancestor[], { document, path }: Mention): boolean {
    const start = ancestors.findIndex((ancestor) => ancestor.real === real)
    if (start !== -1) {
      const circle = [...ancestors.slice(start).map((ancestor) => ancestor.file), file].join(' → ')
      this.diagnostics.push(
        diagnosticAt(document, path, { code: 'include-circle', message: `files include each other in a circle: ${circle}` }),
      )
      return true
    }
    if (ancestors.length <= maxIncludes) return false
    const message = `includes are nested deeper than ${maxIncludes} files`
    this.diagnostics.push(diagnosticAt(document, path, { code: 'include-depth', message }))
    return true
  }
}

/** A file that cannot be read is a mistake of the line that names it; a mistake inside it is not. */
function atMention(diagnostic: Diagnostic, { document, path }: Mention): Diagnostic {
  if (diagnostic.sourceLine !== undefined) return diagnostic
  const message = `cannot include ${diagnostic.location.file}: ${diagnostic.message}`
  return diagnosticAt(document, path, { code: diagnostic.code, message, hint: 'paths count from the directory of this file' })
}

/** A path that is written in `file`. */
export function beside(file: string, path: string): string {
  return isAbsolute(path) ? path : join(dirname(file), path)
}
