import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../model/diagnostic.js'
import { noFindings } from '../findings.js'
import { buildInventory } from './build.js'
import { createDraft } from './draft.js'
import { readIni } from './ini.js'

function read(text: string) {
  const findings = noFindings()
  const draft = createDraft(findings)
  readIni(draft, 'hosts', text)
  return { ...buildInventory(draft, [], 'linux'), ...findings }
}

const show = ({ code, message, location, length, hint }: Diagnostic): string =>
  `${location.line}:${location.column}+${length} ${code}: ${message}${hint === undefined ? '' : ` (${hint})`}`

const mistakes: readonly (readonly [what: string, text: string, expected: readonly string[]])[] = [
  ['an open quote', 'web1 note="a b\n', ['1:11+1 ini-quote: this line has a " that is never closed']],
  [
    'a word without =',
    'web1 web2\n',
    ['1:6+4 ini-variable: expected key=value behind a host name, found web2 (one host stands on one line; values with spaces need quotes)'],
  ],
  ['a variable without =', '[web]\n[web:vars]\nport 80\n', ['3:1+7 ini-variable: expected key=value in [web:vars], found port 80']],
  [
    'a section with a space',
    '[web servers]\n',
    [
      '1:1+13 ini-section: expected a section such as [web], [web:vars] or [web:children], found [web servers] (names of sections hold no spaces)',
    ],
  ],
  [
    'a kind of section that is none',
    '[web:var]\nport=80\n',
    ['1:6+3 ini-section: expected [web:vars], [web:children] or [web:hosts], found [web:var] (did you mean "vars"?)'],
  ],
  [
    'variables of a group that is not there',
    '[web]\nweb1\n[wbe:vars]\nport=80\n',
    ['3:1+10 unknown-group: [wbe:vars] sets variables of a group that no section declares (did you mean "web"?)'],
  ],
  [
    'a child group that is not there',
    '[prod:children]\n  frontends\n[web]\n',
    ['2:3+9 unknown-group: [prod] has a child group "frontends" that no section declares (declare it with a section [frontends])'],
  ],
  ['a child that is no name', '[prod:children]\na b\n', ['2:1+3 ini-child: expected the name of a group in [prod:children], found a b']],
  [
    'a circle of groups',
    '[a:children]\nb\n[b:children]\nc\n[c:children]\na\n',
    ['6:1+1 group-circle: group "a" cannot be a child of "c": that would make it its own ancestor'],
  ],
  [
    'all as a child',
    '[a:children]\nall\n',
    ['2:1+3 group-circle: group "all" cannot be a child of "a": that would make it its own ancestor'],
  ],
  [
    'a range that never ends',
    '[web]\nweb[1:1000000000]\n',
    ['2:1+17 host-pattern: "web[1:1000000000]" stands for more than 100000 hosts (look for a digit too many in the range)'],
  ],
  ['too many hosts in all', 'a[1:60000]\nb[1:60000]\n', ['2:1+10 too-many-hosts: the inventory has more than 100000 hosts']],
  [
    'a priority that is no number',
    '[web]\n[web:vars]\nansible_group_priority=high\n',
    ['3:1+27 group-priority: expected a whole number for ansible_group_priority, found "high"'],
  ],
  ['YAML', '---\n', ['1:1+3 host-pattern: expected a host name, found "---", which starts a YAML file']],
]

describe('readIni', () => {
  it.each(mistakes)('locates %s', (_, text, expected) => {
    expect(read(text).diagnostics.map(show)).toEqual(expected)
  })

  it('reports all mistakes of a file at once, and shows their lines', () => {
    const { diagnostics } = read('web1 oops\r\n[x y]\r\nweb2 "\r\n')
    expect(diagnostics.map(({ location, sourceLine }) => [location.line, sourceLine])).toEqual([
      [1, 'web1 oops'],
      [2, '[x y]'],
      [3, 'web2 "'],
    ])
  })

  it('warns where Ansible ignores a port, and where a host is called as a group', () => {
    expect(read('web1\nweb1:2222\n[db]\ndb\n').warnings.map(show)).toEqual([
      '2:1+9 port-ignored: port 2222 of web1 is ignored: the host was already named above, and only the first mention may give a port in its name (set ansible_port=2222)',
      '4:1+2 host-and-group: "db" is a host and a group: its variables go to the group, and as a pattern it is the host (rename one of them)',
    ])
  })

  it('survives groups nested without end', () => {
    const chain = Array.from({ length: 20_000 }, (_, index) => `[g${index}:children]\ng${index + 1}\n`)
    const text = `${chain.join('')}[g20000]\nh\n`
    const [first] = read(text).diagnostics
    expect(first?.message).toMatch(/^group "g\d+" lies more than 64 groups below another$/)
    expect(read(`[g20000]\nh\n${chain.reverse().join('')}`).diagnostics[0]?.code).toBe('group-depth')
  })

  it('never throws', () => {
    const piece = fc.constantFrom(
      '[',
      ']',
      'a',
      'b',
      ':vars',
      ':children',
      ':hosts',
      '=',
      '\n',
      '\n',
      ' ',
      '"',
      "'",
      '#',
      '{',
      '1:3',
      'all',
      'ungrouped',
      '\\',
      ',',
      '{{',
      '}}',
    )
    const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''))
    fc.assert(fc.property(text, (sample) => void read(sample)))
  })
})
