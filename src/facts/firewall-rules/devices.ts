import type { Chain, Table } from './value.js'

const tableLine = /^table (\S+) (\S+) \{/
const chainLine = /^\s+chain (\S+) \{/
const hookLine = /^\s+type \S+ hook (?:ingress|egress) (?:device "?([^\s"]+)"?|devices = \{([^}]*)\}) priority /

const keyOf = (family: string | undefined, table: string | undefined, chain: string | undefined): string => `${family} ${table} ${chain}`

/**
 * What nft's text says of the devices of ingress and egress chains: `device "eth0"`, `devices = { eth0, eth1 }`. nft 1.0.6 leaves
 * them out of its JSON. A chain of which the text says nothing keeps what the JSON told, which may be nothing.
 */
export function readDevices(text: string): (table: Table) => Table {
  const devices = new Map<string, readonly string[]>()
  let [family, name, chain]: (string | undefined)[] = []
  for (const line of text.split('\n')) {
    const table = tableLine.exec(line)
    if (table !== null) [family, name, chain] = [table[1], table[2], undefined]
    chain = chainLine.exec(line)?.[1] ?? chain
    const [, one, many = ''] = hookLine.exec(line) ?? []
    const named = (one ?? many).split(',').map((word) => word.trim().replace(/^"(.*)"$/, '$1'))
    if (!named.includes('')) devices.set(keyOf(family, name, chain), named)
  }
  return (table) => ({
    ...table,
    chains: table.chains.map((one) => withDevices(one, devices.get(keyOf(table.family, table.name, one.name)))),
  })
}

function withDevices(chain: Chain, devices: readonly string[] | undefined): Chain {
  return chain.base === null || devices === undefined ? chain : { ...chain, base: { ...chain.base, devices } }
}
