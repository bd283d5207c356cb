import { describe, expect, it } from 'vitest'
import { noFindings } from '../findings.js'
import { buildInventory } from './build.js'
import { createDraft } from './draft.js'
import { readIni } from './ini.js'

function readHost(line: string) {
  const findings = noFindings()
  const draft = createDraft(findings)
  readIni(draft, 'hosts', line)
  const host = [...buildInventory(draft, [], 'darwin').hosts.values()][0]
  return { host, warnings: findings.warnings, diagnostics: findings.diagnostics }
}

const reached: readonly (readonly [line: string, expected: object])[] = [
  ['web1', { address: 'web1', transport: 'ssh', ssh: {}, become: 'none', platform: 'linux' }],
  [
    'web1 ansible_host=10.0.0.1 ansible_port=2222 ansible_user=ops ansible_ssh_private_key_file=~/.ssh/id_ops',
    { address: '10.0.0.1', transport: 'ssh', ssh: { port: 2222, user: 'ops', identityFile: '~/.ssh/id_ops' } },
  ],
  ['web1:2222', { address: 'web1', ssh: { port: 2222 } }],
  ['web1 ansible_port="\'2222\'"', { ssh: { port: 2222 } }],
  // The older names still work, and win: the last name in the documentation's list does.
  ['web1 ansible_ssh_host=a ansible_host=b ansible_ssh_user=c ansible_ssh_port=1', { address: 'a', ssh: { user: 'c', port: 1 } }],
  [
    `web1 ansible_ssh_common_args='-o ProxyCommand="ssh -W %h:%p bastion"' ansible_ssh_extra_args=-4`,
    { ssh: { args: ['-o', 'ProxyCommand=ssh -W %h:%p bastion', '-4'] } },
  ],
  ['web1 ansible_connection=smart', { transport: 'ssh' }],
  ['web1 ansible_connection=ansible.netcommon.paramiko', { transport: 'ssh' }],
  ['web1 ansible_connection=local', { address: 'web1', transport: 'local', ssh: {}, platform: 'darwin' }],
  ['box ansible_connection=docker', { transport: 'exec', address: 'box', command: ['docker', 'exec', '-i', 'box'] }],
  [
    'box ansible_connection=community.docker.docker ansible_docker_host=app_1 ansible_user=root ansible_docker_extra_args="-H tcp://d:2375"',
    { transport: 'exec', address: 'app_1', command: ['docker', '-H', 'tcp://d:2375', 'exec', '-i', '-u', 'root', 'app_1'] },
  ],
  ['box ansible_connection=containers.podman.podman ansible_host=pod', { command: ['podman', 'exec', '-i', 'pod'] }],
  [
    'pod1 ansible_connection=kubernetes.core.kubectl ansible_kubectl_namespace=shop ansible_kubectl_container=app',
    { transport: 'exec', command: ['kubectl', '-n', 'shop', 'exec', '-i', 'pod1', '-c', 'app', '--'] },
  ],
  ['web1 ansible_become=yes', { become: 'sudo' }],
  ['web1 ansible_become=True ansible_become_method=ansible.builtin.sudo ansible_become_user=root', { become: 'sudo' }],
  ['web1 ansible_become=no', { become: 'none' }],
  ['win1 ansible_shell_type=powershell', { transport: 'ssh', platform: 'windows' }],
  ['bsd1 netproof_platform=freebsd', { platform: 'freebsd' }],
  [
    'web1 name=x1 ansible_host="{{ name }}.example.com"',
    { address: 'x1.example.com', vars: { name: 'x1', ansible_host: 'x1.example.com' } },
  ],
  ['web1 ansible_host="{{ inventory_hostname }}.example.com"', { address: 'web1.example.com' }],
  ['web1 ansible_password=secret ansible_become_pass=secret db_password=kept', { vars: { db_password: 'kept' } }],
]

describe('a host of an Ansible inventory', () => {
  it.each(reached)('%s', (line, expected) => {
    const { host, diagnostics } = readHost(line)
    expect(diagnostics).toEqual([])
    expect(host).toMatchObject(expected)
    expect(host?.unusable).toBeUndefined()
  })
})

const faults: readonly (readonly [line: string, column: number, message: string, hint?: string])[] = [
  [
    'win1 ansible_connection=winrm',
    6,
    'netproof has no connection "winrm"',
    'netproof reaches hosts through ssh, smart, paramiko, paramiko_ssh, local, docker, podman, kubectl',
  ],
  ['web1 ansible_port=ssh', 6, 'expected a port from 1 to 65535 for ansible_port, found ssh'],
  ['web1 ansible_port=0', 6, 'expected a port from 1 to 65535 for ansible_port, found 0'],
  ['web1 ansible_host=-oProxyCommand=id', 6, 'expected one word that does not begin with "-" for ansible_host, found "-oProxyCommand=id"'],
  ['web1 ansible_user="a b"', 6, 'expected one word that does not begin with "-" for ansible_user, found "a b"'],
  ['web1 ansible_host="[1, 2]"', 6, 'expected text for ansible_host, found [1,2]'],
  ["web1 ansible_ssh_common_args='-o \"x'", 6, 'expected words as in a shell for ansible_ssh_common_args, found a " that is never closed'],
  [
    "web1 ansible_user=\"{{ lookup('env', 'USER') }}\"",
    6,
    `ansible_user is not known as "{{ lookup('env', 'USER') }}": netproof fills in plain references such as {{ name }}, and no expressions`,
    'set ansible_user to a plain value for netproof',
  ],
  [
    'web1 netproof_platform=linus',
    6,
    'expected netproof_platform to be one of linux, darwin, freebsd, windows, found linus',
    'did you mean "linux"?',
  ],
  ['"-web 1"', 1, '"-web 1" is no address', 'set ansible_host'],
]

describe('a connection that netproof cannot make', () => {
  it.each(faults.map(([line, ...fault]) => ({ line, fault })))('$line', ({ line, fault: [column, message, hint] }) => {
    const { host, warnings, diagnostics } = readHost(line)
    expect(diagnostics).toEqual([])
    expect(warnings).toMatchObject([{ message, location: { file: 'hosts', line: 1, column }, ...(hint === undefined ? {} : { hint }) }])
    expect(host?.unusable).toBe(`${message} (hosts:1)`)
  })
})

const notes: readonly (readonly [line: string, become: string, message: string])[] = [
  [
    'web1 ansible_become=true ansible_become_method=su',
    'none',
    'netproof becomes root through sudo, and not through su: facts that need privileges will lack them',
  ],
  [
    'web1 ansible_become=true ansible_become_user=postgres',
    'none',
    'netproof becomes root, and not postgres: facts that need privileges will lack them',
  ],
  ['web1 ansible_become=perhaps', 'none', 'expected yes or no for ansible_become, found "perhaps"'],
  ['web1 ansible_ssh_pass=secret', 'none', 'ansible_ssh_pass is not used: netproof logs in with keys, agents and certificates'],
]

describe('a setting that netproof does not follow', () => {
  it.each(notes)('%s', (line, become, message) => {
    const { host, warnings } = readHost(line)
    expect(warnings.map((warning) => warning.message)).toEqual([message])
    expect(host).toMatchObject({ become })
    expect(host?.unusable).toBeUndefined()
  })

  it('never shows a password', () => {
    expect(JSON.stringify(readHost('web1 ansible_ssh_pass=geheim').warnings.map(({ message, hint }) => [message, hint]))).not.toContain(
      'geheim',
    )
  })
})
