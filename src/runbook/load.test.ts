// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of runbooks look like this
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formatDiagnostic, type Validator } from '../documents/index.js'
import type { AnyCheckKind } from '../model/check.js'
import { type LoadOptions, loadRunbooks } from './index.js'

let directory = ''
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'netproof-runbook-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

const ping: AnyCheckKind = { kind: 'ping', summary: 'Anything.', schema: {}, needs: () => ({}), evaluate: () => [] }
const anything: Validator = () => true

let count = 0
async function load(files: Readonly<Record<string, string>>, options: Partial<LoadOptions> = {}) {
  const root = join(directory, String(++count))
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true })
    await writeFile(join(root, name), text)
  }
  const [first = ''] = Object.keys(files)
  const given = Object.keys(files).filter((name) => name === first || name.startsWith('run'))
  const loaded = await loadRunbooks(
    given.map((name) => join(root, name)),
    { checkKinds: [ping], validators: { ping: anything }, env: { TOKEN: 's3cr3t' }, ...options },
  )
  const texts = loaded.diagnostics.map((diagnostic) => formatDiagnostic(diagnostic).replaceAll(`${root}/`, ''))
  return { ...loaded, root, texts, checks: loaded.runbooks.flatMap(({ checks }) => checks) }
}

const host = { name: 'web1', vars: {} }

test('an entry without settings has the documented defaults', async () => {
  const { checks, texts, runbooks, root } = await load({ 'a.yaml': 'version: 1\nchecks:\n  - ping: { target: db1, size: 5 }\n' })
  expect(texts).toEqual([])
  expect(checks).toEqual([
    {
      id: 'ping-db1-size-5',
      name: 'ping db1 size 5',
      kind: 'ping',
      spec: { target: 'db1', size: 5 },
      on: ['controller'],
      tags: [],
      severity: 'high',
      timeoutMs: 10_000,
      retry: null,
      needs: [],
      when: null,
      location: { file: join(root, 'a.yaml'), line: 3, column: 5 },
    },
  ])
  expect(runbooks[0]).toMatchObject({ name: 'a', inventory: null, vars: {} })
})

test('every setting is read', async () => {
  const entry =
    'id: x, name: X, on: [web, "!web3"], tags: [t, t], severity: low, timeout: 1.5s, retry: { until: 1m, every: 5s }, when: { platform: linux, group: [a, b] }, needs: x2'
  const { checks, texts } = await load({ 'a.yaml': `version: 1\nchecks:\n  - { ${entry}, ping: 1 }\n  - { id: x2, ping: 2 }\n` })
  expect(texts).toEqual([])
  expect(checks[0]).toMatchObject({
    id: 'x',
    name: 'X',
    on: ['web', '!web3'],
    tags: ['t'],
    severity: 'low',
    timeoutMs: 1_500,
    retry: { untilMs: 60_000, everyMs: 5_000 },
    when: { platforms: ['linux'], groups: ['a', 'b'] },
    needs: ['x2'],
  })
})

test('the digest of a file is what sha256sum prints, and included files count', async () => {
  const text = 'version: 1\nchecks: [{ ping: 1 }]\n'
  const { runbooks } = await load({ 'a.yaml': text })
  expect(runbooks[0]?.digest).toBe(createHash('sha256').update(text).digest('hex'))
  const one = await load({ 'a.yaml': 'version: 1\ninclude: b.yaml\n', 'b.yaml': text })
  const other = await load({ 'a.yaml': 'version: 1\ninclude: b.yaml\n', 'b.yaml': `${text}#` })
  expect(one.runbooks[0]?.digest).not.toBe(other.runbooks[0]?.digest)
})

describe('include', () => {
  const files = {
    'a.yaml':
      'version: 1\ninclude: [lib/b.yaml, lib/c.yaml]\nvars: { x: outer }\ndefaults: { on: web, severity: low }\nchecks:\n  - ping: "${x} ${y}"\n',
    'lib/b.yaml':
      'version: 1\ninclude: d.yaml\ninventory: hosts.yaml\nvars: { x: inner, y: b }\ndefaults: { on: db }\nchecks:\n  - ping: "${x}"\n',
    'lib/c.yaml': 'version: 1\ninclude: d.yaml\nvars: { y: c }\nchecks:\n  - ping: c\n',
    'lib/d.yaml': 'version: 1\nchecks:\n  - ping: d\n',
  }

  test('included checks come first, each file once, and keep their place', async () => {
    const { checks, texts, root } = await load(files)
    expect(texts).toEqual([])
    expect(checks.map(({ spec, location }) => [spec, location.file])).toEqual([
      ['d', join(root, 'lib/d.yaml')],
      ['${x}', join(root, 'lib/b.yaml')],
      ['c', join(root, 'lib/c.yaml')],
      ['${x} ${y}', join(root, 'a.yaml')],
    ])
  })

  test('variables of the includer win, defaults of the file itself do', async () => {
    const { checks, resolveSpec } = await load(files)
    expect(checks.map((entry) => resolveSpec(entry, host))).toEqual([{ spec: 'd' }, { spec: 'outer' }, { spec: 'c' }, { spec: 'outer c' }])
    expect(checks.map(({ on, severity }) => [on[0], severity])).toEqual([
      ['db', 'low'],
      ['db', 'low'],
      ['web', 'low'],
      ['web', 'low'],
    ])
  })

  test('an inventory is looked for beside the file that names it', async () => {
    const { runbooks, root } = await load(files)
    expect(runbooks[0]?.inventory).toBe(join(root, 'lib/hosts.yaml'))
  })

  test('deep nesting ends', async () => {
    const deep = Object.fromEntries(
      [...Array(12).keys()].map((n) => [`${n}.yaml`, `version: 1\ninclude: ${n + 1}.yaml\nchecks: [{ ping: 1 }]\n`]),
    )
    const { texts } = await load({ 'a.yaml': 'version: 1\ninclude: 0.yaml\nchecks: [{ ping: 1 }]\n', ...deep })
    expect(texts[0]).toContain('includes are nested deeper than 8 files')
  })
})

