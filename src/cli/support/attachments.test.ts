import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { result } from '../../../test/contracts/sample-report.js'
import { attachmentsBeside } from './attachments.js'

const directory = mkdtempSync(join(tmpdir(), 'attachments-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const failed = (id: string, host: string, text: string) =>
  result({
    ...{ name: id, id, host, verdict: 'fail' },
    attachments: [{ name: 'capture.pcap', mediaType: 'application/x', file: null, base64: Buffer.from(text).toString('base64') }],
  })

describe('attachments', () => {
  it('are written beside each report, whole, under names that are safe and unlike, and reporters get the file instead of its bytes', async () => {
    const [json, xml] = [join(directory, 'a', 'report.json'), join(directory, 'b', 'junit.xml')]
    const attachments = attachmentsBeside([json, xml])
    const results = [
      failed('it', 'web1', 'one'),
      failed('IT', 'web1', 'two'),
      failed('../up and away', 'we/b1', 'three'),
      failed('...', '..', 'four'),
    ]
    const live = results.map((one) => attachments.placed(one, null).attachments)
    const files = (folder: string) =>
      ['it.web1.pcap', 'IT.web1-2.pcap', 'up-and-away.we-b1.pcap', 'check.host.pcap'].map((name) => join(directory, folder, name))
    expect(results.map((one) => attachments.placed(one, xml).attachments[0]?.file)).toEqual(files('b'))
    expect(live).toEqual(files('a').map((file) => [{ name: 'capture.pcap', mediaType: 'application/x', file }]))
    await attachments.write()
    for (const folder of ['a', 'b']) {
      expect(readdirSync(join(directory, folder)).length).toBe(4)
      expect(files(folder).map((file) => readFileSync(file, 'utf8'))).toEqual(['one', 'two', 'three', 'four'])
    }
  })

  it('are not kept where no report is written to a file', async () => {
    const attachments = attachmentsBeside([])
    expect(attachments.placed(failed('it', 'web1', 'one'), null).attachments).toEqual([
      { name: 'capture.pcap', mediaType: 'application/x', file: null },
    ])
    await attachments.write()
  })
})
