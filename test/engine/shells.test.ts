import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { liveCollector } from '../../src/engine/collector.js'
import { factKey } from '../../src/lib/fact-key.js'
import { oneByOne } from '../../src/lib/source.js'
import type { FactKind } from '../../src/model/fact.js'
import { execTransport } from '../../src/transports/exec/index.js'
import { host } from '../support/plan.js'

/** What stands behind /bin/sh on one system or another. */
const shells = ['dash', 'bash --posix', 'busybox sh', 'ksh', 'mksh', 'zsh --emulate sh', 'yash --posixly-correct']

const has = (shell: string): boolean => spawnSync('sh', ['-c', `command -v ${shell.split(' ')[0]}`]).status === 0

const awkward = `it's "$HOME" \`id\` $(id) \\ *\n end`

const fact: FactKind = {
  name: 'awkward',
  summary: 'words and input that a shell could take apart',
  active: false,
  isValue: (value) => typeof value === 'string',
  sources: {
    linux: [
      oneByOne({ name: 'missing', command: () => ({ tool: ['np-no-such-tool'], args: [] }), parse: () => '' }),
      oneByOne({ name: 'refused', command: () => ({ tool: ['sh'], args: ['-c', 'exit 9'] }), parse: () => '' }),
      oneByOne({
        name: 'taken',
        command: () => ({ tool: ['sh'], args: ['-c', 'printf %s "$1"; cat; printf complaint >&2', 'sh', awkward], stdin: awkward }),
        parse: ({ stdout, stderr }) => `${stdout}|${stderr}`,
      }),
    ],
  },
}

describe('the script of a visit', () => {
  it('is tried in the shells of Debian, Red Hat and Alpine at least', () => {
    expect(shells.filter(has)).toEqual(expect.arrayContaining(process.env.CI ? ['dash', 'bash --posix', 'busybox sh'] : ['bash --posix']))
  })

  it.each(shells.filter(has))('means the same in %s', async (shell) => {
    const box = host('box', { transport: 'exec', command: ['sh', '-c', `shift; exec ${shell} "$@"`, 'sh'] })
    const collector = liveCollector(
      box,
      execTransport.create({ directory: '/nonexistent', connectTimeoutMs: 5_000 }).open(box),
      new Map([['awkward', fact]]),
    )
    const request = { fact: 'awkward', host: 'box', args: {} }
    const [record] = await collector.collect([{ key: factKey(request), request, timeoutMs: 5_000 }], new AbortController().signal)
    await collector.close()
    expect(record).toMatchObject({ source: 'taken', outcome: { value: `${awkward}${awkward}|complaint` } })
  })
})
