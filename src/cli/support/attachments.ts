import { dirname, extname, join } from 'node:path'
import { writeWholeBytes } from '../../files/write-whole.js'
import type { Result } from '../../model/report.js'

/** What is kept beside reports. */
export interface Attachments {
  /** A result as a reporter gets it: with the file in the folder of its own report, and without what the file holds. */
  placed(result: Result, report: string | null): Result
  /** Writes all that was placed, into the folder of each report. */
  write(): Promise<void>
}

/** @param reports the files that reports are written to; without any nothing is kept. */
export function attachmentsBeside(reports: readonly string[]): Attachments {
  const folders = [...new Set(reports.map((file) => dirname(file)))]
  const names = new Map<string, string>()
  const taken = new Set<string>()
  const contents = new Map<string, string>()

  /** The same for the same attachment, however often it is asked. */
  const nameOf = (id: string, host: string, attachment: string): string => {
    const key = JSON.stringify([id, host, attachment])
    const known = names.get(key)
    if (known !== undefined) return known
    const suffix = `.${safe(extname(attachment))}`
    const stem = `${safe(id) || 'check'}.${safe(host) || 'host'}`
    let name = `${stem}${suffix}`
    // Some file systems take capitals for small letters.
    for (let turn = 2; taken.has(name.toLowerCase()); turn += 1) name = `${stem}-${turn}${suffix}`
    taken.add(name.toLowerCase())
    names.set(key, name)
    return name
  }

  return {
    placed: (result, report) => {
      if (result.attachments.length === 0) return result
      const folder = report === null ? folders[0] : dirname(report)
      const attachments = result.attachments.map(({ name, mediaType, base64 }) => {
        if (folder === undefined || base64 === undefined) return { name, mediaType, file: null }
        const file = nameOf(result.id, result.host, name)
        contents.set(file, base64)
        return { name, mediaType, file: join(folder, file) }
      })
      return { ...result, attachments }
    },
    write: async () => {
      for (const [name, base64] of contents) {
        for (const folder of folders) await writeWholeBytes(join(folder, name), Buffer.from(base64, 'base64'))
      }
    },
  }
}

/** Letters, digits and little else, so that a name means one file in one folder on any system. */
const safe = (text: string): string =>
  text
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(0, 80)
