import { addressFamily, canonicalAddress } from '../../lib/address.js'
import { type IcmpMeaning, icmpMeaning } from '../../lib/icmp-meaning.js'
import { printableLine } from '../../lib/printable.js'
import { errnoOf } from './errno.js'
import type { Answer, Answers } from './protocol.js'
import type { IcmpError, TcpAddressResult, TcpStatus } from './value.js'

type Possible = readonly [TcpStatus, ...TcpStatus[]]

/** What is left open by a silence that a rate limit may explain: everything but an open port. */
const anySilence: Possible = ['timeout', 'rejected', 'no-route', 'host-unreachable', 'refused']

/**
 * The results of one target's answers, in the order of their addresses.
 * @param answers everything the same run of the probe saw: other ports of an address say what its silence may mean.
 */
export function classifyAll(answers: Answers): ReadonlyMap<number, readonly TcpAddressResult[]> {
  const results = new Map([...answers.byIndex].map(([index, list]) => [index, list.map((answer) => classify(answer, answers))]))
  const spoken = spokenByAddress([...results.values()].flat())
  const narrow = (result: TcpAddressResult): TcpAddressResult => {
    const words = result.address === null ? undefined : spoken.get(result.address)
    return result.confirmed || !result.limited || words === undefined ? result : { ...result, possible: ['timeout', ...words] }
  }
  return new Map([...results].map(([index, list]) => [index, list.map(narrow)]))
}

function spokenByAddress(results: readonly TcpAddressResult[]): ReadonlyMap<string, ReadonlySet<TcpStatus>> {
  const spoken = new Map<string, Set<TcpStatus>>()
  for (const { address, status, possible, confirmed } of results) {
    if (address === null || !confirmed || status === 'open' || status === 'open-then-reset' || status === 'timeout') continue
    const words = spoken.get(address) ?? new Set()
    for (const word of possible) words.add(word)
    spoken.set(address, words)
  }
  return spoken
}

function classify(answer: Answer, answers: Answers): TcpAddressResult {
  const errno = answer.errno ?? errnoOf(answer.text)
  const icmp = readableIcmp(answer)
  const possible = possibleOf(answer, errno, icmp, answers)
  return {
    address: answer.address,
    status: possible.length === 1 ? possible[0] : 'ambiguous',
    possible,
    answerMs: answer.ms,
    source: answer.source === null ? null : (canonicalAddress(answer.source) ?? null),
    icmp,
    errno,
    local: answer.local,
    confirmed: answer.outcome !== 'timeout' || answer.confirmed,
    limited: answer.limited,
    attempts: answer.asks,
    detail: answer.text === null ? null : printableLine(answer.text),
  }
}

function readableIcmp({ icmp }: Answer): IcmpError | null {
  if (icmp === null || icmp === 'seen') return null
  return { type: icmp[0], code: icmp[1], from: icmp[2] === null ? null : canonicalAddress(icmp[2]) }
}

function possibleOf(answer: Answer, errno: string | null, icmp: IcmpError | null, answers: Answers): Possible {
  switch (answer.outcome) {
    case 'open':
      return ['open']
    case 'reset':
      return ['open-then-reset']
    case 'timeout':
      return answer.confirmed ? ['timeout'] : anySilence
    case 'source':
      return ['source-error']
    case 'name':
      return ['name-error']
    case 'unasked':
      return ['unsupported']
    case 'error':
      if (answer.local) return [localStatus(errno)]
      if (icmp !== null) return [meanings[icmpMeaning(icmp, answer.address)]]
      return errnoStatus(errno, answer, answers)
  }
}

/** What connect(2) says before a packet leaves: the routing table's or a policy's own word (ip-route(8)). */
function localStatus(errno: string | null): TcpStatus {
  switch (errno) {
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
      return 'no-route'
    case 'EACCES': // `prohibit` routes, security modules
    case 'EPERM': // a firewall or a BPF program
    case 'EINVAL': // `blackhole` routes
      return 'local-policy'
    case 'ECONNREFUSED':
      return 'refused'
    default:
      return 'unsupported'
  }
}

const policy = 'rejected'
const meanings: Readonly<Record<IcmpMeaning, TcpStatus>> = {
  prohibited: policy,
  'no-route': 'no-route',
  loop: 'no-route',
  'host-down': 'host-unreachable',
  'too-big': policy, // of a SYN only a rule says so
}

/** Without type and code an errno stands for several ICMP errors: Linux net/ipv4/icmp.c `icmp_err_convert`, net/ipv6/icmp.c. */
function errnoStatus(errno: string | null, answer: Answer, answers: Answers): Possible {
  switch (errno) {
    case 'ECONNREFUSED':
      if (answer.icmp === 'seen') return [policy]
      return answers.icmp === 'none' ? ['refused', policy] : ['refused']
    case 'EHOSTUNREACH':
      return ['host-unreachable', policy, 'no-route']
    case 'EHOSTDOWN':
    case 'ENONET':
      return ['host-unreachable']
    case 'ENETUNREACH':
      return ['no-route', policy]
    case 'EACCES': // ICMPv6 1/1, 1/5 and 1/6, but no ICMP error
      if (answer.address === null || addressFamily(answer.address) !== 6) return ['local-policy']
      return answers.icmp === 'none' ? ['local-policy', policy] : [policy]
    case 'EPERM':
    case 'EINVAL':
      return ['local-policy']
    case 'ECONNRESET':
      return ['open-then-reset']
    case 'EADDRNOTAVAIL':
    case 'ENODEV':
      return ['source-error']
    case 'ENOPROTOOPT':
    case 'EPROTO':
      return [policy]
    case null:
      return ['refused', policy, 'no-route', 'host-unreachable', 'local-policy']
    default:
      return ['unsupported']
  }
}
