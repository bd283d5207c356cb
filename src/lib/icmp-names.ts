/** ICMP and ICMPv6 errors by `type/code`, as their RFCs call them. */

/** RFC 792, RFC 1122 section 3.2.2.1 and RFC 1812 sections 5.2.7.1 and 4.3.3.5. */
const icmp4: Readonly<Record<string, string>> = {
  '3/0': 'network unreachable',
  '3/1': 'host unreachable',
  '3/2': 'protocol unreachable',
  '3/3': 'port unreachable',
  '3/4': 'fragmentation needed',
  '3/5': 'source route failed',
  '3/6': 'network unknown',
  '3/7': 'host unknown',
  '3/8': 'source host isolated',
  '3/9': 'network administratively prohibited',
  '3/10': 'host administratively prohibited',
  '3/11': 'network unreachable for this type of service',
  '3/12': 'host unreachable for this type of service',
  '3/13': 'administratively prohibited',
  '3/14': 'host precedence violation',
  '3/15': 'precedence cutoff',
  '11/0': 'time to live exceeded',
  '11/1': 'fragment reassembly time exceeded',
  '12/0': 'parameter problem',
}

/** RFC 4443 section 3; code 1/7 is of RFC 6554. */
const icmp6: Readonly<Record<string, string>> = {
  '1/0': 'no route',
  '1/1': 'administratively prohibited',
  '1/2': 'beyond the scope of the source address',
  '1/3': 'address unreachable',
  '1/4': 'port unreachable',
  '1/5': 'source address failed policy',
  '1/6': 'reject route',
  '1/7': 'error in the source routing header',
  '2/0': 'packet too big',
  '3/0': 'hop limit exceeded',
  '3/1': 'fragment reassembly time exceeded',
  '4/0': 'erroneous header field',
  '4/1': 'unrecognised next header',
  '4/2': 'unrecognised IPv6 option',
}

/** `administratively prohibited (ICMP 3/13)`. */
export function describeIcmp({ type, code }: { readonly type: number; readonly code: number }, family: 4 | 6): string {
  const key = `${type}/${code}`
  const numbers = `${family === 6 ? 'ICMPv6' : 'ICMP'} ${key}`
  const name = (family === 6 ? icmp6 : icmp4)[key]
  return name === undefined ? numbers : `${name} (${numbers})`
}
