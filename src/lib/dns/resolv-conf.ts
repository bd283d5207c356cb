import { canonicalAddress } from '../address.js'
import { NotUnderstood } from '../errors.js'

/** MAXNS of resolv.conf(5): later ones are ignored. */
const mostServers = 3
/** glibc has known no bound since 2.26; a host may send anything. */
const mostWords = 256

export type ResolvConf = {
  /** Addresses, in order, at most 3; link-local ones with their zone. Without a usable `nameserver` line, or without the file: 127.0.0.1. */
  readonly servers: readonly string[]
  /** Addresses of `nameserver` lines behind the third, which nobody asks; at most 256. */
  readonly ignored: readonly string[]
  /** Of the last `search` or `domain` line. Empty without one: the library then takes the domain of the host's own name. */
  readonly search: readonly string[]
  /** As written: `ndots:2`, `rotate`. */
  readonly options: readonly string[]
}

/**
 * Reads a resolv.conf as glibc does (`res_vinit_1` in resolv/res_init.c): keywords at the beginning of a line, comments only
 * there, the last `search` or `domain` wins, options add up. Lines may end as DOS writes them, which glibc takes for a part of an
 * address from 2.28 on, and musl does not.
 * @param text null when there is no such file.
 * @throws NotUnderstood for an address in one of the other spellings that inet_aton(3) has.
 */
export function readResolvConf(text: string | null): ResolvConf {
  const servers: string[] = []
  const options: string[] = []
  let search: readonly string[] = []
  for (const line of (text ?? '').split('\n')) {
    const [, keyword, rest = ''] = /^(nameserver|domain|search|options)[ \t](.*)$/s.exec(line) ?? []
    if (keyword === undefined) continue
    const words = rest.split(/[ \t\r]+/, mostWords + 1).filter((word) => word !== '')
    if (keyword === 'nameserver') servers.push(...readServer(words[0] ?? ''))
    else if (keyword === 'options') options.push(...words.slice(0, mostWords - options.length))
    else if (words.length > 0) search = words.slice(0, keyword === 'domain' ? 1 : mostWords)
  }
  return {
    servers: servers.length === 0 ? ['127.0.0.1'] : servers.slice(0, mostServers),
    ignored: servers.slice(mostServers, mostServers + mostWords),
    search,
    options,
  }
}

/** None for what is no address, which glibc passes over. */
function readServer(word: string): readonly string[] {
  const address = canonicalAddress(word)
  if (address === null) {
    // 127.1, 0x7f000001 and 010.0.0.1, which is 8.0.0.1.
    const octal = /^\d{1,3}(\.\d{1,3}){3}$/.test(word) && /(^|\.)0\d/.test(word)
    if (octal || /^(0x[0-9a-f]+|\d+)(\.(0x[0-9a-f]+|\d+)){0,2}$/i.test(word))
      throw new NotUnderstood('a DNS server as an address of four decimals', word)
    return []
  }
  const zone = /^fe[89ab]/.test(address) ? /%[A-Za-z0-9_.-]{1,15}$/.exec(word)?.[0] : undefined
  return [address + (zone ?? '')]
}
