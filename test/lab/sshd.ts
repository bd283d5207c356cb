import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { userOf } from './accounts.js'
import type { LabHost, LabPlan } from './plan.js'
import { must } from './process.js'

/** Paths of a lab's keys: one for all its hosts, one for those that answer with a wrong one, one for the client. */
export const keysOf = (directory: string): { host: string; wrongHost: string; client: string } => ({
  host: join(directory, 'host-key'),
  wrongHost: join(directory, 'wrong-host-key'),
  client: join(directory, 'client-key'),
})

export const knownHostsOf = (directory: string): string => join(directory, 'known_hosts')
export const sshConfigOf = (directory: string): string => join(directory, 'ssh_config')
export const portOf = (host: LabHost): number => host.ssh?.port ?? 22

/** ssh-keygen makes them with mode 0600. */
export async function makeKeys(directory: string): Promise<void> {
  const keys = Object.values(keysOf(directory))
  await Promise.all(keys.map((key) => must(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'netproof lab', '-f', key])))
}

/** The host's sshd_config; sshd takes the first value it finds, so the topology's own lines come first. */
export function sshdConfig(host: LabHost, directory: string): string {
  const ssh = host.ssh ?? {}
  const keys = keysOf(directory)
  return [
    ...(ssh.options ?? []),
    `Port ${portOf(host)}`,
    `HostKey ${ssh['wrong-host-key'] === true ? keys.wrongHost : keys.host}`,
    `PidFile ${join(host.directory, 'sshd.pid')}`,
    `AuthorizedKeysFile ${ssh.authorized === false ? 'none' : `${keys.client}.pub`}`,
    ...(ssh.banner === undefined ? [] : [`Banner ${join(host.directory, 'banner')}`]),
    'PermitRootLogin yes',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'StrictModes no',
    'UsePAM no',
    'UseDNS no',
    'PrintMotd no',
    'PrintLastLog no',
    // The default exchange of OpenSSH 9 costs 120 ms of CPU a login, this one 15 ms.
    'KexAlgorithms curve25519-sha256,curve25519-sha256@libssh.org',
    '',
  ].join('\n')
}

/** known_hosts lines for every host that has an sshd, by name and by address. */
export function knownHosts(plan: LabPlan): string {
  const key = readFileSync(`${keysOf(plan.directory).host}.pub`, 'utf8')
    .split(' ')
    .slice(0, 2)
    .join(' ')
  const lines = plan.hosts
    .filter((host) => host.ssh !== null)
    .map((host) => {
      const names = [host.name, ...host.interfaces.flatMap((port) => port.addresses.map((address) => address.split('/')[0]))]
      return `${names.map((name) => (portOf(host) === 22 ? name : `[${name}]:${portOf(host)}`)).join(',')} ${key}`
    })
  return `${lines.join('\n')}\n`
}

/** For `ssh -F`: everything to reach the hosts by name or by address from inside the lab, and nothing of the user's own. */
export function sshConfig(plan: LabPlan): string {
  const hosts = plan.hosts
    .filter((host) => host.ssh !== null && host.address !== null)
    .flatMap((host) => [
      `Host ${host.name} ${host.address}`,
      `  HostName ${host.address}`,
      `  Port ${portOf(host)}`,
      `  User ${userOf(host)}`,
    ])
  return [
    ...hosts,
    'Host *',
    `  IdentityFile ${keysOf(plan.directory).client}`,
    '  IdentitiesOnly yes',
    '  IdentityAgent none',
    `  UserKnownHostsFile ${knownHostsOf(plan.directory)}`,
    '  GlobalKnownHostsFile none',
    '  StrictHostKeyChecking yes',
    '  UpdateHostKeys no',
    '',
  ].join('\n')
}
