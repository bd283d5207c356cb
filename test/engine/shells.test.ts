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

/** Says that it is ready, reads what comes then, and what comes after that: nothing when the visit is over. */
const announcer: FactKind = {
  name: 'announcer',
  summary: 'a command that announces itself',
  active: false,
  announces: true,
  isValue: (value) => typeof value === 'string',
  sources: {
    linux: [
      oneByOne({ name: 'missing', command: () => ({ tool: ['np-no-such-tool'], args: [] }), parse: () => '' }),
      oneByOne({
        name: 'taken',
        command: () => ({
          tool: ['sh'],
          args: ['-c', 'read -r ready; printf "before\\n%s\\nafter" "$ready"; read -r word; printf %s " $word $1"', 'sh', awkward],
        }),
        parse: ({ stdout }) => stdout,
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

  it.each(shells.filter(has))('lets a command announce itself, and reaches it later, in %s', async (shell) => {
    const box = host('box', { transport: 'exec', command: ['sh', '-c', `shift; exec ${shell} "$@"`, 'sh'] })
    const transport = execTransport.create({ directory: '/nonexistent', connectTimeoutMs: 5_000 }).open(box)
    const collector = liveCollector(box, transport, new Map([['announcer', announcer]]))
    const request = { fact: 'announcer', host: 'box', args: {} }
    let say = (): void => undefined
    const enough = new Promise<void>((resolve) => {
      say = resolve
    })
    const seen: string[] = []
    const ready = (): void => {
      seen.push('ready')
      setTimeout(() => {
        seen.push('enough')
        say()
      }, 100)
    }
    const planned = { key: factKey(request), request, timeoutMs: 5_000 }
    const started = performance.now()
    const record = await collector.observe?.(planned, { ready, enough }, new AbortController().signal)
    await collector.close()
    expect(record).toMatchObject({ source: 'taken', outcome: { value: `beforeafter enough ${awkward}` } })
    expect(seen).toEqual(['ready', 'enough'])
    expect(performance.now() - started).toBeLessThan(4_000)
  })
})
