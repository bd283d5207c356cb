import { canonicalAddress } from '../address.js'
import { NotLearnable, NotUnderstood } from '../errors.js'

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
 * there, the last `search` or `domain` wins, options add up.
 * @param text null when there is no such file.
 * @throws NotUnderstood for an address in one of the other spellings that inet_aton(3) has.
 * @throws NotLearnable where C libraries part over a carriage return in a word that counts.
 */
export function readResolvConf(text: string | null): ResolvConf {
  const servers: string[] = []
  const options: string[] = []
  let search: readonly string[] = []
  let searchLine = ''
  for (const line of (text ?? '').split('\n')) {
    const [, keyword, rest = ''] = /^(nameserver|domain|search|options)[ \t](.*)$/s.exec(line) ?? []
    if (keyword === undefined) continue
    const words = rest.split(/[ \t]+/, mostWords + 1).filter((word) => word !== '')
    if (keyword === 'nameserver') servers.push(...readServer(withoutReturn(words.slice(0, 1), line)[0] ?? ''))
    else if (keyword === 'options') options.push(...readOptions(words, line).slice(0, mostWords - options.length))
    else if (words.length > 0) {
      search = words.slice(0, keyword === 'domain' ? 1 : mostWords)
      searchLine = line
    }
  }
  withoutReturn(search, searchLine)
  return {
    servers: servers.length === 0 ? ['127.0.0.1'] : servers.slice(0, mostServers),
    ignored: servers.slice(mostServers, mostServers + mostWords),
    search,
    options,
  }
}

/** glibc compares options by their beginning and reads numbers up to the first other character (`res_setoptions`): a DOS line end does no harm. */
const readOptions = (words: readonly string[], line: string): readonly string[] =>
  withoutReturn(
    words.map((word) => word.replace(/\r$/, '')).filter((word) => word !== ''),
    line,
  )

/**
 * To glibc a carriage return is a part of the word: from 2.28 on it passes over such an address (`__inet_aton_exact`, inet_pton), and it asks for
 * names in such a domain. To musl it is white space.
 */
function withoutReturn(words: readonly string[], line: string): readonly string[] {
  if (!words.some((word) => word.includes('\r'))) return words
  const start = JSON.stringify(line.slice(0, 80))
  throw new NotLearnable(
    'not-understood',
    `resolv.conf has carriage returns, as DOS writes line ends: in ${start} glibc takes one for a part of the word, and musl does not. Take them out: \`sed -i 's/\\r$//' /etc/resolv.conf\`, or dos2unix`,
  )
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
