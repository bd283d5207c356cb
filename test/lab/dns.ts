import { join } from 'node:path'
import type { LabHost } from './plan.js'
import type { DnsSpec } from './schema.js'

/** The configuration of a name server, and how it is started in the foreground; it writes its process id once it listens. */
interface NameServer {
  /** By name, to be written to the host's directory. */
  readonly files: Readonly<Record<string, string>>
  readonly start: readonly [string, ...string[]]
  readonly pidFile: string
}

/** `nsd` (authoritative) or `unbound` (recursive), serving all addresses of the host. null: the host serves no names. */
export function nameServer(host: LabHost): NameServer | null {
  const { dns } = host.spec
  if (dns === undefined) return null
  return dns.zones === undefined ? unbound(host, dns) : nsd(host, dns.zones)
}

const addressesOf = (host: LabHost): readonly string[] =>
  host.interfaces.flatMap((port) => port.addresses.map((address) => address.split('/')[0] ?? ''))

const lines = (list: readonly string[]): string => list.map((line) => `${line}\n`).join('')

/** nsd.conf(5). A zone file that changes is read again on SIGHUP. */
function nsd(host: LabHost, zones: Readonly<Record<string, string>>): NameServer {
  const fileOf = (zone: string): string => `zone-${zone === '.' ? 'root' : zone}`
  const pidFile = join(host.directory, 'nsd.pid')
  const config = [
    'server:',
    ...addressesOf(host).map((address) => `  ip-address: ${address}`),
    '  username: ""',
    `  zonesdir: "${host.directory}"`,
    `  pidfile: "${pidFile}"`,
    `  logfile: "${join(host.directory, 'nsd.log')}"`,
    `  xfrdfile: "${join(host.directory, 'xfrd.state')}"`,
    `  zonelistfile: "${join(host.directory, 'zone.list')}"`,
    `  xfrdir: "${host.directory}"`,
    '  server-count: 1',
    // The database that all would share by default.
    '  database: ""',
    // Benchmarks ask from one address.
    '  rrl-ratelimit: 0',
    '  rrl-whitelist-ratelimit: 0',
    'remote-control:',
    '  control-enable: no',
    ...Object.keys(zones).flatMap((zone) => ['zone:', `  name: "${zone}"`, `  zonefile: "${fileOf(zone)}"`]),
  ]
  const zoneFiles = Object.fromEntries(Object.entries(zones).map(([zone, text]) => [fileOf(zone), text]))
  return { files: { 'nsd.conf': lines(config), ...zoneFiles }, start: ['nsd', '-d', '-c', join(host.directory, 'nsd.conf')], pidFile }
}

/** unbound.conf(5): asks the servers of `roots` and nobody else; without DNSSEC. */
function unbound(host: LabHost, { roots = [], options = [], refuses = false }: DnsSpec): NameServer {
  const pidFile = join(host.directory, 'unbound.pid')
  const hints = roots.flatMap((address, index) => [
    `. 3600000 NS ${'abcdefghijklm'[index] ?? 'z'}.root-servers.net.`,
    `${'abcdefghijklm'[index] ?? 'z'}.root-servers.net. 3600000 A ${address}`,
  ])
  const config = [
    'server:',
    ...addressesOf(host).map((address) => `  interface: ${address}`),
    '  username: ""',
    '  chroot: ""',
    `  directory: "${host.directory}"`,
    `  pidfile: "${pidFile}"`,
    `  logfile: "${join(host.directory, 'unbound.log')}"`,
    '  use-syslog: no',
    `  access-control: 0.0.0.0/0 ${refuses ? 'refuse' : 'allow'}`,
    `  access-control: ::0/0 ${refuses ? 'refuse' : 'allow'}`,
    '  module-config: "iterator"',
    '  num-threads: 1',
    `  root-hints: "${join(host.directory, 'root.hints')}"`,
    ...options.map((line) => `  ${line}`),
    'remote-control:',
    '  control-enable: no',
  ]
  return {
    files: { 'unbound.conf': lines(config), 'root.hints': lines(hints) },
    start: ['unbound', '-d', '-c', join(host.directory, 'unbound.conf')],
    pidFile,
  }
}
