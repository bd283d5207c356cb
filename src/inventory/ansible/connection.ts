import type { Host } from '../../model/inventory.js'
import { type Platform, platforms } from '../../model/platform.js'
import { booleanSetting, choiceSetting, portSetting, type Settings, textSetting, wordSetting, wordsSetting } from './settings.js'

/** How a host is reached. */
export type Reach = Pick<Host, 'address' | 'platform' | 'transport' | 'command' | 'ssh' | 'become'>

/**
 * What Ansible's connection variables mean for netproof. What is wrong goes to `settings`; the rest is then filled with defaults.
 * https://docs.ansible.com/ansible/latest/inventory_guide/intro_inventory.html#connecting-to-hosts-behavioral-inventory-parameters
 */
export function reachOf(settings: Settings, hostName: string, controllerPlatform: Platform): Reach {
  const kind = textSetting(settings, 'ansible_connection')
  const short = kind?.text.slice(kind.text.lastIndexOf('.') + 1) ?? 'ssh'
  const connect = connections.get(short)
  if (connect === undefined) {
    const hint = `netproof reaches hosts through ${[...connections.keys()].join(', ')}`
    const message = `netproof has no connection "${kind?.text}"`
    if (kind !== undefined) settings.faults.push(kind.origin({ code: 'unknown-connection', message, hint }))
    return { address: hostName, platform: 'linux', transport: 'ssh', ssh: {}, become: 'none' }
  }
  return connect(settings, hostName, controllerPlatform)
}

type Connect = (settings: Settings, hostName: string, controllerPlatform: Platform) => Reach

const viaSsh: Connect = (settings, hostName) => {
  const user = wordSetting(settings, 'ansible_user', 'ansible_ssh_user')
  const port = portSetting(settings, 'ansible_port', 'ansible_ssh_port')
  const identityFile = textSetting(settings, 'ansible_private_key_file', 'ansible_ssh_private_key_file')?.text
  const args = ['ansible_ssh_args', 'ansible_ssh_common_args', 'ansible_ssh_extra_args'].flatMap((name) => wordsSetting(settings, name))
  notePasswords(settings)
  return {
    address: addressOf(settings, hostName, 'ansible_ssh_host'),
    platform: platformOf(settings, 'linux'),
    transport: 'ssh',
    ssh: {
      ...(user === undefined ? {} : { user }),
      ...(port === undefined ? {} : { port }),
      ...(identityFile === undefined ? {} : { identityFile }),
      ...(args.length === 0 ? {} : { args }),
    },
    become: becomeOf(settings),
  }
}

const viaLocal: Connect = (settings, hostName, controllerPlatform) => ({
  address: addressOf(settings, hostName),
  platform: platformOf(settings, controllerPlatform),
  transport: 'local',
  ssh: {},
  become: becomeOf(settings),
})

/** `docker exec` and what takes the same words. */
function viaContainer(program: 'docker' | 'podman'): Connect {
  return (settings, hostName) => {
    const container = addressOf(settings, hostName, `ansible_${program}_host`)
    const user = wordSetting(settings, 'ansible_user', `ansible_${program}_user`)
    const extra = wordsSetting(settings, `ansible_${program}_extra_args`)
    return viaWrapper(settings, container, [program, ...extra, 'exec', '-i', ...(user === undefined ? [] : ['-u', user]), container])
  }
}

const viaKubectl: Connect = (settings, hostName) => {
  const pod = wordSetting(settings, 'ansible_kubectl_pod') ?? hostName
  const option = (flag: string, name: string): readonly string[] => {
    const value = wordSetting(settings, name)
    return value === undefined ? [] : [flag, value]
  }
  return viaWrapper(settings, pod, [
    'kubectl',
    ...option('--kubeconfig', 'ansible_kubectl_kubeconfig'),
    ...option('--context', 'ansible_kubectl_context'),
    ...wordsSetting(settings, 'ansible_kubectl_extra_args'),
    ...option('-n', 'ansible_kubectl_namespace'),
    'exec',
    '-i',
    pod,
    ...option('-c', 'ansible_kubectl_container'),
    '--',
  ])
}

function viaWrapper(settings: Settings, address: string, command: readonly string[]): Reach {
  return { address, platform: platformOf(settings, 'linux'), transport: 'exec', command, ssh: {}, become: becomeOf(settings) }
}

/** By the last part of a plug-in's name: `community.docker.docker` is `docker`. */
const connections: ReadonlyMap<string, Connect> = new Map([
  ['ssh', viaSsh],
  ['smart', viaSsh],
  ['paramiko', viaSsh],
  ['paramiko_ssh', viaSsh],
  ['local', viaLocal],
  ['docker', viaContainer('docker')],
  ['podman', viaContainer('podman')],
  ['kubectl', viaKubectl],
])

function addressOf(settings: Settings, hostName: string, ...further: string[]): string {
  return wordSetting(settings, 'ansible_host', ...further) ?? hostName
}

/** Ansible has no variable for it; `netproof_platform` says it, and a Windows shell tells it. */
function platformOf(settings: Settings, otherwise: Platform): Platform {
  const shell = textSetting(settings, 'ansible_shell_type')?.text
  const windows = shell === 'powershell' || shell === 'cmd'
  return choiceSetting(settings, platforms, 'netproof_platform') ?? (windows ? 'windows' : otherwise)
}

/** Privileges are had through passwordless sudo, as root. Anything else is noted, and facts that need privileges then say so. */
function becomeOf(settings: Settings): Host['become'] {
  if (booleanSetting(settings, 'ansible_become') !== true) return 'none'
  const method = textSetting(settings, 'ansible_become_method')
  if (method !== undefined && method.text.slice(method.text.lastIndexOf('.') + 1) !== 'sudo') {
    settings.notes.push(
      method.origin({
        code: 'become-method',
        message: `netproof becomes root through sudo, and not through ${method.text}: facts that need privileges will lack them`,
      }),
    )
    return 'none'
  }
  const user = textSetting(settings, 'ansible_become_user')
  if (user !== undefined && user.text !== 'root') {
    settings.notes.push(
      user.origin({
        code: 'become-user',
        message: `netproof becomes root, and not ${user.text}: facts that need privileges will lack them`,
      }),
    )
    return 'none'
  }
  return 'sudo'
}

function notePasswords(settings: Settings): void {
  const password = settings.find('ansible_password', 'ansible_ssh_pass', 'ansible_ssh_password')
  if (password === undefined) return
  settings.notes.push(
    password.origin({
      code: 'password',
      message: `${password.name} is not used: netproof logs in with keys, agents and certificates`,
      hint: 'look at ssh-copy-id',
    }),
  )
}
