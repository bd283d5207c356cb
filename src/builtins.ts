import { command } from './checks/command/index.js'
import { connections } from './checks/connections/index.js'
import { conntrack as conntrackCheck } from './checks/conntrack/index.js'
import { defaultRoute } from './checks/default-route/index.js'
import { dnsClient as dnsClientCheck } from './checks/dns-client/index.js'
import { dnsRecord } from './checks/dns-record/index.js'
import { firewall } from './checks/firewall/index.js'
import { hostsEntry } from './checks/hosts-entry/index.js'
import { interfaceCheck } from './checks/interface/index.js'
import { listeningPort } from './checks/listening-port/index.js'
import { listeningPorts } from './checks/listening-ports/index.js'
import { neighbor } from './checks/neighbor/index.js'
import { networkConfigCheck } from './checks/network-config/index.js'
import { packetCapture } from './checks/packet-capture/index.js'
import { path } from './checks/path/index.js'
import { pathSymmetry } from './checks/path-symmetry/index.js'
import { ping as pingCheck } from './checks/ping/index.js'
import { protocolCounters as protocolCountersCheck } from './checks/protocol-counters/index.js'
import { route } from './checks/route/index.js'
import { sysctl as sysctlCheck } from './checks/sysctl/index.js'
import { tcpPort } from './checks/tcp-port/index.js'
import { arp } from './facts/arp/index.js'
import { bonds } from './facts/bonds/index.js'
import { capture } from './facts/capture/index.js'
import { commandOutput } from './facts/command-output/index.js'
import { conntrack } from './facts/conntrack/index.js'
import { dnsClient } from './facts/dns-client/index.js'
import { dnsQuery } from './facts/dns-query/index.js'
import { firewallRules } from './facts/firewall-rules/index.js'
import { hostsFile } from './facts/hosts-file/index.js'
import { interfaceCounters } from './facts/interface-counters/index.js'
import { interfaces } from './facts/interfaces/index.js'
import { linkSpeed } from './facts/link-speed/index.js'
import { links } from './facts/links/index.js'
import { listeners } from './facts/listeners/index.js'
import { nameLookup } from './facts/name-lookup/index.js'
import { neighbors } from './facts/neighbors/index.js'
import { networkConfig } from './facts/network-config/index.js'
import { pathMtu } from './facts/path-mtu/index.js'
import { ping } from './facts/ping/index.js'
import { processUnits } from './facts/process-units/index.js'
import { protocolCounters } from './facts/protocol-counters/index.js'
import { recordRoute } from './facts/record-route/index.js'
import { resolverConfig } from './facts/resolver-config/index.js'
import { routeLookup } from './facts/route-lookup/index.js'
import { routes } from './facts/routes/index.js'
import { rules } from './facts/rules/index.js'
import { sockets } from './facts/sockets/index.js'
import { sysctl } from './facts/sysctl/index.js'
import { sysctlConfig } from './facts/sysctl-config/index.js'
import { tcpConnect } from './facts/tcp-connect/index.js'
import { trace } from './facts/trace/index.js'
import { users } from './facts/users/index.js'
import type { AnyCheckKind } from './model/check.js'
import type { FactKind } from './model/fact.js'
import type { DocumentReporter, LiveReporter } from './model/reporter.js'
import type { TransportKind } from './model/transport.js'

/** The composition root: a new room is one line here. What a command may not need is loaded when it is. */
export const checkKinds: readonly AnyCheckKind[] = [
  route,
  defaultRoute,
  interfaceCheck,
  neighbor,
  networkConfigCheck,
  listeningPort,
  listeningPorts,
  connections,
  tcpPort,
  pingCheck,
  path,
  pathSymmetry,
  packetCapture,
  dnsRecord,
  dnsClientCheck,
  hostsEntry,
  sysctlCheck,
  firewall,
  conntrackCheck,
  protocolCountersCheck,
  command,
]

// The tables forget the types of arguments and values; a request made by `request()` has kept them.
export const factKinds = [
  routes,
  routeLookup,
  rules,
  interfaces,
  interfaceCounters,
  bonds,
  linkSpeed,
  links,
  listeners,
  sockets,
  processUnits,
  users,
  resolverConfig,
  nameLookup,
  networkConfig,
  tcpConnect,
  dnsQuery,
  ping,
  arp,
  pathMtu,
  trace,
  recordRoute,
  capture,
  sysctl,
  sysctlConfig,
  dnsClient,
  commandOutput,
  hostsFile,
  firewallRules,
  protocolCounters,
  conntrack,
  neighbors,
] as unknown as readonly FactKind[]

export const transportKinds: Readonly<Record<string, () => Promise<TransportKind>>> = {
  local: async () => (await import('./transports/local/index.js')).localTransport,
  ssh: async () => (await import('./transports/ssh/index.js')).sshTransport,
  exec: async () => (await import('./transports/exec/index.js')).execTransport,
}

export const liveReporters: Readonly<Record<string, () => Promise<LiveReporter>>> = {
  console: async () => (await import('./reporters/console/index.js')).consoleReporter,
}

export const documentReporters: Readonly<Record<string, () => Promise<DocumentReporter>>> = {
  json: async () => (await import('./reporters/json/index.js')).jsonReporter,
  junit: async () => (await import('./reporters/junit/index.js')).junitReporter,
}

export { resolverCatalogue } from './resolvers/index.js'
