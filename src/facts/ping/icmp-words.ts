/** How iputils words ICMP errors: `pr_icmph` of ping.c since s20101006; newest first where it changed. */
const words4: readonly (readonly [RegExp, number, number | 'code'])[] = [
  [/^Destination Net Unreachable for Type of Service/i, 3, 11],
  [/^Destination Host Unreachable for Type of Service/i, 3, 12],
  [/^Destination Net Unreachable/i, 3, 0],
  [/^Destination Host Unreachable/i, 3, 1],
  [/^Destination Protocol Unreachable/i, 3, 2],
  [/^Destination Port Unreachable/i, 3, 3],
  [/^Frag needed and DF set/i, 3, 4],
  [/^Source Route Failed/i, 3, 5],
  [/^Destination Net Unknown/i, 3, 6],
  [/^Destination Host Unknown/i, 3, 7],
  [/^Source Host Isolated/i, 3, 8],
  [/^Destination Net Prohibited/i, 3, 9],
  [/^Destination Host Prohibited/i, 3, 10],
  [/^Packet filtered/i, 3, 13],
  [/^Precedence Violation/i, 3, 14],
  [/^Precedence Cutoff/i, 3, 15],
  [/^Dest Unreachable, (?:Bad|Unknown) Code: (\d{1,3})/i, 3, 'code'],
  [/^Source Quench/i, 4, 0],
  [/^Time to live exceeded/i, 11, 0],
  [/^Frag reassembly time exceeded/i, 11, 1],
  [/^Parameter problem/i, 12, 0],
]

/** `pr_icmph` of ping6_common.c. */
const words6: readonly (readonly [RegExp, number, number | 'code'])[] = [
  [/^Destination unreachable: No route/i, 1, 0],
  [/^Destination unreachable: Administratively prohibited/i, 1, 1],
  [/^Destination unreachable: Beyond scope of source address/i, 1, 2],
  [/^Destination unreachable: Address unreachable/i, 1, 3],
  [/^Destination unreachable: Port unreachable/i, 1, 4],
  [/^Destination unreachable: Unknown code (\d{1,3})/i, 1, 'code'],
  [/^Packet too big/i, 2, 0],
  [/^Time exceeded: Hop limit/i, 3, 0],
  [/^Time exceeded: Defragmentation failure/i, 3, 1],
  [/^Parameter problem: Wrong header field/i, 4, 0],
  [/^Parameter problem: Unknown header/i, 4, 1],
  [/^Parameter problem: Unknown option/i, 4, 2],
]

/** Type, code and MTU of an ICMP error in the words of iputils; null when these are none that it has. */
export function icmpOf(words: string, family: 4 | 6): { readonly type: number; readonly code: number; readonly mtu: number | null } | null {
  for (const [pattern, type, code] of family === 6 ? words6 : words4) {
    const match = pattern.exec(words)
    if (match === null) continue
    const mtu = Number(/mtu ?= ?(\d{1,6})/.exec(words)?.[1] ?? 0)
    const number = code === 'code' ? Number(match[1]) : code
    return number > 255 ? null : { type, code: number, mtu: mtu > 0 ? mtu : null }
  }
  return null
}
