import { chownSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { accountFiles, homeOf, shellOf, uidOf } from './accounts.js'
import { hostBatch } from './batches.js'
import { nameServer } from './dns.js'
import { writeRoot } from './own-root.js'
import type { LabHost, LabPlan } from './plan.js'
import { impostorService, serviceLines } from './services.js'
import { knownHosts, knownHostsOf, sshConfig, sshConfigOf, sshdConfig } from './sshd.js'

/** Writes a file and the folders it lies in. */
function write(path: string, content: string, mode = 0o644): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content, { mode })
}

/** Names of the lab resolve everywhere in it; nothing else does, and says so at once instead of after a timeout. */
function nameFiles(plan: LabPlan): Record<string, string> {
  const lines = plan.hosts.flatMap((host) =>
    host.interfaces.flatMap((port) => port.addresses.map((address) => `${address.split('/')[0]} ${host.name}`)),
  )
  return {
    hosts: `${['127.0.0.1 localhost', '::1 localhost', `127.0.1.1 ${hostname()}`, ...lines].join('\n')}\n`,
    'resolv.conf': 'options timeout:1 attempts:1\n',
  }
}

/**
 * `ip netns exec` lays the entries of /etc/netns/NAMESPACE over those of /etc: only over what is there.
 * @throws Error for a file of the topology that has nothing below it.
 */
function writeOverlay(plan: LabPlan, host: LabHost): void {
  const own = { ...accountFiles(host), ...host.spec.etc }
  if (host.spec.root !== undefined) {
    writeRoot(host, { ...nameFiles(plan), ...own })
    return
  }
  for (const path of Object.keys(own)) {
    const top = join('/etc', path.split('/')[0] ?? '')
    if (!existsSync(top)) throw new Error(`${host.name}: etc: there is no ${top} on this machine to lay ${path} over`)
  }
  const names = Object.entries(nameFiles(plan)).filter(([path]) => existsSync(join('/etc', path)))
  for (const [path, content] of Object.entries({ ...Object.fromEntries(names), ...own })) {
    write(join('/etc/netns', host.namespace, path), content, modes[path])
  }
}

const modes: Readonly<Record<string, number>> = { shadow: 0o600, 'sudoers.d/lab': 0o440 }

function writeHome(host: LabHost): void {
  const home = homeOf(host)
  mkdirSync(home, { recursive: true })
  for (const [path, content] of Object.entries(host.ssh?.home ?? {})) write(join(home, path), content)
  chownSync(home, uidOf(host), uidOf(host))
}

function writeHost(plan: LabPlan, host: LabHost): void {
  const { ssh, spec } = host
  const impostor = ssh === null ? null : impostorService(ssh)
  const services = [...(spec.services ?? []), ...(impostor === null ? [] : [impostor])]
  const lines = (list: readonly string[]): string => list.map((line) => `${line}\n`).join('')
  write(join(host.directory, 'ip'), lines(hostBatch(host)))
  if (services.length > 0) write(join(host.directory, 'services'), lines(serviceLines(services)))
  if (spec.firewall !== undefined) write(join(host.directory, 'firewall'), spec.firewall)
  for (const [name, content] of Object.entries(nameServer(host)?.files ?? {})) write(join(host.directory, name), content)
  writeOverlay(plan, host)
  if (ssh === null || impostor !== null) return
  writeHome(host)
  write(join(host.directory, 'sshd_config'), sshdConfig(host, plan.directory))
  if (ssh.banner !== undefined) write(join(host.directory, 'banner'), ssh.banner)
  if (ssh.shell !== undefined) write(shellOf(host), ssh.shell, 0o755)
}

/** Writes all files of a lab; its keys are there already. */
export function writeFiles(plan: LabPlan): void {
  write(knownHostsOf(plan.directory), knownHosts(plan))
  write(sshConfigOf(plan.directory), sshConfig(plan))
  for (const host of plan.hosts) writeHost(plan, host)
}