describe('ids', () => {
  test('made from names, numbered where they collide, letters of any script kept', async () => {
    const names = ['Web: 대구 → Straße!', 'web 대구 straße', '!!!', 'one', 'one', 'one-2']
    const { checks } = await load({
      'a.yaml': `version: 1\nchecks:\n${names.map((name) => `  - { name: "${name}", ping: 1 }\n`).join('')}`,
    })
    expect(checks.map(({ id }) => id)).toEqual(['web-대구-straße', 'web-대구-straße-2', 'check', 'one', 'one-2', 'one-2-2'])
  })

  test('a declared id is never given to another check', async () => {
    const { checks, texts } = await load({ 'a.yaml': 'version: 1\nchecks:\n  - { name: one, ping: 1 }\n  - { id: one, ping: 2 }\n' })
    expect(texts).toEqual([])
    expect(checks.map(({ id }) => id)).toEqual(['one-2', 'one'])
  })

  test('a file that two runbooks include counts twice, and needs what its own runbook has', async () => {
    const shared = 'version: 1\nchecks:\n  - { id: up, ping: 1 }\n  - { id: then, needs: up, ping: 2 }\n'
    const include = 'version: 1\ninclude: shared.yaml\n'
    const { checks, texts } = await load({ 'run-a.yaml': include, 'run-b.yaml': include, 'shared.yaml': shared })
    expect(texts).toEqual([])
    expect(checks.map(({ id, needs }) => [id, ...needs])).toEqual([['up'], ['then', 'up'], ['up-2'], ['then-2', 'up-2']])
  })

  test('the same runbook twice is a mistake', async () => {
    const { root } = await load({ 'a.yaml': 'version: 1\nchecks: [{ ping: 1 }]\n' })
    const { diagnostics } = await loadRunbooks([join(root, 'a.yaml'), join(root, '.', 'a.yaml')], {
      checkKinds: [ping],
      validators: { ping: anything },
    })
    expect(diagnostics).toMatchObject([{ code: 'duplicate-runbook' }])
  })

  test('a chain of thousands of checks', async () => {
    const chain = [...Array(3_000).keys()].map((n) => `  - { id: n${n}, needs: n${n + 1}, ping: 1 }\n`).join('')
    const { texts } = await load({ 'a.yaml': `version: 1\nchecks:\n${chain}  - { id: n3000, ping: 1 }\n` })
    expect(texts).toEqual([])
  })
})

describe('variables', () => {
  const runbook =
    'version: 1\nvars: { gateway: 10.0.0.1, mtu: 1500 }\ndefaults: { on: "${where}" }\nchecks:\n  - { name: "via ${gateway}", ping: ["${gateway}", "${mtu}", "${env:TOKEN}"] }\n'

  test('--var, then the host, then the runbook', async () => {
    const { checks, texts, resolveSpec, secrets } = await load({ 'a.yaml': runbook }, { vars: { mtu: 9000, where: ['web', 'db'] } })
    const [entry] = checks
    expect(texts).toEqual([])
    if (entry === undefined) throw new Error('there is one entry')
    expect(entry).toMatchObject({ name: 'via 10.0.0.1', on: ['web', 'db'], spec: ['${gateway}', '${mtu}', '${env:TOKEN}'] })
    expect(resolveSpec(entry, host)).toEqual({ spec: ['10.0.0.1', 9000, 's3cr3t'] })
    expect(resolveSpec(entry, { name: 'web2', vars: { gateway: '10.9.9.9', mtu: 1 } })).toEqual({ spec: ['10.9.9.9', 9000, 's3cr3t'] })
    expect([...secrets]).toEqual(['s3cr3t'])
  })

  test('hosts without variables of their own share one specification', async () => {
    const { checks, resolveSpec } = await load({ 'a.yaml': runbook }, { vars: { where: 'web' } })
    const [one, two] = ['web1', 'web2'].map((name) => checks[0] && resolveSpec(checks[0], { name, vars: { other: 1 } }))
    if (one === undefined || two === undefined || !('spec' in one) || !('spec' in two)) throw new Error('both are resolved')
    expect(one.spec).toBe(two.spec)
  })

  test('a host may define what the runbook does not, so only the host tells', async () => {
    const { checks, texts, resolveSpec } = await load({ 'a.yaml': 'version: 1\nchecks:\n  - ping: "${rack.row}"\n' })
    const [entry] = checks
    expect(texts).toEqual([])
    if (entry === undefined) throw new Error('there is one entry')
    expect(resolveSpec(entry, { name: 'web1', vars: { rack: { row: 4 } } })).toEqual({ spec: 4 })
    expect(resolveSpec(entry, host)).toMatchObject({
      diagnostics: [{ code: 'undefined-variable', message: 'no variable is called "rack"' }],
    })
  })
})

test('a diagnostic finds what an entry takes from defaults', async () => {
  const { checks, diagnosticAt } = await load({
    'a.yaml': 'version: 1\ndefaults: { on: [web, db] }\nchecks:\n  - ping: 1\n  - { on: app, ping: 2 }\n',
  })
  const places = checks.map((entry) => diagnosticAt(entry, ['on', 1], { code: 'c', message: 'm' }).location)
  expect(places).toMatchObject([
    { line: 2, column: 23 },
    { line: 5, column: 11 },
  ])
})
