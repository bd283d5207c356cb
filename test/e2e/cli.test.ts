import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { checkKinds, factKinds } from '../../src/builtins.js'
import { badRunbook, cli, type Desk, goodRunbook, openDesk } from './cli.js'

const commands = ['run', 'plan', 'validate', 'list', 'explain', 'schema', 'completion']
const kinds = checkKinds.map(({ kind }) => kind)

let desk: Desk
let good: string
beforeAll(() => {
  desk = openDesk()
  good = desk.file('good.yaml', goodRunbook)
})
afterAll(() => desk.remove())

describe.concurrent('help', () => {
  it.each(['', ...commands])('of `netproof %s` has an example', async (command) => {
    const { exitCode, stdout, stderr } = await cli([...(command === '' ? [] : [command]), '--help'])
    expect([exitCode, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(new RegExp(`^Usage: netproof ${command}`))
    expect(stdout).toMatch(/\nExamples?:\n {2}(netproof|source <\(netproof) /)
    for (const line of stdout.split('\n').filter((text) => !text.startsWith('  netproof ')))
      expect(line.length, line).toBeLessThanOrEqual(80)
  })

  it('names every command, and how runs end', async () => {
    const { stdout } = await cli(['--help'])
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'))
    expect(stdout).toContain('Exit codes: 0 all passed or were skipped, 1 a check failed, 2 something could')
  })

  it('is the same by `help run` and `run --help`', async () => {
    expect((await cli(['help', 'run'])).stdout).toBe((await cli(['run', '--help'])).stdout)
  })

  it('is shown, as an error, when nothing is asked', async () => {
    const { exitCode, stdout, stderr } = await cli([])
    expect([exitCode, stdout]).toEqual([3, ''])
    expect(stderr).toContain('Usage: netproof')
  })
})

it.each(['--version', '-V'])('%s prints the version alone', async (option) => {
  expect(await cli([option])).toEqual({ exitCode: 0, stdout: `${packageJson.version}\n`, stderr: '' })
})

describe.concurrent('what is mistyped is answered with the nearest right word, and nothing runs', () => {
  it.each([
    [['rnu', 'x.yaml'], "error: unknown command 'rnu'\n(Did you mean run?)\n"],
    [['--hlep'], "error: unknown option '--hlep'\n(Did you mean --help?)\n"],
    [['run'], "error: missing required argument 'runbook'\n"],
    [['run', 'x.yaml', '--repoter', 'json'], "error: unknown option '--repoter'\n(Did you mean --reporter?)\n"],
    [['run', 'x.yaml', '-r', 'jsn'], 'netproof: unknown report format "jsn": expected console, json, junit; did you mean json?\n'],
    [['run', 'x.yaml', '-r', 'json='], 'netproof: expected a file after json=\n'],
    [
      ['run', 'x.yaml', '--fail-on', 'hihg'],
      "error: option '--fail-on <severity>' argument 'hihg' is invalid. expected critical, high, medium, low, info; did you mean high?\n",
    ],
    [
      ['run', 'x.yaml', '--timeout', '5'],
      "error: option '--timeout <duration>' argument '5' is invalid. expected a duration with a unit, such as 30s or 5m.\n",
    ],
    [
      ['run', 'x.yaml', '-c', '0'],
      "error: option '-c, --concurrency <n>' argument '0' is invalid. expected a whole number from 1 to 999999.\n",
    ],
    [['run', 'x.yaml', '--var', 'foo'], 'netproof: --var: expected name=value, found "foo"\n'],
    [['run', 'x.yaml', '-q', '-v'], "error: option '-q, --quiet' cannot be used with option '-v, --verbose'\n"],
    [['run', 'x.yaml', '--record', 'a', '--replay', 'b'], "error: option '--replay <dir>' cannot be used with option '--record <dir>'\n"],
    [
      ['run', 'x.yaml', '-r', 'json', '-r', 'junit'],
      'netproof: json and junit would mix on standard output: give all but one a file, such as -r junit=reports/junit.xml\n',
    ],
    [['plan', 'x.yaml', '-r', 'json'], "error: unknown option '-r'\n"],
    [
      ['list', 'chekcs'],
      "error: command-argument value 'chekcs' is invalid for argument 'what'. expected checks, facts, resolvers, hosts; did you mean checks?\n",
    ],
    [
      ['list', 'hosts', '-l', 'controler'],
      'netproof: --limit controler: no inventory has a host or a group "controler"; did you mean "controller"?\n',
    ],
    [['explain', 'ruote'], `netproof: no check kind is called "ruote": expected ${kinds.join(', ')}; did you mean route?\n`],
    [
      ['schema', 'inventry'],
      `netproof: no check kind is called "inventry": expected runbook, inventory, report, ${kinds.join(', ')}; did you mean inventory?\n`,
    ],
    [
      ['completion', 'bsh'],
      "error: command-argument value 'bsh' is invalid for argument 'shell'. expected bash, zsh, fish; did you mean bash?\n",
    ],
  ])('%j', async (args, message) => {
    expect(await cli(args)).toEqual({ exitCode: 3, stdout: '', stderr: message })
  })
})

describe.concurrent('what is wrong with files is told with its place, and nothing runs', () => {
  it.each([
    ['a name that is nearly right', 'god.yaml', null, 'god.yaml:1:1: error: there is no such file\n  hint: did you mean good.yaml?\n'],
    ['a directory', '.', null, '.:1:1: error: expected a file, found a directory\n  hint: name the files in it\n'],
    ['an empty file', 'empty.yaml', '', 'empty.yaml:1:1: error: the file is empty\n   1 |\n     | ^\n'],
    [
      'a key that does not exist',
      'key.yaml',
      'version: 1\nchecks:\n  - name: gateway\n    ruote: { destination: default }\n',
      'key.yaml:4:5: error: unknown check kind "ruote"\n   4 |     ruote: { destination: default }\n     |     ^^^^^\n  hint: did you mean "route"?\n',
    ],
    [
      'a value that is impossible',
      'value.yaml',
      'version: 1\nchecks:\n  - route: { destination: 10.0.0.1/8 }\n',
      'value.yaml:3:27: error: 10.0.0.1/8 has bits set beyond its length\n' +
        '   3 |   - route: { destination: 10.0.0.1/8 }\n' +
        '     |                           ^^^^^^^^^^\n' +
        '  hint: write 10.0.0.0/8 for the network, or 10.0.0.1 for the one address\n',
    ],
  ])('%s', async (_, name, text, message) => {
    if (text !== null) desk.file(name, text)
    expect(await cli(['run', name], { cwd: desk.path })).toEqual({ exitCode: 3, stdout: '', stderr: message })
  })

  it('every problem of every file at once', async () => {
    desk.file('one.yaml', 'version: 1\nchecks:\n  - rote: { destination: default }\n  - route: { destination: nowhere }\n')
    desk.file('two.yaml', 'version: 2\nchecks: []\n')
    desk.file('adress.yaml', 'version: 1\nhosts:\n  web1: { adress: 203.0.113.11 }\n')
    const { exitCode, stdout, stderr } = await cli(['run', 'one.yaml', 'two.yaml', '-i', 'adress.yaml'], { cwd: desk.path })
    expect([exitCode, stdout]).toEqual([3, ''])
    expect(stderr.match(/^\S+: error: .*$/gm)).toEqual([
      'one.yaml:3:5: error: unknown check kind "rote"',
      'one.yaml:4:27: error: expected a prefix, an address or "default", found "nowhere"',
      'two.yaml:1:10: error: expected version 1, found the number 2',
      'two.yaml:2:1: error: this runbook has no checks: it would prove nothing',
      'adress.yaml:3:11: error: unknown key "adress" in "web1"',
    ])
  })

  it('hosts are looked up by run, and by validate only in an inventory that was given', async () => {
    desk.file('hosts.yaml', 'version: 1\nhosts:\n  web1: { address: 203.0.113.11 }\n')
    desk.file('on.yaml', 'version: 1\nchecks:\n  - on: wbe1\n    route: { destination: default }\n')
    const unknown = expect.stringContaining('on.yaml:3:9: error: no inventory has a host or a group "wbe1"')
    const at = { cwd: desk.path }
    expect(await cli(['validate', 'on.yaml'], at)).toEqual({
      exitCode: 0,
      stdout: '1 file: no problems, 0 checks planned; no inventory was given, so hosts were not looked up\n',
      stderr: '',
    })
    expect(await cli(['validate', 'on.yaml', 'hosts.yaml'], at)).toEqual({ exitCode: 3, stdout: unknown, stderr: '' })
    expect(await cli(['run', 'on.yaml', '-i', 'hosts.yaml'], at)).toEqual({ exitCode: 3, stdout: '', stderr: unknown })
  })
})

describe.concurrent('run ends with', () => {
  it.each([
    [0, goodRunbook, []],
    [1, badRunbook, []],
    [0, badRunbook, ['--fail-on', 'critical']],
    [2, 'version: 1\nchecks:\n  - tcp-port: { target: "no-such-name.invalid:1", expect: closed }\n', []],
  ])('%i', async (expected, text, args) => {
    const { exitCode } = await cli(['run', desk.file(`ends-${expected}-${args.length}.yaml`, text), ...args])
    expect(exitCode).toBe(expected)
  })
})

describe.concurrent('what is shipped', () => {
  it.each(kinds)('explain %s prints its documentation', async (kind) => {
    const { exitCode, stdout } = await cli(['explain', kind], { cwd: desk.path })
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(new RegExp(`^# ${kind}\n`))
    expect(stdout).toContain('```yaml')
  })

  it.each(['runbook', 'inventory', 'report', ...kinds])('schema %s is a JSON Schema', async (name) => {
    const { exitCode, stdout } = await cli(['schema', name], { cwd: desk.path })
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema' })
  })

  it('schema without a name is that of runbooks', async () => {
    expect((await cli(['schema'])).stdout).toBe((await cli(['schema', 'runbook'])).stdout)
  })

  it('list checks names every kind', async () => {
    const rows = JSON.parse((await cli(['list', 'checks', '--json'])).stdout) as { name: string; summary: string }[]
    expect(rows.map(({ name }) => name)).toEqual(kinds)
    const width = Math.max(...kinds.map((kind) => kind.length))
    expect((await cli(['list', 'checks'])).stdout).toBe(rows.map(({ name, summary }) => `${name.padEnd(width)}  ${summary}\n`).join(''))
  })

  it('list facts names every fact, what it is, and how it is learnt', async () => {
    const rows = JSON.parse((await cli(['list', 'facts', '--json'])).stdout) as {
      name: string
      active: boolean
      permission: string | null
      sources: { linux?: string[] }
    }[]
    expect(rows.map(({ name }) => name)).toEqual(factKinds.map(({ name }) => name))
    expect(rows.flatMap(({ name, active }) => (active ? [name] : []))).toEqual(expect.arrayContaining(['tcp-connect', 'ping', 'trace']))
    expect(rows.filter(({ permission }) => permission !== null).map(({ name }) => name)).toEqual(['command-output'])
    for (const { sources } of rows) expect(sources.linux?.length).toBeGreaterThan(0)
  })

  it('list resolvers shows the built-in ones, and the inventory in place of them', async () => {
    const inventory =
      'version: 1\nhosts: {}\nresolvers: { skb: [10.0.0.53], office: { addresses: [10.0.0.54], port: 5353, aliases: [kt] } }\n'
    desk.file('resolvers.yaml', inventory)
    const { stdout } = await cli(['list', 'resolvers', '-i', 'resolvers.yaml', '--json'], { cwd: desk.path })
    const rows = JSON.parse(stdout) as { name: string; addresses: string[]; confidence: string; rate: number | null }[]
    const shown = rows.map(({ name, addresses, confidence, rate }) => `${name} ${addresses[0]} ${confidence} ${rate}`)
    expect(shown).toEqual(
      expect.arrayContaining(['skb 10.0.0.53 inventory null', 'office 10.0.0.54 inventory null', 'google 8.8.8.8 A 20']),
    )
    expect(rows.filter(({ name }) => name === 'kt' || name === 'skb')).toHaveLength(1)
    const text = (await cli(['list', 'resolvers'])).stdout
    expect(text).toMatch(/^lgu\+ +unverified +filter legal +B +lguplus uplus lgu dacom +LG U\+ \(DACOM BORANET\), KR +164\.124\.101\.2 /m)
  })

  it('list hosts shows those of an inventory that --limit leaves', async () => {
    desk.file('list.yaml', 'version: 1\nhosts:\n  web1: { address: 203.0.113.11, groups: [web] }\n  db1: { address: 10.20.0.5 }\n')
    const { stdout } = await cli(['list', 'hosts', '-i', 'list.yaml', '-l', 'web', '--json'], { cwd: desk.path })
    expect(JSON.parse(stdout)).toEqual([{ name: 'web1', address: '203.0.113.11', platform: 'linux', transport: 'ssh', groups: ['web'] }])
  })

  it('plan shows what would run, for people and for machines, and contacts nothing', async () => {
    const people = await cli(['plan', good])
    expect(people.stdout).toMatch(/^controller {2}local controller\n {2}reads\n {4}ip -j -d -force -batch - <<< \d lines\n/)
    const { hosts, checks } = JSON.parse((await cli(['plan', good, '--json'])).stdout) as {
      hosts: { name: string; facts: { commands: { line: string }[] }[] }[]
      checks: { kind: string }[]
    }
    expect(hosts.map(({ name }) => name)).toEqual(['controller'])
    expect(hosts[0]?.facts[0]?.commands[0]?.line).toContain('ip')
    expect(checks.map(({ kind }) => kind)).toEqual(['route'])
  })
})
