import { NotUnderstood } from '../../lib/errors.js'
import type { Reading, Source } from '../../model/fact.js'
import { mergeCompat } from './compat.js'
import { readDevices } from './devices.js'
import { grow } from './growth.js'
import { readIptablesSave } from './iptables-save.js'
import { readNftJson } from './nft-json.js'
import { rulesScript } from './script.js'
import type { FirewallArgs, Ruleset, Table, Tool } from './value.js'

/** `== NAME REST` and the lines of its tool. */
interface Part {
  readonly name: string
  readonly rest: string
  readonly text: string
}

function readParts(stdout: string): readonly Part[] {
  const parts: { name: string; rest: string; lines: string[] }[] = []
  for (const line of stdout.split('\n')) {
    const [, name, rest = ''] = /^== (\S+)(?: (\S+))?$/.exec(line) ?? []
    if (name !== undefined) parts.push({ name, rest, lines: [] })
    else if (line.startsWith('|')) parts.at(-1)?.lines.push(line.slice(1))
    else if (line !== '') throw new NotUnderstood('the parts of a ruleset', line)
  }
  return parts.map(({ name, rest, lines }) => ({ name, rest, text: lines.join('\n') }))
}

/** @throws NotUnderstood where a part is missing or not what its tool prints. */
function readRuleset(stdout: string): Ruleset {
  const parts = readParts(stdout)
  const part = (name: string): Part | undefined => parts.find((found) => found.name === name)
  const needed = (name: string): Part => {
    const found = part(name)
    if (found === undefined) throw new NotUnderstood(`the part ${name} of a ruleset`, stdout)
    return found
  }
  const unseen: string[] = []
  const compat = [
    ...readIptablesSave(part('compat')?.text ?? '', 'iptables'),
    ...readIptablesSave(part('compat6')?.text ?? '', 'ip6tables'),
  ]
  const dormant = (part('dormant')?.text ?? '').split('\n')
  const withDevices = readDevices(part('devices')?.text ?? '')
  const tables: Table[] = readNft(needed('nft'), compat, unseen).map((table) => ({
    ...withDevices(table),
    dormant: dormant.includes(`${table.family} ${table.name}`),
  }))
  for (const [name, tool] of [
    ['legacy', 'iptables'],
    ['legacy6', 'ip6tables'],
  ] as const) {
    const { rest, text } = needed(name)
    if (rest === 'missing')
      unseen.push(`the tables ${text.split('\n').join(', ')} of ${tool}, which the kernel has loaded, as ${tool}-legacy-save is missing`)
    else if (rest === 'beside' || rest === 'alone')
      tables.push(...readIptablesSave(text, (rest === 'beside' ? `${tool}-legacy` : tool) as Tool))
    else if (rest !== 'none') throw new NotUnderstood(`what became of ${name}`, rest)
  }
  return { tables, unseen, ipv6: needed('ipv6').rest === 'yes', growthMs: null }
}

function readNft({ rest, text }: Part, compat: readonly Table[], unseen: string[]): readonly Table[] {
  if (rest === 'absent') return []
  if (rest === 'json') return mergeCompat(readNftJson(text), compat)
  if (rest === 'text') {
    // Before nft 0.9 there is no JSON. Its words are not guessed at: only that there are none is understood.
    if (!/^\s*table\s/m.test(text)) return []
    const foreign = [...text.matchAll(/^\s*table (\S+) (\S+)/gm)].filter(
      ([, family, name]) => !compat.some((table) => table.family === family && table.name === name),
    )
    if (foreign.length > 0)
      unseen.push(`the tables ${foreign.map(([, family, name]) => `${family} ${name}`).join(', ')}, as this nft has no JSON (0.9 has)`)
    return compat
  }
  if (rest !== 'missing' && rest !== 'unknown') throw new NotUnderstood('what became of nft', rest)
  if (rest === 'missing') unseen.push("nft's own tables, as there is no nft to list them")
  return compat
}

/** All packet filters of the kernel in one reading. */
export const packetFilters: Source<FirewallArgs, Ruleset> = {
  name: 'nft -j, iptables-save and iptables-legacy-save',
  command: ([first]) => ({
    tool: ['sh'],
    args: ['-c', rulesScript, 'firewall-rules'],
    privileged: true,
    ...(first === undefined || first.overMs === null ? {} : { againAfterMs: first.overMs }),
  }),
  parse: (output, requests) => {
    const once = read(output)
    const value = output.again === undefined ? once : grow(once, read(output.again), output.again.afterMs)
    return requests.map(() => value)
  },
}

function read({ stdout }: Pick<Reading, 'stdout'>): Ruleset {
  try {
    return readRuleset(stdout)
  } catch (error) {
    // What is nested deeper than any ruleset ends the stack.
    if (error instanceof RangeError) throw new NotUnderstood('a ruleset', stdout)
    throw error
  }
}
