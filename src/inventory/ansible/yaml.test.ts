import { describe, expect, it } from 'vitest'
import { parseYaml } from '../../documents/index.js'
import { noFindings } from '../findings.js'
import { buildInventory } from './build.js'
import { createDraft } from './draft.js'
import { ansibleYaml } from './vault.js'
import { readYamlInventory } from './yaml.js'

function read(text: string) {
  const findings = noFindings()
  const draft = createDraft(findings)
  const { document, diagnostics } = parseYaml('hosts.yml', text, new Uint8Array(), ansibleYaml)
  expect(diagnostics).toEqual([])
  if (document !== null) readYamlInventory(draft, document)
  const show = ({ code, message, hint, location: { line, column } }: (typeof findings.warnings)[number]): string =>
    `${line}:${column} ${code}: ${message}${hint === undefined ? '' : ` (${hint})`}`
  return { ...buildInventory(draft, [], 'linux'), diagnostics: findings.diagnostics.map(show), warnings: findings.warnings.map(show) }
}

const mistakes: readonly (readonly [what: string, text: string, expected: readonly string[]])[] = [
  ['a list', '- web1\n', ['1:1 yaml-inventory: expected groups such as "all:", found a list']],
  [
    'a plug-in',
    'plugin: amazon.aws.aws_ec2\nregions: [a]\n',
    [
      '1:1 inventory-plugin: this configures the inventory plug-in "amazon.aws.aws_ec2", which netproof does not run (write what it finds to a file: ansible-inventory -i hosts.yml --list --yaml > inventory.yaml)',
    ],
  ],
  [
    'hosts at the top',
    'hosts:\n  web1: {address: 10.0.0.1}\n',
    [
      `1:1 yaml-inventory: expected a group at the top of an Ansible inventory, found "hosts" (an inventory of netproof itself begins with "version: 1"; in Ansible's, "hosts" stands below a group such as "all")`,
    ],
  ],
  [
    'hosts as a list',
    'web:\n  hosts:\n    - web1\n',
    ['3:5 yaml-inventory: expected a map for "hosts" of group "web", found a list (write names as keys: "web1:" in place of "- web1")'],
  ],
  [
    'variables that are none',
    'web:\n  hosts:\n    web1: 10.0.0.1\n',
    ['3:11 yaml-inventory: expected variables of host "web1" as a map, found text ("10.0.0.1")'],
  ],
  ['a bad range', 'web:\n  hosts:\n    web[3:1]:\n', ['3:5 host-pattern: expected a begin before the end in the range "[3:1]"']],
  [
    'a circle',
    'a:\n  children:\n    b:\n      children:\n        a:\n',
    ['5:9 group-circle: group "a" cannot be a child of "b": that would make it its own ancestor'],
  ],
]

describe('readYamlInventory', () => {
  it.each(mistakes)('locates %s', (_, text, expected) => {
    expect(read(text).diagnostics).toEqual(expected)
  })

  it('warns of what Ansible passes over', () => {
    expect(read('web:\n  host:\n    web1:\n  hosts: web2\nversion: 2\n').warnings).toEqual([
      '2:3 unknown-key: "host" in group "web" is ignored: a group holds hosts, children and vars (did you mean "hosts"?)',
      '5:1 not-a-group: "version" is ignored: expected a map with hosts, children or vars, found a number (2)',
    ])
  })

  it('leaves out what ansible-vault has encrypted, and says so only where it is needed', () => {
    const vault = '!vault |\n        $ANSIBLE_VAULT;1.1;AES256\n        6162'
    const { hosts, warnings } = read(
      `all:\n  vars:\n    db: {user: app}\n    key: ${vault}\n  hosts:\n    web1:\n    web2: {ansible_user: "{{ key }}"}\n    web3: {nested: [1, ${vault.replace(' |\n        ', ' "').replace(/\n\s+/, '')}"]}\n`,
    )
    expect(hosts.get('web1')?.vars).toEqual({ db: { user: 'app' } })
    expect(hosts.get('web3')?.vars).toEqual({ db: { user: 'app' }, nested: [1] })
    expect(warnings).toEqual([
      '9:12 template: ansible_user is not known as "{{ key }}": key is encrypted with ansible-vault, which netproof does not open (set ansible_user to a plain value for netproof)',
    ])
  })
})
