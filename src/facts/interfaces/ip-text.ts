import { NotUnderstood } from '../../lib/errors.js'
import { atLeastOne, interfaceAddress } from './address.js'
import type { InterfaceAddress, Interfaces } from './value.js'

/** `5: eth0@if4: <BROADCAST,UP> mtu 1500`. The kernel allows neither `:` nor `/` nor white space in a name (dev_valid_name). */
const link = /^\d+: ([^\s:/]+): </
/** `inet 10.0.0.1 peer 10.0.0.2/32 brd …`; iproute2 leaves out the length of a host's own address in old versions. */
const address = /^ +(inet6?) (\S+?)(?:\/(\d{1,3}))?(?: peer (\S+?)(?:\/(\d{1,3}))?)?(?= |$)/

/**
 * Reads `ip address show` as every iproute2 and BusyBox print it.
 * @throws NotUnderstood
 */
export function readIpText(stdout: string): Interfaces {
  const interfaces: { readonly name: string; readonly addresses: InterfaceAddress[] }[] = []
  for (const line of stdout.split('\n')) {
    const name = link.exec(line)?.[1]
    if (name !== undefined) {
      interfaces.push({ name: withoutLink(name), addresses: [] })
      continue
    }
    if (line !== '' && !/^ /.test(line)) throw new NotUnderstood('an interface of ip address', line)
    if (!/^ +inet6? /.test(line)) continue
    const last = interfaces.at(-1)
    if (last === undefined) throw new NotUnderstood('an interface of ip address', line)
    last.addresses.push(readAddressOf(line))
  }
  return atLeastOne(interfaces, stdout)
}

function readAddressOf(line: string): InterfaceAddress {
  const [, family, local, length, peer, peerLength] = address.exec(line) ?? []
  if (local === undefined) throw new NotUnderstood('an address of ip address', line)
  const whole = family === 'inet' ? 32 : 128
  return interfaceAddress(local, Number(peerLength ?? length ?? whole), peer ?? null, / dynamic( |$)/.test(line))
}

/** `eth0@if4` is eth0: behind the last `@` stands what it is linked to. A name of its own with an `@` cannot be told from that. */
function withoutLink(name: string): string {
  const at = name.lastIndexOf('@')
  return at > 0 ? name.slice(0, at) : name
}
