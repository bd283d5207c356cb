import { type DnsQuery, dnsQuery } from '../../facts/dns-query/index.js'
import { type Ping, ping } from '../../facts/ping/index.js'
import { type TcpConnect, tcpConnect } from '../../facts/tcp-connect/index.js'
import { canonicalAddress } from '../../lib/address.js'
import { canonicalName } from '../../lib/dns/name.js'
import { request } from '../../lib/fact-key.js'
import { hostNameOf, isAddressLiteral } from '../../lib/target-name.js'
import type { CheckContext } from '../../model/check.js'
import type { FactRequest } from '../../model/fact.js'
import type { Inventory } from '../../model/inventory.js'
import { asList, type ProbeSpec } from './spec.js'

/** What a probe answers, of whichever kind it is. */
export type ProbeAnswer = TcpConnect | Ping | DnsQuery

/** A host, and a port where one is written. */
export interface Target {
  readonly host: string
  readonly port: number | null
}

/** How long a probe waits for an answer before it asks again or gives up; ARP has given up by then (arp(7)). */
const longestWaitMs = 3_300

/** Reads `db1`, `db1:5432`, `10.0.0.5:443`, `[2001:db8::5]:443`, `2001:db8::5`; null when it is none of these. */
export function parseTarget(text: string): Target | null {
  const [, bracketed, afterBracket] = /^\[([^\]]+)\](?::(\d{1,5}))?$/.exec(text) ?? []
  if (bracketed !== undefined) return isAddressLiteral(bracketed) ? withPort(bracketed, afterBracket) : null
  if (text.split(':').length > 2) return isAddressLiteral(text) ? withPort(text, undefined) : null
  const [, name = '', port] = /^([^:]*)(?::(\d{1,5}))?$/.exec(text) ?? []
  const host = isAddressLiteral(name) ? name : hostNameOf(name)
  return host === null ? null : withPort(host, port)
}

function withPort(host: string, text: string | undefined): Target | null {
  const port = text === undefined ? null : Number(text)
  return port !== null && (port < 1 || port > 65_535) ? null : { host, port }
}

/** The probe as a request; null without one, or where it cannot be read (then the specification has been refused). */
export function probeRequest(spec: ProbeSpec | undefined, context: CheckContext): FactRequest<ProbeAnswer> | null {
  if (spec === undefined) return null
  const from = spec.from ?? context.host.name
  const sending = {
    ...(spec.source === undefined ? {} : { source: spec.source }),
    ...(spec.family === undefined ? {} : ({ family: spec.family === 'ipv4' ? 4 : 6 } as const)),
    timeoutMs: Math.min(context.timeoutMs, longestWaitMs),
  }
  if (spec.dns !== undefined) {
    const { server, name, type = 'A' } = spec.dns
    const { family: _, ...rest } = sending
    return request(dnsQuery, from, { server: canonicalAddress(server) ?? server, name: canonicalName(name) ?? name, type, ...rest })
  }
  const target = parseTarget(spec.tcp ?? spec.ping ?? '')
  if (target === null) return null
  const host = addressIn(context.inventory, target.host)
  if (spec.tcp !== undefined) return request(tcpConnect, from, { host, port: target.port ?? 0, ...sending })
  return request(ping, from, { host, count: spec.count ?? 3, intervalMs: 200, size: 56, ...sending })
}

const addressIn = ({ hosts }: Inventory, name: string): string => hosts.get(name)?.address ?? name

/** `tcp db1:5432 from ops`. */
export function describeProbe(spec: ProbeSpec, { host }: CheckContext): string {
  const { tcp, ping: echo, dns } = spec
  const what =
    tcp !== undefined ? `tcp ${tcp}` : echo !== undefined ? `ping ${echo}` : `dns ${dns?.type ?? 'A'} ${dns?.name} at ${dns?.server}`
  return `${what} from ${spec.from ?? host.name}`
}

/** What became of a probe. `isSent`: null when the probe itself cannot tell whether anything left its host. */
export interface ProbeOutcome {
  readonly isSent: boolean | null
  readonly words: string
}

/** The outcome that matters: that of an address to which nothing was sent, or the first. */
export function outcomeOf(answer: ProbeAnswer): ProbeOutcome {
  const all = outcomesOf(answer)
  return all.find(({ isSent }) => isSent !== true) ?? all[0] ?? { isSent: null, words: 'nothing is known of it' }
}

function outcomesOf(answer: ProbeAnswer): readonly ProbeOutcome[] {
  if (!('addresses' in answer)) return [dnsOutcome(answer)]
  return asList<TcpConnect['addresses'][number] | Ping['addresses'][number]>(answer.addresses).map((result) =>
    'status' in result ? tcpOutcome(result) : pingOutcome(result),
  )
}

const unsentTcp: ReadonlySet<string> = new Set(['local-policy', 'source-error', 'name-error', 'unsupported'])

function tcpOutcome({ status, possible, local, detail, errno }: TcpConnect['addresses'][number]): ProbeOutcome {
  const more = detail ?? errno
  const words = `${status === 'ambiguous' ? possible.join(' or ') : status}${more === null ? '' : ` (${more})`}`
  if (local || unsentTcp.has(status)) return { isSent: false, words }
  return { isSent: possible.some((one) => unsentTcp.has(one)) ? null : true, words }
}

function pingOutcome({ sent, replies, problem, errors }: Ping['addresses'][number]): ProbeOutcome {
  if (sent === 0) return { isSent: false, words: problem === null ? 'nothing was sent' : `${problem.kind}: ${problem.detail}` }
  return { isSent: true, words: `${replies.length} of ${sent} answered${errors.length === 0 ? '' : `, ${errors.length} ICMP errors`}` }
}

const unsentDns: ReadonlySet<string> = new Set(['source-error', 'local-error', 'unsupported'])

function dnsOutcome({ status, detail }: DnsQuery): ProbeOutcome {
  return { isSent: !unsentDns.has(status), words: `${status}${detail === null ? '' : ` (${detail})`}` }
}
