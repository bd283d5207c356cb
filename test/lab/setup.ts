import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { posixQuote } from '../../src/lib/quote.js'
import { namespaceBatch, switchBatch } from './batches.js'
import { nameServer } from './dns.js'
import { entering } from './own-root.js'
import type { LabHost, LabPlan } from './plan.js'
import { must, run } from './process.js'

const servicesScript = join(import.meta.dirname, 'services.pl')

/** Where new namespaces take these from depends on the machine, so each host says what it wants. */
const usualSysctls = (host: LabHost): Record<string, string | number> => ({
  'net.ipv4.conf.all.rp_filter': 0,
  'net.ipv4.conf.default.rp_filter': 0,
  'net.ipv4.ip_forward': host.forwarding ? 1 : 0,
  ...(existsSync('/proc/sys/net/ipv6') ? { 'net.ipv6.conf.all.forwarding': host.forwarding ? 1 : 0 } : {}),
})

/** One shell script that brings a host up, run inside its namespace: a process less for every line that needs none. */
function setupScript(host: LabHost): string {
  const file = (name: string): string => posixQuote(join(host.directory, name))
  const sysctls = { ...usualSysctls(host), ...host.spec.sysctl }
  const has = (name: string): boolean => existsSync(join(host.directory, name))
  return [
    'set -eu',
    'for file in /proc/sys/net/ipv6/conf/*/accept_dad /proc/sys/net/ipv4/conf/*/rp_filter; do [ ! -e "$file" ] || echo 0 >"$file"; done',
    ...Object.entries(sysctls).map(([key, value]) => `echo ${posixQuote(String(value))} >${posixQuote(sysctlPath(key))}`),
    `ip -batch ${file('ip')}`,
    has('firewall') ? `nft -f ${file('firewall')}` : '',
    has('services') ? `perl ${posixQuote(servicesScript)} <${file('services')}` : '',
    has('sshd_config') ? startSshd(file) : '',
    startNameServer(host),
  ].join('\n')
}

const sysctlPath = (key: string): string => `/proc/sys/${key.replaceAll('.', '/')}`

/** sshd leaves for the background before it listens, and writes its process id once it does. */
function startSshd(file: (name: string) => string): string {
  return `"$(command -v sshd)" -f ${file('sshd_config')} -E ${file('sshd.log')}\n${waitFor(file('sshd.pid'), file('sshd.log'))}`
}

function startNameServer(host: LabHost): string {
  const server = nameServer(host)
  if (server === null) return ''
  const log = posixQuote(`${server.pidFile.slice(0, -'.pid'.length)}.log`)
  return `${server.start.map(posixQuote).join(' ')} </dev/null >/dev/null 2>&1 &\n${waitFor(posixQuote(server.pidFile), log)}`
}

const waitFor = (pidFile: string, log: string): string => `tries=0
until [ -s ${pidFile} ]; do
  [ $((tries += 1)) -lt 1000 ] || { cat ${log} >&2; exit 1; }
  sleep 0.01
done`

const batch = (lines: readonly string[]): { input: string } => ({ input: `${lines.join('\n')}\n` })

/** Makes the namespaces and the cables between them. */
export async function makeNetwork(plan: LabPlan): Promise<void> {
  await must(['ip', '-batch', '-'], batch(namespaceBatch(plan)))
  await must(['ip', '-n', plan.switchNamespace, '-batch', '-'], batch(switchBatch(plan)))
}

async function startHost(host: LabHost): Promise<void> {
  const { exitCode, stdout, stderr } = await run([...entering(host), 'sh', '-c', setupScript(host)])
  if (exitCode !== 0) throw new Error(`${host.name} did not come up (${exitCode ?? 'killed'}): ${stderr || stdout}`)
}

/** Brings all hosts up, at the same time. @throws Error naming the host that did not come up, with what was said. */
export async function startHosts(plan: LabPlan): Promise<void> {
  await Promise.all(plan.hosts.map(startHost))
}
