import type { DnsClient, DnsLink, Upstreams } from '../../facts/dns-client/index.js'
import { addressFamily } from '../../lib/address.js'

/** The servers that are asked in the end, or why that is not known. */
export type View<Value> = { readonly value: Value; readonly note: string } | { readonly actual: string; readonly message: string }

export const isLoopback = (address: string): boolean => address === '::1' || (addressFamily(address) === 4 && address.startsWith('127.'))

/** Whether programs ask the host itself, and nobody else. */
export const isStubbed = ({ library }: DnsClient): boolean => library.servers.every(isLoopback)

/** Addresses of the stub of systemd-resolved (systemd-resolved.service(8)). */
const resolvedStub = (address: string): boolean => address === '127.0.0.53' || address === '127.0.0.54'

interface Wanted {
  /** Servers that are to be asked; where a loopback address is among them, what resolv.conf says is meant. */
  readonly needed: readonly string[]
  /** Servers that may not be asked. */
  readonly forbidden: readonly string[]
}

export function serversOf(client: DnsClient, { needed, forbidden }: Wanted): View<readonly string[]> {
  const { servers } = client.library
  const asWritten = { value: servers, note: ignored(client) }
  const stub = servers.filter(isLoopback).join(', ')
  if (stub === '' || servers.some((server) => forbidden.includes(server))) return asWritten
  const forbidsOthers = forbidden.some((server) => !isLoopback(server))
  if (isStubbed(client) && !needed.some(isLoopback) && (needed.length > 0 || forbidsOthers)) return behind(client, stub)
  if (!forbidsOthers) return asWritten
  // A server on the host itself among others asks somebody, too: that it asks none of these is to be shown.
  const hidden = behind(client, stub)
  return 'message' in hidden ? hidden : { ...hidden, value: [...new Set([...servers, ...hidden.value])] }
}

/** Whom a server on the host itself asks. */
function behind(client: DnsClient, stub: string): View<readonly string[]> {
  if (client.library.servers.some(resolvedStub)) return upstreamsOf(client, stub)
  if (client.networkManager !== null)
    return { value: client.networkManager, note: `Programs ask ${stub}, which asks what NetworkManager was given.` }
  const message = `Programs ask ${stub}, a server on the host itself, and whom that asks is not shown: look at \`ss -lnup sport = :53\` and its configuration.`
  return { actual: stub, message }
}

function upstreamsOf({ resolved }: DnsClient, stub: string): View<readonly string[]> {
  if (resolved === null)
    return {
      actual: stub,
      message: `Programs ask ${stub}, where systemd-resolved should listen, and it does not run: \`systemctl status systemd-resolved\`.`,
    }
  if (resolved === 'unknown') return { actual: stub, message: noStatus }
  const all = [...resolved.servers, ...(resolved.links ?? []).flatMap(({ servers }) => servers)]
  return { value: [...new Set(all)], note: `Programs ask ${stub}, and systemd-resolved these${perLink(resolved)}.` }
}

const perLink = ({ links }: Upstreams): string => {
  const having = (links ?? []).filter(({ servers }) => servers.length > 0)
  return having.length === 0 ? '' : ` (${having.map((link) => `${link.interface}: ${link.servers.join(', ')}`).join('; ')})`
}

const noStatus = 'systemd-resolved runs, but says nothing of its servers: look at `resolvectl status`.'

function ignored({ library }: DnsClient): string {
  if (library.ignored.length === 0) return ''
  const last = library.ignored.length === 1
  return `${library.ignored.join(', ')} ${last ? 'stands' : 'stand'} there too, and ${last ? 'is' : 'are'} ignored: the C library asks the first three (resolv.conf(5), MAXNS).`
}

export function linkOf({ resolved }: DnsClient, name: string): View<DnsLink> {
  const actual = 'not known'
  if (resolved === null)
    return { actual, message: 'systemd-resolved does not run here, and nothing else has servers of one link: leave `interface` out.' }
  if (resolved === 'unknown' || resolved.links === null)
    return { actual, message: `Without \`resolvectl status\` it is not shown which servers ${name} has.` }
  const link = resolved.links.find((candidate) => candidate.interface === name)
  if (link !== undefined) return { value: link, note: '' }
  return {
    actual: 'no such link',
    message: `systemd-resolved has no link ${name}; it has ${resolved.links.map((known) => known.interface).join(', ')}.`,
  }
}
