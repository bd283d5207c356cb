import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cli, type Desk, openDesk } from '../e2e/cli.js'
import { labDescribe } from '../lab/describe.js'
import { type Lab, startLab } from '../lab/index.js'
import { commandLines, fragments, inventories, links, runbooks } from './blocks.js'

/** How a runbook of the documentation ends in the network of the documentation, by its first line; see docs/contributing.md. */
const endings: readonly { readonly first: RegExp; readonly exitCodes: readonly number[] }[] = [
  { first: /^# passes where \S/, exitCodes: [1, 2] },
  { first: /^# passes(: \S|\n| with --allow-commands\n)/, exitCodes: [0] },
  { first: /^# fails: \S/, exitCodes: [1] },
  { first: /^# undetermined: \S/, exitCodes: [2] },
  { first: /^(?!# (passes|fails|undetermined))/, exitCodes: [0] },
]

const byPlace = <One extends { readonly place: string }>(all: readonly One[]): (readonly [string, One])[] =>
  all.map((one) => [one.place, one])

labDescribe('runbooks in the documentation', () => {
  let lab: Lab
  let inventory: string
  beforeAll(async () => {
    lab = await startLab('web-db')
    inventory = lab.inventory({ transport: 'exec' })
  })
  afterAll(() => lab?.stop())

  it.concurrent.each(byPlace(runbooks))('%s ends as it says', async (place, { text }) => {
    const file = join(lab.directory, `${place.replaceAll(/\W+/g, '-')}.yaml`)
    writeFileSync(file, text)
    const ending = endings.find(({ first }) => first.test(text))
    expect(ending, 'the first line is "# passes where …", "# fails: why" or "# undetermined: why", or says nothing of it').toBeDefined()
    const { exitCode, stdout, stderr } = await lab.netproof('ops', [
      'run',
      file,
      '-i',
      inventory,
      ...(/^#.*--allow-commands/.test(text) ? ['--allow-commands'] : []),
    ])
    expect(ending?.exitCodes, `${stdout}${stderr}`).toContain(exitCode)
  })
})

describe('the rest of the documentation', () => {
  let desk: Desk
  beforeAll(() => {
    desk = openDesk()
  })
  afterAll(() => desk.remove())

  it.each(byPlace(inventories))('%s is an inventory', async (_, { text }) => {
    const { exitCode, stdout } = await cli(['validate', desk.file('inventory.yaml', text)])
    expect(exitCode, stdout).toBe(0)
  })

  it('has no YAML that cannot be run', () => {
    expect(fragments.map(({ place }) => place)).toEqual([])
  })

  it('links to files that are there', () => {
    expect(links.length).toBeGreaterThan(10)
    expect(links.filter(({ target }) => !existsSync(target))).toEqual([])
  })

  const helps = new Map<string, ReturnType<typeof cli>>()
  function helpOf(command: string): ReturnType<typeof cli> {
    const help = helps.get(command) ?? cli([command, '--help'])
    helps.set(command, help)
    return help
  }

  it.concurrent.each(commandLines.map(({ place, line }) => [place, line.replace(/ {2,}.*/, ''), line]))(
    '%s: %s is a command',
    async (_, __, line) => {
      const [, command = '', ...words] = line.split(/[\s[\]=|(]+/)
      const { exitCode, stdout } = await helpOf(command)
      expect(exitCode, `there is no command ${command}`).toBe(0)
      const options = words.filter((word) => /^--?[a-z]/.test(word))
      for (const option of options) expect(stdout).toMatch(new RegExp(`(^|[ ,])${option}([ ,]|$)`, 'm'))
    },
  )
})
