import { NotUnderstood } from '../../lib/errors.js'
import { readFields, readJsonArray } from '../../lib/iproute2/json.js'
import { atLeastOne, interfaceAddress } from './address.js'
import type { InterfaceAddress, Interfaces, NetworkInterface } from './value.js'

type Fields = Readonly<Record<string, unknown>>

/**
 * Reads `ip -j address show` (iproute2 from 4.14 on).
 * @throws NotUnderstood also for the text of versions that accept `-j` and ignore it, and for interfaces without a name (`{}`).
 */
export function readIpJson(stdout: string): Interfaces {
  return atLeastOne(
    readJsonArray(stdout).map((entry) => readInterface(readFields(entry))),
    stdout,
  )
}

function readInterface(fields: Fields): NetworkInterface {
  const { ifname: name, addr_info: addresses } = fields
  if (typeof name !== 'string' || name === '' || !Array.isArray(addresses)) {
    throw new NotUnderstood('an interface of ip -j address', JSON.stringify(fields))
  }
  return { name, addresses: addresses.flatMap((entry) => readAddressOf(readFields(entry))) }
}

/** None for the addresses of other families, such as those of MCTP. */
function readAddressOf(fields: Fields): readonly InterfaceAddress[] {
  const { family, local, prefixlen: length, address: peer, dynamic } = fields
  if (family !== 'inet' && family !== 'inet6') {
    if (typeof family === 'string') return []
    throw new NotUnderstood('an address of ip -j address', JSON.stringify(fields))
  }
  if (typeof local !== 'string' || typeof length !== 'number') {
    throw new NotUnderstood('an address of ip -j address', JSON.stringify(fields))
  }
  return [interfaceAddress(local, length, typeof peer === 'string' ? peer : null, dynamic === true)]
}
