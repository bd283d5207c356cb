/** MAC addresses that redundant routers share; the numbers at their ends name the group. */
const virtual: readonly (readonly [pattern: RegExp, name: string])[] = [
  // RFC 5798 section 7.3; CARP uses the same.
  [/^00:00:5e:00:01:(..)$/, 'VRRP'],
  [/^00:00:5e:00:02:(..)$/, 'VRRP for IPv6'],
  // RFC 2281 section 5.1, and Cisco's documentation of version 2.
  [/^00:00:0c:07:ac:(..)$/, 'HSRP'],
  [/^00:00:0c:9f:f(.:..)$/, 'HSRP version 2'],
  [/^00:05:73:a0:0(.:..)$/, 'HSRP for IPv6'],
]

/** Cisco's documentation of GLBP: the group, then the forwarder within it. */
const glbp = /^00:07:b4:0(.):(..):(..)$/

/** `00:00:5e:00:01:07 (VRRP, group 7)`: whoever is the master answers with it. Others as they are. */
export function describeMac(mac: string): string {
  for (const [pattern, name] of virtual) {
    const [, group] = pattern.exec(mac) ?? []
    if (group !== undefined) return `${mac} (${name}, group ${hex(group)})`
  }
  const [, high, low, forwarder] = glbp.exec(mac) ?? []
  return high === undefined ? mac : `${mac} (GLBP, group ${hex(`${high}${low}`)}, forwarder ${hex(`${forwarder}`)})`
}

const hex = (digits: string): number => Number.parseInt(digits.replace(':', ''), 16)
