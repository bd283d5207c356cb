import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LabHost } from './plan.js'

export const homeOf = (host: LabHost): string => join(host.directory, 'home')
export const shellOf = (host: LabHost): string => join(host.directory, 'shell')
export const userOf = (host: LabHost): string => host.ssh?.user ?? 'root'

const uid = 2_001
const usualShell = existsSync('/bin/bash') ? '/bin/bash' : '/bin/sh'

/** @returns the id of the user who logs in to the host. */
export function uidOf(host: LabHost): number {
  return userOf(host) === 'root' ? 0 : uid
}

const without = (file: string, user: string): string[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith(`${user}:`))

/**
 * The machine's own accounts, with the login user's replaced: an own home, so that nothing of this machine's start-up files is
 * run, an own shell where the topology has one, and a password that is unset rather than locked, which sshd would refuse.
 */
export function accountFiles(host: LabHost): Record<string, string> {
  if (host.ssh === null || host.ssh.impostor !== undefined) return {}
  const user = userOf(host)
  const id = uidOf(host)
  const shell = host.ssh.shell === undefined ? usualShell : shellOf(host)
  const file = (path: string, line: string): string => `${[line, ...without(path, user)].join('\n')}\n`
  return {
    passwd: file('/etc/passwd', `${user}:x:${id}:${id}:${user}:${homeOf(host)}:${shell}`),
    group: file('/etc/group', `${user}:x:${id}:`),
    shadow: file('/etc/shadow', `${user}:*:19000:0:99999:7:::`),
    ...(host.ssh.sudo === true ? { 'sudoers.d/lab': `${user} ALL=(ALL) NOPASSWD: ALL\n` } : {}),
  }
}
