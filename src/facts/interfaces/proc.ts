import { NotUnderstood } from '../../lib/errors.js'
import { atLeastOne, interfaceAddress, readAddress } from './address.js'
import type { InterfaceAddress, Interfaces } from './value.js'

/**
 * Prints `inet ADDRESS` for every local address of the IPv4 routing tables (`fib_trie_seq_show`, net/ipv4/fib_trie.c), and the
 * lines of /proc/net/if_inet6, which is missing where the kernel has no IPv6. A full routing table never leaves the host.
 */
export const procScript = String.raw`
awk '/^ *\|-- /{ address = $2 } /^ *\/32 host LOCAL/{ if (!told[address]++) print "inet", address }' /proc/net/fib_trie || exit
if [ -r /proc/net/if_inet6 ]; then cat /proc/net/if_inet6; fi
echo end`

/**
 * What the kernel's own lists tell without any tool: IPv6 in full; of IPv4 the addresses alone. Which interface has one, and with
 * which length, is not in them: a connected network with this address in it may be another interface's.
 * A `local` route to a single address looks like an address here, and the host does answer to it.
 * @throws NotUnderstood
 */
export function readProc(stdout: string): Interfaces {
  const lines = stdout.trimEnd().split('\n')
  if (lines.at(-1) !== 'end') throw new NotUnderstood('the addresses of /proc/net', stdout)
  const ipv4: InterfaceAddress[] = []
  const byName = new Map<string, InterfaceAddress[]>()
  for (const line of lines.slice(0, -1)) {
    if (line.startsWith('inet ')) {
      ipv4.push({ address: readAddress(line.slice('inet '.length)), prefixLength: null, peer: null, dynamic: null })
      continue
    }
    const { name, address } = readRow(line)
    const addresses = byName.get(name)
    if (addresses === undefined) byName.set(name, [address])
    else addresses.push(address)
  }
  const named = [...byName].map(([name, addresses]) => ({ name, addresses }))
  return atLeastOne([...named, ...(ipv4.length > 0 ? [{ name: null, addresses: ipv4 }] : [])], stdout)
}

/** IFA_F_PERMANENT: include/uapi/linux/if_addr.h. */
const permanent = 0x80

/** `fe80…0001 02 40 20 80 eth0`: address, index, length, scope, flags (`if6_seq_show`, net/ipv6/addrconf.c); numbers in hex. */
function readRow(line: string): { readonly name: string; readonly address: InterfaceAddress } {
  const [, hex, length, flags = '', name] =
    /^([0-9a-f]{32}) [0-9a-f]{2,8} ([0-9a-f]{2}) [0-9a-f]{2} ([0-9a-f]{2,8}) +(\S+)$/.exec(line) ?? []
  if (hex === undefined || length === undefined || name === undefined) throw new NotUnderstood('a row of /proc/net/if_inet6', line)
  return {
    name,
    address: interfaceAddress(
      (hex.match(/.{4}/g) ?? []).join(':'),
      Number.parseInt(length, 16),
      null,
      (Number.parseInt(flags, 16) & permanent) === 0,
    ),
  }
}
