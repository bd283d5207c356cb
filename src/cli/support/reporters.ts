import { once } from 'node:events'
import { documentReporters, liveReporters } from '../../builtins.js'
import { chunked, writeWhole } from '../../files/write-whole.js'
import { nearest } from '../../lib/nearest.js'
import type { Report, RunEvent } from '../../model/report.js'
import type { DocumentReporter, LiveOptions } from '../../model/reporter.js'
import { multiplex, type NamedFollower } from '../../reporters/multiplexer.js'
import { attachmentsBeside } from './attachments.js'
import { UsageError } from './options.js'
import { terminalOutputs } from './terminal.js'

export interface OpenReporters {
  event(event: RunEvent): void
  /** Writes the documents. @returns what went wrong, in sentences: a broken reporter sinks neither run nor siblings. */
  finish(report: Report): Promise<readonly string[]>
  close(): void
}

interface Wanted {
  readonly name: string
  readonly file: string | null
}

/** @param wanted `FORMAT` or `FORMAT=FILE` each. @throws UsageError for a format that nothing renders. */
export async function openReporters(wanted: readonly string[], options: LiveOptions & { readonly color: boolean }): Promise<OpenReporters> {
  const all = wanted.map(parse)
  const toStdout = all.filter(({ file }) => file === null)
  if (toStdout.length > 1) {
    const names = toStdout.map(({ name }) => name).join(' and ')
    throw new UsageError(`netproof: ${names} would mix on standard output: give all but one a file, such as -r junit=reports/junit.xml`)
  }
  const files = new Map<string, string[]>()
  const followers: NamedFollower[] = []
  const documents: { readonly wanted: Wanted; readonly reporter: DocumentReporter }[] = []
  for (const one of all) {
    const live = liveReporters[one.name]
    const document = documentReporters[one.name]
    if (live !== undefined) {
      const outputs = terminalOutputs(options)
      const pieces: string[] = []
      if (one.file !== null) files.set(one.file, pieces)
      const results = one.file === null ? outputs.results : { write: (text: string) => void pieces.push(text), columns: null, color: false }
      followers.push({ name: one.name, follower: (await live()).follow({ ...outputs, results }, options) })
    } else if (document !== undefined) documents.push({ wanted: one, reporter: await document() })
    else throw unknownFormat(one.name)
  }
  const multiplexer = multiplex(followers)
  const attachments = attachmentsBeside(all.flatMap(({ file }) => file ?? []))
  let closed = false
  const close = (): void => {
    if (!closed) multiplexer.close()
    closed = true
  }
  return {
    event: (event) => multiplexer.event(event.type === 'result' ? { ...event, result: attachments.placed(event.result, null) } : event),
    close,
    finish: async (report) => {
      close()
      const problems = multiplexer.failures().map(({ reporter, error }) => `netproof: reporter ${reporter} failed: ${String(error)}`)
      const write = async (name: string, action: () => Promise<void>): Promise<void> => {
        try {
          await action()
        } catch (error) {
          problems.push(`netproof: reporter ${name} could not write its report: ${(error as Error).message}`)
        }
      }
      for (const [file, pieces] of files) await write('console', () => writeWhole(file, pieces))
      for (const { wanted: one, reporter } of documents) {
        const results = report.results.map((result) => attachments.placed(result, one.file))
        await write(one.name, () => emit(reporter.render({ ...report, results }), one.file))
      }
      await attachments
        .write()
        .catch((error: Error) => problems.push(`netproof: what belongs to the reports could not be written: ${error.message}`))
      return problems
    },
  }
}

function parse(text: string): Wanted {
  const at = text.indexOf('=')
  if (at === -1) return { name: text, file: null }
  const file = text.slice(at + 1)
  if (file === '') throw new UsageError(`netproof: expected a file after ${text}`)
  return { name: text.slice(0, at), file }
}

function unknownFormat(name: string): UsageError {
  const names = [...Object.keys(liveReporters), ...Object.keys(documentReporters)]
  const near = nearest(name, names)
  return new UsageError(
    `netproof: unknown report format ${JSON.stringify(name)}: expected ${names.join(', ')}${near === null ? '' : `; did you mean ${near}?`}`,
  )
}

async function emit(pieces: Iterable<string>, file: string | null): Promise<void> {
  if (file !== null) {
    await writeWhole(file, pieces)
    return
  }
  // Why it takes no more is told where all of standard output is watched.
  let gone = false
  const leave = (): void => {
    gone = true
  }
  process.stdout.once('error', leave)
  for (const chunk of chunked(pieces)) {
    if (gone) break
    if (!process.stdout.write(chunk)) await once(process.stdout, 'drain').catch(leave)
  }
  process.stdout.off('error', leave)
}
