import { parsePrefix, prefixContains } from './address.js'
import { isAddressLiteral, isInterfaceName } from './target-name.js'

/** What is wrong with an end of a conversation, for a person, and what to write instead. */
export interface EndpointProblem {
  readonly message: string
  readonly hint?: string
}

const prefixesOf = (texts: readonly string[]) => texts.flatMap((text) => parsePrefix(text) ?? [])
const many = prefixesOf(['224.0.0.0/4', '255.255.255.255/32', 'ff00::/8'])
const nobody = prefixesOf(['0.0.0.0/32', '::/128'])

/** What keeps an address from being that of one host, so that neither an answer nor silence says anything; null where nothing does. */
export function targetProblem(host: string): EndpointProblem | null {
  const hint = 'name hosts by their own addresses'
  if (many.some((prefix) => prefixContains(prefix, host))) return { message: `${host} is a multicast or broadcast address`, hint }
  // Systems take it for themselves, some by 127.0.0.1, and BSD for a broadcast.
  if (nobody.some((prefix) => prefixContains(prefix, host))) return { message: `${host} is the address of no host`, hint }
  return null
}

/** What keeps `source` from being an address or an interface to send from; null where nothing does. */
export function sourceProblem(source: string): EndpointProblem | null {
  // What is sent from it never leaves, and its silence would look like that of a firewall far away.
  if (source === 'lo') return { message: 'nothing leaves a host by its interface lo', hint: 'leave `source` out to reach the host itself' }
  if (isAddressLiteral(source) || isInterfaceName(source)) return null
  return { message: `expected an address or the name of an interface, found ${JSON.stringify(source)}` }
}
